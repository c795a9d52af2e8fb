// One escrow as it meets the recovery page: a charter of three of five, a sealed package with its record,
// cards as pictures and as rows, and cards that are wrong in all the ways a night brings.

import { gzipSync } from 'node:zlib';
import { encryptAge } from '../../src/core/age/file.ts';
import { encodeHex, encodeUtf8 } from '../../src/core/bytes.ts';
import { charterHash } from '../../src/core/record/charter.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { signRecord } from '../../src/core/record/package-record.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import { encodeShareRows } from '../../src/core/share/share-text.ts';
import { lockCards } from '../../src/escrow/card-locks.ts';
import type { Ceremony } from '../../src/escrow/ceremony.ts';
import { encodeManifest } from '../../src/escrow/manifest.ts';
import type { Manifest } from '../../src/escrow/manifest.ts';
import type { PageBlock } from '../../src/escrow/page-block.ts';
import { packTar } from '../../src/escrow/tar.ts';
import { encodeQr } from '../../src/paper/qr-write.ts';
import type { Raster } from '../../src/paper/raster.ts';
import { blur, encodePng, rotate } from '../support/degrade.ts';
import { gather, pieces } from '../support/pieces.ts';
import { ceremonyOf, crypto, flat, SEALER } from '../escrow/sample.ts';

export const NAME = '000042-20261124T020000Z.tar.gz.age';
export const SEALED = '2026-11-24T02:00:00Z';
export const EXPORT = encodeUtf8(
  JSON.stringify({
    encrypted: false,
    folders: [{ id: 'a', name: 'Riverside Clinic' }],
    items: [
      {
        id: 'b',
        folderId: 'a',
        type: 1,
        name: 'Firewall',
        notes: null,
        login: {
          username: 'admin',
          password: 'correct horse',
          totp: null,
          uris: [{ uri: 'https://fw.example' }],
        },
      },
    ],
  }),
);

export const ceremony: Ceremony = ceremonyOf(flat(3, 5), { setNumber: 1 });
/** The set that was replaced, and one of another escrow under the same number. */
export const older: Ceremony = ceremonyOf(flat(3, 5), { setNumber: 2 });
export const stranger: Ceremony = ceremonyOf(flat(3, 5), { setNumber: 1, escrow: 'fedcba9876543210' });

export const rowsOf = (of: Ceremony, card: number): readonly string[] => of.cards[card - 1]!.rows;

/** A card that claims to be of the set and is of nobody's hand: its value is another, its check is right. */
export function forgedRows(card: number): readonly string[] {
  const share = decodeShare(crypto, ceremony.cards[card - 1]!.record);
  return encodeShareRows(encodeShare(crypto, { ...share, value: new Uint8Array(32).fill(7) }));
}

/** A symbol that is not this one. */
const other = (symbol: string): string => (symbol === '7' ? '8' : '7');

/** A row with slips at these positions, from 1. */
export const withSlips = (row: string, ...positions: readonly number[]): string =>
  Array.from(row, (symbol, at) => (positions.includes(at + 1) ? other(symbol) : symbol)).join('');

/** A row that nobody can read: with fewer unreadable symbols, a wrong row would sometimes be found. */
export const ruined = (row: string): string => `${'?'.repeat(7)}${row.slice(7)}`;

/** A picture of a code: six pixels a module, a little turned, not quite sharp. */
function pictureOf(text: string): Raster {
  const modules = encodeQr(text);
  const [scale, quiet] = [6, 8];
  const side = (modules.length + 2 * quiet) * scale;
  const grey = new Uint8Array(side * side).fill(235);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      if (modules[row]?.[column]) grey[y * side + x] = 30;
    }
  }
  return blur(rotate({ width: side, height: side, grey }, 7), 1);
}

export const photoOf = (text: string): Buffer => Buffer.from(encodePng(pictureOf(text)));

export const photoOfRows = (rows: readonly string[]): Buffer => photoOf(rows.join(''));

