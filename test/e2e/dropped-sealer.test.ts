// A machine that a reissue took off the list still has its key, the old charter, and a copy of the folder to write
// on. Nothing that it adds is vouched for, whatever charter it names.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import { Home } from '../../src/adapters/home.ts';
import type { KeyPair } from '../../src/core/crypto.ts';
import { publicKeyFile } from '../../src/core/record/minisign.ts';
import { recordHash, signRecord, verifyRecord } from '../../src/core/record/package-record.ts';
import { extendLedger } from '../../src/escrow/ledger-lines.ts';
import { ESCROW, QUORUM, useSampleFolder } from '../support/sample-folder.ts';

const crypto = await loadNodeCrypto();
const sample = useSampleFolder();
const { at } = sample;

async function holdfast(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, out, err } = await sample.holdfast(...args);
  return { code, said: out + err };
}

/** A reissue that names another machine alone; the key of the one that was dropped. */
async function drop(): Promise<KeyPair> {
  const { publicKey } = await new Home(at('other')).ensureSealer(crypto);
  writeFileSync(at('other.pub'), publicKeyFile(crypto, publicKey, 'x'));
  const how = ['--plan', 'plan.yaml', '--cards', 'new', '--sealer', 'other.pub', ...QUORUM];
  const { code, said } = await holdfast('ceremony', 'reissue', ESCROW, ...how);
  expect(code, said).toBe(0);
  return (await new Home(at('home')).sealer(crypto))!;
}

const recover = (): ReturnType<typeof holdfast> =>
  holdfast(
    'recover',
    ESCROW,
    ...[1, 3, 5].flatMap((card) => ['--share', `new/card-${card}.pdf`]),
    '--out',
    'v',
  );

test('a record that names the charter of its time is one by nobody', async () => {
  const files = new EscrowFolder(at(ESCROW));
  const removed = await drop();
  const honest = await recover();
  expect(honest, honest.said).toMatchObject({ code: 0 });
  expect(honest.said).not.toContain('vouch');
  await rm(at('v'), { recursive: true });

  const [{ document } = { document: { bytes: new Uint8Array(), signature: '' } }] = await files.records();
  const { record } = verifyRecord(crypto, document.bytes, document.signature, []);
  const name = record.package.file.replace(/^000001/, '000002');
  copyFileSync(files.packagePath(record.package.file), files.packagePath(name));
  const added = {
    ...record,
    sequence: 2,
    previous: await recordHash(crypto, document.bytes),
    package: { ...record.package, file: name },
  };
  await files.writeRecord(name, signRecord(crypto, added, removed));

  const verified = await holdfast('verify', ESCROW, '--read-data');
  const told = (file: string): string =>
    `${file.replace(/\.tar.*/, '.json')} is by a machine that the charter no longer lists`;
  expect(verified.said).toContain(told(name));
  expect(verified.said).not.toContain(told(record.package.file));
  const { code, said } = await recover();
  expect(code, said).toBe(0);
  expect(said).toContain(`opening ${record.package.file}`);
  expect(said).not.toContain('NOT THE NEWEST');
  expect(said).toContain(`no valid record vouches for it as it lies there: ${name}`);
});

test('a line of the ledger tells of no newer package', async () => {
  const files = new EscrowFolder(at(ESCROW));
  const removed = await drop();
  const { ledger } = extendLedger(crypto, await files.ledger(), {
    time: '2026-11-25T00:00:00Z',
    firstPrev: '',
    events: [{ event: 'seal', facts: { sequence: 99, record: '11'.repeat(32) } }],
    key: removed,
  });
  writeFileSync(at(ESCROW, 'ledger.jsonl'), ledger);
  expect((await holdfast('verify', ESCROW)).code).toBe(13);
  const { code, said } = await recover();
  expect(code, said).toBe(0);
  expect(said).not.toContain('NOT THE NEWEST');
  expect(said).not.toContain('2026-11-25');
});

test('the line of the ceremony says which record was the newest', async () => {
  await drop();
  const [last] = readFileSync(at(ESCROW, 'ledger.jsonl'), 'utf8').trim().split('\n').reverse();
  const { facts } = JSON.parse((JSON.parse(last!) as { body: string }).body) as { facts: object };
  const [{ document } = { document: { bytes: new Uint8Array() } }] = await new EscrowFolder(
    at(ESCROW),
  ).records();
  expect(facts).toMatchObject({ sequence: 1, record: await recordHash(crypto, document.bytes) });
});
