// What the program makes, in the hands of other people's programs: nobody needs holdfast to get a vault
// back, only a quorum of cards.

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { peer, run, runOk } from '../support/peers.ts';
import { scanOf } from '../support/photo.ts';
import { ESCROW, planOf, rowsOf, Stage } from './stage.ts';

const IDENTITY = /^AGE-SECRET-KEY-PQ-1[0-9A-Z]{58}\n$/;
const CARDS = [2, 3, 4] as const;

let stage: Stage;
let identity: string;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.holdCeremony(planOf(3, 4, 'letter'));
  // One package that compression helps, one that it does not: both forms of the payload.
  await stage.sealSample(40);
  await stage.write('noise.bin', crypto.getRandomValues(new Uint8Array(60_000)));
  await stage.json('seal', ESCROW, 'noise.bin', '--as', 'file', '--accept-drop');
  const shares = CARDS.flatMap((card) => ['--share', stage.card(card)]);
  const { code, out } = await stage.holdfast('recover', ESCROW, ...shares, '--print-identity', '--no-input');
  expect(code).toBe(0);
  identity = out.toString();
});
afterAll(() => stage.close());

/** The packages' files, oldest first. */
async function packages(): Promise<string[]> {
  const names = await readdir(stage.at(ESCROW, 'packages'));
  return names.filter((name) => name.endsWith('.age')).sort();
}

const pathOf = (name: string): string => stage.at(ESCROW, 'packages', name);

test('there is a package in each form, and the identity is one line that age takes', async () => {
  expect(await packages()).toEqual([
    expect.stringMatching(/^000001-.*\.tar\.gz\.age$/),
    expect.stringMatching(/^000002-.*Z\.tar\.age$/),
  ]);
  expect(identity).toMatch(IDENTITY);
});

/** The tar of a package, opened by the age-encryption package. */
async function openedByTypage(name: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.trim());
  const plaintext = await decrypter.decrypt(await readFile(pathOf(name)));
  return name.endsWith('.gz.age') ? gunzipSync(plaintext) : Buffer.from(plaintext);
}

/** Unpacks a payload with the system's tar, and compares the export in it with the one that was sealed. */
async function expectUnpacks(tar: string, archive: string, exported: string): Promise<void> {
  const listed = (await runOk(tar, ['-tf', archive], { folder: stage.folder })).toString().trim().split('\n');
  expect(listed[0]).toBe('manifest.json');
  const inside = listed.find((name) => name.endsWith(`/${exported}`));
  const content = await runOk(tar, ['-xOf', archive, inside ?? 'none'], { folder: stage.folder });
  expect(Buffer.compare(content, await readFile(stage.at(exported)))).toBe(0);
  const manifest = (
    await runOk(tar, ['-xOf', archive, 'manifest.json'], { folder: stage.folder })
  ).toString();
  expect(JSON.parse(manifest)).toMatchObject({ sources: [{ path: inside }] });
}

test('age-encryption and tar open both packages', async (context) => {
  const tar = peer(context, 'tar');
  const [zipped = '', plain = ''] = await packages();
  await stage.write('zipped.tar', await openedByTypage(zipped));
  await expectUnpacks(tar, 'zipped.tar', 'vault-export.json');
  await stage.write('plain.tar', await openedByTypage(plain));
  await expectUnpacks(tar, 'plain.tar', 'noise.bin');
});

test('the age program and tar open both packages', async (context) => {
  const [age, tar] = [peer(context, 'age 1.3'), peer(context, 'tar')];
  await stage.write('identity.txt', identity);
  const [zipped = '', plain = ''] = await packages();
  const open = (name: string, to: string): Promise<Buffer> =>
    runOk(age, ['-d', '-i', 'identity.txt', '-o', to, pathOf(name)], { folder: stage.folder });
  await open(zipped, 'zipped-by-age.tar.gz');
  await expectUnpacks(tar, 'zipped-by-age.tar.gz', 'vault-export.json');
  await open(plain, 'plain-by-age.tar');
  await expectUnpacks(tar, 'plain-by-age.tar', 'noise.bin');
});

test('minisign verifies the charter and each record by the public keys beside them', async (context) => {
  const minisign = peer(context, 'minisign');
  const verify = async (file: string, key: string): Promise<string> =>
    (await runOk(minisign, ['-V', '-H', '-m', file, '-p', key], { folder: stage.at(ESCROW) })).toString();
  expect(await verify('charter.json', 'charter.pub')).toContain('holdfast charter v1');
  expect(await verify('charters/0001.json', 'charter.pub')).toContain('holdfast charter v1');
  for (const name of await packages()) {
    const record = `packages/${name.replace(/\.tar(\.gz)?\.age$/, '.json')}`;
    expect(await verify(record, 'sealer.pub')).toContain('holdfast record v1');
    const other = await run(minisign, ['-V', '-m', record, '-p', 'charter.pub'], {
      folder: stage.at(ESCROW),
    });
    expect(other.code).not.toBe(0);
  }
});

test('combine.py of the spec turns the rows of three cards into the same identity', async (context) => {
  const combine = fileURLToPath(new URL('../../docs/spec/combine.py', import.meta.url));
  const rows: string[] = [];
  for (const card of CARDS) rows.push(`# card ${card}`, ...(await rowsOf(stage.card(card))));
  const line = await runOk(peer(context, 'python'), [combine], { input: `${rows.join('\n')}\n` });
  expect(line.toString()).toBe(identity);
});

test('zbarimg reads the same 96 symbols from a drawn card', async (context) => {
  const zbarimg = peer(context, 'zbarimg');
  await scanOf(context, stage.card(1), stage.at('card.png'), 150);
  const read = await runOk(zbarimg, ['-q', '--raw', stage.at('card.png')]);
  const rows = await rowsOf(stage.card(1));
  expect(read.toString().trim()).toBe(rows.join('').replaceAll(' ', ''));
});