/** What a camera sees that a card is held up to: a video of one frame, in the format a fake camera plays. */
export function videoOfRows(rows: readonly string[]): Buffer {
  const { width, height, grey } = pictureOf(rows.join(''));
  // Colours are of two by two pixels, so both sides are even.
  const [wide, high] = [width & ~1, height & ~1];
  const luma = Buffer.alloc(wide * high);
  for (let y = 0; y < high; y += 1) luma.set(grey.subarray(y * width, y * width + wide), y * wide);
  const header = `YUV4MPEG2 W${wide} H${high} F5:1 Ip A1:1 C420jpeg\nFRAME\n`;
  return Buffer.concat([Buffer.from(header), luma, Buffer.alloc((wide * high) / 2, 128)]);
}

async function manifest(): Promise<Manifest> {
  return {
    type: 'holdfast manifest v1',
    escrow: ceremony.charter.escrow,
    sequence: 42,
    created: SEALED,
    canary: { time: SEALED, id: '00'.repeat(16) },
    sources: [
      {
        path: 'exports/vault/vault.json',
        size: EXPORT.length,
        sha256: encodeHex(await crypto.sha256(EXPORT)),
        name: 'vault',
        format: 'bitwarden-json',
        product: 'Bitwarden',
        entries: 1,
        folders: 1,
        attachments: 0,
        passphrase: null,
        keyFile: null,
      },
    ],
    attachments: [],
    plan: [],
  };
}

/** The package, sealed to a ceremony's key. */
export async function sealedTo(of: Ceremony): Promise<Uint8Array<ArrayBuffer>> {
  const files = [
    ['manifest.json', encodeManifest(await manifest())],
    ['exports/vault/vault.json', EXPORT],
  ] as const;
  const tar = packTar(
    files.map(([path, bytes]) => ({ path, size: bytes.length, content: () => pieces(bytes, 'whole') })),
    new Date(SEALED),
  );
  return gather(encryptAge(crypto, of.recipient, pieces(gzipSync(await gather(tar)), 'whole')));
}

export const PACKAGE: Uint8Array<ArrayBuffer> = await sealedTo(ceremony);

/** A record of the package, or of a later one. */
export async function recordOf(
  bytes: Uint8Array,
  { sequence = 42, created = SEALED }: { sequence?: number; created?: string } = {},
): Promise<{ bytes: Uint8Array; signature: string }> {
  return signRecord(
    crypto,
    {
      type: 'holdfast record v1',
      escrow: ceremony.charter.escrow,
      sequence,
      previous: '22'.repeat(32),
      created,
      package: { file: NAME, size: bytes.length, sha256: encodeHex(await crypto.sha256(bytes)) },
      charter: await charterHash(crypto, ceremony.signed.bytes),
      setId: ceremony.charter.set.id,
      counts: { sources: 1, entries: 1, folders: 1, attachments: 0 },
      findings: 0,
      sealer: encodePublicKey(crypto, SEALER.publicKey),
      tool: 'holdfast 0.1.0',
    },
    SEALER,
  );
}

export const RECORD: { bytes: Uint8Array; signature: string } = await recordOf(PACKAGE);

/** The passphrase of card 2 of the locked set. */
export const PASSPHRASE = 'orchid vessel tunnel drama';

/** Two of three; card 2 is locked. */
export const locked: Ceremony = await lockCards(
  crypto,
  ceremonyOf(flat(2, 3), { setNumber: 1 }),
  new Map([[2, encodeUtf8(PASSPHRASE)]]),
);

export const LOCKED_BLOCK: PageBlock = {
  charter: locked.signed,
  charters: [],
  records: [],
  package: { name: NAME, bytes: await sealedTo(locked) },
};

/** What a kit would put into its page. */
export const BLOCK: PageBlock = {
  charter: ceremony.signed,
  charters: [],
  records: [RECORD],
  package: { name: NAME, bytes: PACKAGE },
};
