// The other budgets of the design: ceremonies, reading a photographed card, and the whole emergency from
// three photos to an opened vault.

import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCardPress, renderCard } from '../../src/adapters/card-press.ts';
import type { CardPress } from '../../src/adapters/card-press.ts';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { loadFonts } from '../../src/adapters/fonts.ts';
import { loadScanner } from '../../src/adapters/scan.ts';
import type { Scanner } from '../../src/adapters/scan.ts';
import { setMark } from '../../src/core/share/set.ts';
import { shortSetId } from '../../src/core/share/share-record.ts';
import { checkSubsets, wipeCeremony } from '../../src/escrow/ceremony.ts';
import type { Ceremony } from '../../src/escrow/ceremony.ts';
import type { Plan } from '../../src/escrow/plan.ts';
import type { CardContent } from '../../src/paper/card.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { encodePng, rotate } from '../support/degrade.ts';
import { ceremonyOf, planOf } from './escrow.ts';
import type { BenchEscrow } from './escrow.ts';
import { run } from './measure.ts';
import type { Run } from './measure.ts';

/** A4 at this resolution has 5.0 million pixels. */
const PHOTO_DPI = 227;
const ENTRIES = 5_000;

function contentOf(ceremony: Ceremony, plan: Plan, card: number): CardContent {
  const { charter, words } = ceremony;
  const secret = ceremony.cards[card - 1];
  if (!secret) throw new Error(`no card ${card}`);
  return {
    cardNumber: card,
    cardCount: ceremony.cards.length,
    setNumber: charter.set.number,
    mark: setMark(charter.set.number),
    policy: charter.policy,
    group: secret.group,
    holderName: secret.trustee.name,
    created: charter.created.slice(0, 10),
    rows: secret.rows,
    words,
    setId: shortSetId(charter.set.id),
    language: plan.language,
  };
}

const since = (started: number): number => (performance.now() - started) / 1000;

/** A ceremony of `cards` cards; with a press each is rendered, rasterised, decoded and compared. */
export async function timeCeremony(
  cards: number,
  threshold: number,
  isPrinted: boolean,
): Promise<{ seconds: number; quorums: number }> {
  const crypto = await loadNodeCrypto();
  const started = performance.now();
  const plan = planOf(cards, threshold);
  const press: CardPress | undefined = isPrinted ? await loadCardPress('a4') : undefined;
  const ceremony = ceremonyOf(crypto, plan, []);
  const quorums = checkSubsets(crypto, ceremony);
  for (const { card } of press ? ceremony.cards : []) await press?.print(contentOf(ceremony, plan, card));
  wipeCeremony(ceremony);
  return { seconds: since(started), quorums };
}

/** A photo of a card: turned a little, and as JPEG where ImageMagick is there to write one. */
async function photograph(
  scanner: Scanner,
  ceremony: Ceremony,
  card: number,
): Promise<{ bytes: Uint8Array; kind: 'jpg' | 'png'; pixels: number }> {
  const pdf = await renderCard(contentOf(ceremony, planOf(5, 3), card), 'a4', await loadFonts());
  for await (const page of scanner.rasterise(pdf, PHOTO_DPI)) {
    const photo = rotate(page, 2);
    const png = encodePng(photo);
    const steps = ['png:-', '-blur', '0x0.8', '-quality', '85', 'jpeg:-'];
    const { status, stdout } = spawnSync('convert', steps, { input: png, maxBuffer: 2 ** 26 });
    const pixels = photo.width * photo.height;
    return status === 0 ? { bytes: stdout, kind: 'jpg', pixels } : { bytes: png, kind: 'png', pixels };
  }
  throw new Error('a card has a page');
}

interface Scan {
  readonly kind: string;
  readonly megapixels: number;
  /** The first reading loads the reader, too. */
  readonly firstSeconds: number;
  readonly nextSeconds: number;
}

/** Writes photos of three cards, and times the reading of one. */
export async function timeScan(base: string, ceremony: Ceremony): Promise<{ scan: Scan; photos: string[] }> {
  const drawing = await loadScanner();
  const photos: string[] = [];
  let last: Awaited<ReturnType<typeof photograph>> | undefined;
  for (const card of [1, 3, 5]) {
    last = await photograph(drawing, ceremony, card);
    const path = join(base, `card-${card}.${last.kind}`);
    await writeFile(path, last.bytes);
    photos.push(path);
  }
  if (!last) throw new Error('no photo');
  const seconds: number[] = [];
  const scanner = await loadScanner();
  for (let turn = 0; turn < 2; turn += 1) {
    const started = performance.now();
    const texts = await scanner.readCodes(last.bytes, 'photo');
    if (texts.length !== 1) throw new Error('the photo was not read');
    seconds.push(since(started));
  }
  const [firstSeconds = Number.NaN, nextSeconds = Number.NaN] = seconds;
  const megapixels = last.pixels / 1e6;
  return { scan: { kind: last.kind.toUpperCase(), megapixels, firstSeconds, nextSeconds }, photos };
}

/** Seals a vault of 5,000 entries, then from three photos to a KeePass database, by the program. */
export async function timeEmergency(
  root: string,
  base: string,
  escrow: BenchEscrow,
  photos: readonly string[],
): Promise<{ seal: Run; recover: Run }> {
  const program = join(root, 'bin/holdfast.js');
  const env = { HOLDFAST_HOME: escrow.home };
  const [vault, password, out] = [join(base, 'vault.json'), join(base, 'password'), join(base, 'rebuilt')];
  await writeFile(vault, sampleBitwardenExport(ENTRIES));
  await writeFile(password, 'bench only, not a secret\n');
  const sealing = [program, 'seal', escrow.dir, vault, '--no-input'];
  const seal = await run(process.execPath, sealing, { env, accepted: [0, 3] });
  const opening = [program, 'recover', escrow.dir, '--out', out, '--to', 'kdbx', '--no-input'];
  const cards = photos.flatMap((photo) => ['--share', photo]);
  const recover = await run(process.execPath, [...opening, '--password-file', password, ...cards], { env });
  return { seal, recover };
}
