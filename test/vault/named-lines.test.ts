import { expect, test } from 'vitest';
import { readNamedLines } from '../../src/vault/named-lines.ts';

const TEXT = 'Password: lead\nnext line\nUser:a:b';

test('a blank behind the colon belongs to the value only where the product writes none', () => {
  const tail = { name: 'User', value: 'a:b' };
  expect(readNamedLines(TEXT).pairs).toEqual([{ name: 'Password', value: 'lead\nnext line' }, tail]);
  expect(readNamedLines(TEXT, { isTight: true }).pairs).toEqual([
    { name: 'Password', value: ' lead\nnext line' },
    tail,
  ]);
});

test('empty lines at the end go, those between stay, however many there are', () => {
  const gap = '\n'.repeat(300_000);
  const began = performance.now();
  const { pairs } = readNamedLines(`Notes:a${gap}b\n\n\n`);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(pairs).toEqual([{ name: 'Notes', value: `a${gap}b` }]);
});
