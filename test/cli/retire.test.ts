// What `ceremony retire` never destroys: the last package that the cards in force open and that a sealer vouches for.

import { copyFileSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import { main } from '../../src/cli/main.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { decodeRecord, recordHash, signRecord } from '../../src/core/record/package-record.ts';
import { runHere } from '../support/in-process.ts';
import { makeSample, removeSample } from '../support/transcript-sample.ts';

const ESCROW = 'northwind.escrow';
const QUORUM = [1, 2, 3].flatMap((card) => ['--share', `card-${card}.txt`]);

const crypto = await loadNodeCrypto();
let folder = '';
const holdfast = (...args: string[]): ReturnType<typeof runHere> => runHere(args, { folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-retire-'));
  await cp(await makeSample(main), folder, { recursive: true });
  const next = ['--plan', 'plan.yaml', '--cards', 'new'];
  expect(await holdfast('ceremony', 'reissue', ESCROW, ...next, ...QUORUM)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await removeSample();
});

test('what a stranger signed does not stand in for it', async () => {
  const escrow = new EscrowFolder(join(folder, ESCROW));
  const [first] = await escrow.records();
  const [file] = await escrow.packages();
  const record = decodeRecord(first!.document.bytes);
  const name = file!.name.replace('000001', '000002');
  copyFileSync(file!.path, escrow.packagePath(name));
  const stranger = crypto.ed25519KeyPair(new Uint8Array(32).fill(7));
  const forged = {
    ...record,
    sequence: 2,
    previous: await recordHash(crypto, first!.document.bytes),
    package: { ...record.package, file: name },
    sealer: encodePublicKey(crypto, stranger.publicKey),
  };
  await escrow.writeRecord(name, signRecord(crypto, forged, stranger));
  const { code, err } = await holdfast('ceremony', 'retire', ESCROW, '--destroy', '1', '--reason', 'x');
  expect(err).toContain('package 1 is the newest that the cards in force open');
  expect(code).toBe(2);
  expect(readdirSync(join(folder, ESCROW, 'packages'))).toContain(file!.name);
});

describe('what cannot be decided on is told for what it is', () => {
  const retire = async (...args: string[]): Promise<string> => {
    const { code, err } = await holdfast('ceremony', 'retire', ESCROW, ...args, '--reason', 'x');
    expect(code).toBe(2);
    return err;
  };

  test('no number, and a number of no package', async () => {
    expect(await retire('--destroy', 'old')).toContain(
      'package old is none: packages are named by their numbers',
    );
    const err = await retire('--destroy', '9');
    expect(err).toContain('package 9 is none of this escrow');
    expect(err).toContain(`holdfast ceremony retire ${ESCROW}, without more, shows what is undecided`);
  });

  test('after a rekey: the newest, which no retired set opens, and one that was accepted', async () => {
    const next = ['--plan', 'plan.yaml', '--cards', 'newer', '--share', 'new'];
    expect(await holdfast('ceremony', 'rekey', ESCROW, ...next)).toMatchObject({ code: 0 });
    const files = readdirSync(join(folder, ESCROW, 'packages')).filter((name) => name.endsWith('.age'));
    const newest = Math.max(...files.map((name) => Number(/\d{6}/.exec(name)?.[0])));
    const destroyed = await retire('--destroy', String(newest));
    expect(destroyed).toContain(`package ${newest} is the newest that the cards in force open`);
    expect(destroyed).toContain('seal a newer one first');
    expect(destroyed).not.toContain('--help');
    expect(await retire('--accept', String(newest))).toContain(
      `package ${newest} was sealed for the cards in force`,
    );
    expect(await holdfast('ceremony', 'retire', ESCROW, '--accept', '1', '--reason', 'x')).toMatchObject({
      code: expect.any(Number) as number,
    });
    expect(await retire('--accept', '1')).toContain('package 1 is accepted already');
    await holdfast('ceremony', 'retire', ESCROW, '--destroy', '1', '--reason', 'x');
    expect(await retire('--destroy', '1')).toContain('package 1 is not here any more');
  });
});
