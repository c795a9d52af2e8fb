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
