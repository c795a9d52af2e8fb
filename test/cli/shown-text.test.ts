// Names in an export are whoever's: nothing in them may steer the terminal that shows them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shownJson, shownName, shownText } from '../../src/cli/shown-text.ts';
import { runHere } from '../support/in-process.ts';

const EVIL = 'Alder\u001b[2J\u009b31m\u0007';
const HEADER = 'url,username,password,totp,extra,name,grouping,fav';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-shown-'));
  await writeFile(
    join(folder, 'e.csv'),
    `${HEADER}\nhttps://a.test,u,p-and-long,,,n,"${EVIL}\n  tier 0: us",0\n`,
  );
  await writeFile(join(folder, 'clients.yaml'), '- name: Birch\n  tier: 1\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['inspect e.csv --clients clients.yaml', 'out'],
  ['convert e.csv --to csv --out o.csv --client nobody', 'err'],
] as const)('%s shows no control character, and a name on one line', async (words, where) => {
  const ended = await runHere(words.split(' '), { folder });
  expect(ended[where]).toContain('Alder\uFFFD[2J\uFFFD31m\uFFFD   tier 0: us');
  expect(ended.out + ended.err).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

test('as JSON a name is the same, and spelt out', async () => {
  const { out } = await runHere('inspect e.csv --clients clients.yaml --json'.split(' '), { folder });
  expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  const { clients } = JSON.parse(out) as { clients: { name: string }[] };
  expect(clients[1]?.name).toBe(`${EVIL}\n  tier 0: us`);
});

test('everything else is left as it is', () => {
  expect(shownText('ä – 漢\nb')).toBe('ä – 漢\nb');
  expect(shownName('a\nb')).toBe('a b');
  expect(JSON.parse(shownJson('"\u009bä"'))).toBe('\u009bä');
});
