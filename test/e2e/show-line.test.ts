// The main job as issue 2 shows it: three photographed cards of five give a KeePass database that
// KeePassXC opens, and the export byte for byte; with the charter, without it, and with a forged one.

import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodeCharter, type Charter } from '../../src/core/record/charter.ts';
import { publicKeyFile } from '../../src/core/record/minisign.ts';
import { beginCeremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { CODE_MEASURES } from '../../src/paper/card-code.ts';
import { peer, runOk } from '../support/peers.ts';
import { photoOf, scanOf, type Camera } from '../support/photo.ts';
import { codeIn, ESCROW, planOf, rowsOf, Stage } from './stage.ts';

const ENTRIES = 250;
const PASSWORD = 'a password for the test\n';
const PLAN = planOf(3, 5);

interface Recovered {
  readonly charter: string;
  readonly cards: { readonly used: string[]; readonly aside: { readonly state: string }[] };
  readonly sources: readonly { readonly path: string; readonly entries: number }[];
}

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.holdCeremony(PLAN);
  await stage.sealSample(ENTRIES);
  await stage.write('password', PASSWORD);
});
afterAll(() => stage.close());

const PHOTO: Camera = { dpi: 150, degrees: 6, tilt: 0.06, blur: 1, quality: 70 };

let taken: Promise<string[]> | undefined;

/** Photographs of three cards, each turned another way, taken once. */
function photographs(context: TestContext): Promise<string[]> {
  for (const wanted of ['pdftoppm', 'imagemagick', 'keepassxc-cli'] as const) peer(context, wanted);
  taken ??= photograph(context);
  return taken;
}

async function photograph(context: TestContext): Promise<string[]> {
  const names: string[] = [];
  for (const [card, degrees] of [
    [1, 6],
    [3, -11],
    [5, 184],
  ] as const) {
    const name = `photo-${card}.jpg`;
    await scanOf(context, stage.card(card), stage.at('page.png'), PHOTO.dpi);
    await photoOf(context, stage.at('page.png'), stage.at(name), { ...PHOTO, degrees });
    names.push(name);
  }
  return names;
}

async function recoverFrom(escrow: string, out: string, shares: readonly string[]): Promise<Recovered> {
  const given = shares.flatMap((share) => ['--share', share]);
  const wanted = ['--out', out, '--to', 'kdbx', '--password-file', 'password'];
  return (await stage.json('recover', escrow, ...given, ...wanted)) as Recovered;
}

/** What must be true of every recovery, whatever lay beside the package. */
async function expectVault(context: TestContext, out: string, recovered: Recovered): Promise<void> {
  const [source] = recovered.sources;
  expect(source?.entries).toBe(ENTRIES);
  expect(await stage.sha256(out, ...(source?.path ?? '').split('/'))).toBe(
    await stage.sha256('vault-export.json'),
  );
  const info = await runOk(peer(context, 'keepassxc-cli'), ['db-info', '-q', stage.at(out, 'vault.kdbx')], {
    input: PASSWORD,
  });
  expect(info.toString()).toContain(`Number of entries: ${ENTRIES}\n`);
}

test('three photographed cards rebuild the vault', async (context) => {
  const recovered = await recoverFrom(ESCROW, 'vault', await photographs(context));
  expect(recovered).toMatchObject({ charter: 'true', cards: { used: ['card 1', 'card 3', 'card 5'] } });
  await expectVault(context, 'vault', recovered);
});

test('and with the charter deleted', async (context) => {
  await cp(stage.at(ESCROW), stage.at('no-charter'), { recursive: true });
  for (const name of ['charter.json', 'charter.json.minisig', 'charter.pub', 'charters'])
    await rm(stage.at('no-charter', name), { recursive: true });
  const recovered = await recoverFrom('no-charter', 'vault-2', await photographs(context));
  expect(recovered.charter).toBe('missing');
  await expectVault(context, 'vault-2', recovered);
});

test('and with a forged charter in its place, one symbol of a card unreadable', async (context) => {
  await cp(stage.at(ESCROW), stage.at('forged'), { recursive: true });
  await forgeCharter();
  const [first, second] = await photographs(context);
  const [row = '', ...rest] = await rowsOf(stage.card(5));
  // The false charter lists other cards: none of its commitments can settle what the ? stands for.
  await stage.write('typed.txt', [`?${row.slice(1)}`, ...rest].join('\n'));
  const recovered = await recoverFrom('forged', 'vault-3', [first!, second!, 'typed.txt']);
  expect(recovered.charter).toBe('forged');
  await expectVault(context, 'vault-3', recovered);
});

/** A well-formed charter of the same escrow and policy, well signed: by another key. */
async function forgeCharter(): Promise<void> {
  const crypto = await loadNodeCrypto();
  const genuine: Charter = decodeCharter(await readFile(stage.at('forged', 'charter.json')));
  const { signed, charterKey } = beginCeremony(crypto, {
    plan: decodePlan(PLAN),
    escrow: genuine.escrow,
    setNumber: genuine.set.number,
    sealers: genuine.sealers,
    created: genuine.created,
  });
  for (const name of ['charter.json', 'charters/0001.json']) {
    await writeFile(stage.at('forged', name), signed.bytes);
    await writeFile(stage.at('forged', `${name}.minisig`), signed.signature);
  }
  await writeFile(stage.at('forged', 'charter.pub'), publicKeyFile(crypto, charterKey, 'charter key'));
}

const STRENGTHS: Readonly<Record<string, Omit<Camera, 'dpi' | 'blur'> & { blurInModules: number }>> = {
  light: { degrees: 2, tilt: 0.02, blurInModules: 0.1, quality: 85 },
  medium: { degrees: -9, tilt: 0.08, blurInModules: 0.2, quality: 60, isDim: true },
  strong: { degrees: 23, tilt: 0.15, blurInModules: 0.3, quality: 35, isDim: true },
};

const { moduleMm } = CODE_MEASURES.a4;

// Three pixels for a module is the least that a scanner must read (docs/card.md).
test.for([
  { pixels: 3, strengths: ['light', 'medium', 'strong'] },
  { pixels: 4, strengths: ['light', 'medium', 'strong'] },
  { pixels: 6, strengths: ['strong'] },
])('photos with $pixels pixels for a module of the code are read', async ({ pixels, strengths }, context) => {
  const expected = (await rowsOf(stage.card(2))).join('').replaceAll(' ', '');
  const unread: string[] = [];
  for (const name of strengths) {
    const { blurInModules, ...camera } = STRENGTHS[name]!;
    // The far edge of a tilted page is drawn smaller; the pixels are counted there.
    const dpi = Math.ceil((pixels * 25.4) / moduleMm / (1 - camera.tilt));
    await scanOf(context, stage.card(2), stage.at('page.png'), dpi);
    const blur = blurInModules * pixels;
    await photoOf(context, stage.at('page.png'), stage.at(`${name}.jpg`), { ...camera, dpi, blur });
    if ((await codeIn(stage.at(`${name}.jpg`))) !== expected) unread.push(name);
  }
  expect(unread).toEqual([]);
});
