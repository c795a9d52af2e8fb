// What a machine believes never goes back, whoever writes it last.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Home } from '../../src/adapters/home.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import type { Pins } from '../../src/escrow/trust.ts';
import { ceremonyOf, crypto, flat } from '../escrow/sample.ts';

const { recipient, charterKey } = ceremonyOf(flat(2, 3));
const HASH = 'ab'.repeat(32);
const PINS: Pins = {
  type: 'holdfast pins v1',
  escrow: '0123456789abcdef',
  charterKey: encodePublicKey(crypto, charterKey),
  recipient,
  charter: { number: 1, sha256: HASH },
  setNumber: 1,
  record: null,
  ledger: null,
};
const record = (sequence: number, ...names: string[]): NonNullable<Pins['record']> => ({
  sequence,
  sha256: sequence.toString(16).padStart(64, '0'),
  sources: names.map((name) => ({ name, entries: 60 })),
});

let folder = '';
let home: Home;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-home-'));
  home = new Home(folder);
  await home.changePins(PINS.escrow, () => PINS);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a look that began before a seal ended does not undo what the seal pinned', async () => {
  await home.advancePins(PINS, { record: record(2, 'vault'), ledger: { line: 5, hash: HASH } });
  await home.advancePins(PINS, { record: record(1), ledger: { line: 6, hash: HASH } });
  const pins = await home.pinsIfAny(PINS.escrow);
  expect(pins?.record).toEqual(record(2, 'vault'));
  expect(pins?.ledger?.line).toBe(6);
});

test('of many at the same time the latest stands, and nobody is turned away', async () => {
  const numbers = Array.from({ length: 20 }, (_, index) => ((index * 7) % 20) + 1);
  await Promise.all(
    numbers.map((number) =>
      number % 2 === 0
        ? home.advancePins(PINS, { record: record(number) })
        : home.advancePins(PINS, { ledger: { line: number, hash: HASH } }),
    ),
  );
  const pins = await home.pinsIfAny(PINS.escrow);
  expect(pins?.record?.sequence).toBe(20);
  expect(pins?.ledger?.line).toBe(19);
  expect(await readdir(join(folder, PINS.escrow))).toEqual(['pins.json']);
});

test('the counts by source of the machine that sealed are kept, whoever saw the record first', async () => {
  await home.advancePins(PINS, { record: record(1) });
  await home.advancePins(PINS, { record: record(1, 'vault') });
  await home.advancePins(PINS, { record: record(1) });
  expect((await home.pinsIfAny(PINS.escrow))?.record).toEqual(record(1, 'vault'));
});
