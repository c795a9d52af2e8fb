// Packages sealed again at a rekey: each is what its record says at the moment it is read, none is passed over
// in silence, and no copy of the old key stays.

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import { resealPackages } from '../../src/cli/reseal.ts';
import type { TrustedEscrow } from '../../src/cli/escrow-access.ts';
import type { Session } from '../../src/cli/session.ts';
import { decodeRecord } from '../../src/core/record/package-record.ts';
import type { JudgedRecord, Verification } from '../../src/escrow/verify.ts';
import { ceremonyOf, crypto, flat, refusal } from '../escrow/sample.ts';
import { ceremony, NAME, PACKAGE, RECORD, sealedTo } from '../page/sample.ts';

const next = ceremonyOf(flat(2, 3));
const record = decodeRecord(RECORD.bytes);
const OLDER = '000041-20261124T010000Z.tar.gz.age';
const older = { ...record, sequence: 41, package: { ...record.package, file: OLDER } };

let folder: EscrowFolder;
let said: string[] = [];
let whenSaid = (): Promise<void> => Promise.resolve();
let pending: Promise<void> = Promise.resolve();
const copies: Uint8Array[] = [];

beforeEach(async () => {
  folder = new EscrowFolder(await mkdtemp(join(tmpdir(), 'holdfast-reseal-')));
  await mkdir(folder.pathOf('packages'));
  [said, copies.length] = [[], 0];
  whenSaid = () => Promise.resolve();
});
afterEach(() => rm(folder.path, { recursive: true, force: true }));

const watched = {
  ...crypto,
  xwingKeyPair: (seed: Uint8Array) => {
    copies.push(seed);
    return crypto.xwingKeyPair(seed);
  },
};

const put = (name: string, bytes: Uint8Array): Promise<void> => writeFile(folder.packagePath(name), bytes);

async function reseal(...records: readonly Partial<JudgedRecord>[]): Promise<number[]> {
  const session = {
    crypto: async () => {
      await pending;
      return watched;
    },
    say: (text: string) => {
      said.push(text);
      pending = whenSaid();
    },
    warn: (text: string) => said.push(text),
  } as unknown as Session;
  const seen = {
    records: records.map((of) => ({ hash: '', sealerKnown: true, ...of })),
  } as unknown as Verification;
  const keys = { oldSeed: ceremony.seed, newSeed: next.seed, newRecipient: next.recipient, count: 1 };
  const done = await resealPackages(session, { folder } as unknown as TrustedEscrow, seen, keys);
  for (const { staged } of done) await staged.abort();
  return done.map(({ of }) => of.sequence);
}

test('the newest is sealed again, and the copy of the old key is wiped', async () => {
  await put(NAME, PACKAGE);
  expect(await reseal({ record: older }, { record })).toEqual([42]);
  expect(said).toEqual(['sealing package 42 again, as package 43']);
  expect(copies.length).toBeGreaterThan(1);
  expect(copies.filter((copy) => copy.some((byte) => byte !== 0))).toEqual([]);
});

test('a file that was exchanged after it was looked at is not sealed again', async () => {
  await put(NAME, PACKAGE);
  const other = await sealedTo(ceremony);
  whenSaid = () => put(NAME, other);
  expect(await refusal(() => reseal({ record }))).toMatchObject({ code: 'package.altered' });
  expect(await readdir(folder.pathOf('packages'))).toEqual([NAME]);
});

test('one that is missing, and one that nobody vouches for, are told', async () => {
  await put(OLDER, PACKAGE);
  expect(await reseal({ record: older }, { record })).toEqual([41]);
  expect(said[0]).toBe(`${NAME} is not sealed again: it is not here`);
  said = [];
  await put(NAME, PACKAGE);
  expect(await reseal({ record: older }, { record, sealerKnown: false })).toEqual([41]);
  expect(said[0]).toBe(`${NAME} is not sealed again: no sealer of the charter vouches for it`);
});

test('that nothing at all will open with the new cards is said', async () => {
  expect(await reseal({ record })).toEqual([]);
  expect(said.at(-1)).toBe('NOTHING OPENS WITH THE NEW CARDS until you seal: keep the old cards until then');
  said = [];
  expect(await reseal()).toEqual([]);
  expect(said).toEqual([]);
});
