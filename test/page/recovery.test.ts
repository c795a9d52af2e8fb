// A recovery as the page does it, without the page: the same crypto port as everywhere, files in memory.

import { encodeUtf8 } from '../../src/core/bytes.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { charterHash } from '../../src/core/record/charter.ts';
import { beginNextCeremony } from '../../src/escrow/ceremony.ts';
import { EMPTY_BLOCK, putBlock } from '../../src/escrow/page-block.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { fileOf, partsOfFile, sortFiles } from '../../src/page/recovery/given.ts';
import type { GivenFile } from '../../src/page/recovery/given.ts';
import { Recovery } from '../../src/page/recovery/recovery.ts';
import { describe, expect, test } from 'vitest';
import { crypto, flat } from '../escrow/sample.ts';
import {
  BLOCK,
  ceremony,
  EXPORT,
  forgedRows,
  NAME,
  older,
  PACKAGE,
  photoOfRows,
  RECORD,
  recordOf,
  rowsOf,
  SEALED,
  sealedTo,
  stranger,
} from './sample.ts';

const text = (name: string, content: string): GivenFile => fileOf(name, encodeUtf8(content));

const PAPERS = [
  fileOf('charter.json', ceremony.signed.bytes),
  text('charter.json.minisig', ceremony.signed.signature),
  fileOf('000042.json', RECORD.bytes),
  text('000042.json.minisig', RECORD.signature),
];

const rekeyed = beginNextCeremony(crypto, {
  kind: 'rekey',
  plan: decodePlan(JSON.stringify(flat(2, 3))),
  sealers: ceremony.charter.sealers,
  created: '2026-11-25T01:02:03Z',
  before: {
    charter: ceremony.charter,
    hash: await charterHash(crypto, ceremony.signed.bytes),
    seed: ceremony.seed,
  },
});

/** The papers of a folder after a rekey. */
const REKEYED = [
  fileOf('0001.json', ceremony.signed.bytes),
  text('0001.json.minisig', ceremony.signed.signature),
  fileOf('charter.json', rekeyed.signed.bytes),
  text('charter.json.minisig', rekeyed.signed.signature),
  text('charter.json.old.minisig', rekeyed.signed.oldSignature ?? ''),
  ...PAPERS.slice(2),
];
const REKEYED_BLOCK = { ...BLOCK, charter: rekeyed.signed, charters: [ceremony.signed] };

async function recoveryOf(files: readonly GivenFile[]): Promise<Recovery> {
  const recovery = new Recovery(crypto);
  const { packages, evidence } = await sortFiles(files);
  if (packages[0]) recovery.setPackage(packages[0]);
  recovery.addEvidence(evidence);
  return recovery;
}

const give = (recovery: Recovery, ...cards: readonly (readonly string[])[]): (string | undefined)[] =>
  cards.map((rows) => recovery.addCard('x', rows).state);

async function codeOf(recovery: Recovery): Promise<string> {
  try {
    await recovery.open(() => undefined);
  } catch (error) {
    if (isEscrowError(error)) return error.code;
    throw error;
  }
  return 'opened';
}

const damaged = (at: number): Uint8Array => PACKAGE.map((byte, index) => (index === at ? byte ^ 1 : byte));

/** What a browser does with a folder that was dropped. */
async function* broken(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  throw new DOMException('a folder', 'NotFoundError');
}

describe('a package compared with the records before any card', () => {
  const measured = async (bytes: Uint8Array, ...records: (typeof RECORD)[]): Promise<boolean> => {
    const recovery = new Recovery(crypto);
    recovery.setPackage(fileOf(NAME, bytes));
    recovery.addEvidence({ charters: [ceremony.signed], records });
    await recovery.measure();
    return recovery.isDamaged;
  };

  test('is damaged when no record of its name describes its bytes', async () => {
    expect(await measured(PACKAGE, RECORD)).toBe(false);
    expect(await measured(damaged(700), RECORD)).toBe(true);
    expect(await measured(PACKAGE, await recordOf(damaged(700)), RECORD)).toBe(false);
    expect(await measured(damaged(700))).toBe(false);
  });

  test('and nothing is said of one that cannot be read, or has another size', async () => {
    expect(await measured(PACKAGE.slice(1), RECORD)).toBe(false);
    const recovery = new Recovery(crypto);
    recovery.setPackage({
      name: NAME,
      size: PACKAGE.length,
      stream: () => partsOfFile(NAME, broken()),
    });
    recovery.addEvidence({ charters: [], records: [RECORD] });
    await recovery.measure();
    expect(recovery.isDamaged).toBe(false);
  });
});

describe('a heap of files', () => {
  test('is told apart by content', async () => {
    const page = `<!doctype html>\n${EMPTY_BLOCK}`;
    const sorted = await sortFiles([
      fileOf('renamed.bin', PACKAGE),
      ...PAPERS,
      fileOf('card.jpg', photoOfRows(rowsOf(ceremony, 1))),
      text('card.txt', rowsOf(ceremony, 2).join('\n')),
      fileOf('cut.age', new Uint8Array(3)),
      text('OTHER.html', putBlock(page, BLOCK)),
      text('EMPTY.html', page),
      text('ledger.jsonl', '{"body":"{}","key":"x","sig":"y"}\n'),
      text('sealer.pub', 'untrusted comment: minisign public key\nRWQ\n'),
    ]);
    expect(sorted.other.map(({ name }) => name)).toEqual(['ledger.jsonl', 'sealer.pub']);
    expect(sorted.packages.map(({ name }) => name)).toEqual(['renamed.bin', 'cut.age', NAME]);
    expect(sorted.cards.map(({ name }) => name)).toEqual(['card.jpg', 'card.txt']);
    expect(sorted.evidence.charters).toEqual([ceremony.signed, ceremony.signed]);
    expect(sorted.evidence.records).toEqual([RECORD, RECORD]);
  });

  test('of which one cannot be read is told apart all the same', async () => {
    const gone = (name: string): GivenFile => ({
      name,
      size: 4096,
      stream: () => partsOfFile(name, broken()),
    });
    const sorted = await sortFiles([gone('folder'), gone('gone.age'), ...PAPERS]);
    expect(sorted.unread.map(({ name }) => name)).toEqual(['folder']);
    expect(sorted.packages.map(({ name }) => name)).toEqual(['gone.age']);
    expect(sorted.evidence.charters).toEqual([ceremony.signed]);
  });
});

describe('a recovery', () => {
  test('opens with a quorum, names the strays, and says who vouches', async () => {
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...PAPERS]);
    expect(recovery.sealedAt).toBe(SEALED);
    expect(
      give(recovery, rowsOf(ceremony, 1), rowsOf(older, 1), forgedRows(2), rowsOf(ceremony, 1), [
        '',
        '',
        '',
        '',
      ]),
    ).toEqual(['good', 'other-set', 'not-listed', 'already-given', 'unreadable']);
    give(recovery, rowsOf(ceremony, 4), rowsOf(ceremony, 5));
    const told: number[] = [];
    const opened = await recovery.open((read) => told.push(read));
    expect(opened.files.get('exports/vault/vault.json')).toEqual(EXPORT);
    expect(opened.manifest.sequence).toBe(42);
    expect(opened).toMatchObject({ doubts: [] });
    expect(told.at(-1)).toBe(PACKAGE.length);
  });

  test('opens without any paper, and says that nobody vouches', async () => {
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE)]);
    expect(give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2))).toEqual(['readable', 'readable']);
    expect(recovery.canOpen).toBe(false);
    expect(recovery.progress?.lacks).toEqual([{ kind: 'cards', group: undefined, more: 1, from: [] }]);
    give(recovery, rowsOf(ceremony, 3));
    expect((await recovery.open(() => undefined)).doubts).toEqual([
      { kind: 'charter-missing' },
      { kind: 'not-vouched' },
    ]);
  });

  test('opens beside a charter of somebody else, and calls it forged', async () => {
    const recovery = await recoveryOf([
      fileOf(NAME, PACKAGE),
      fileOf('charter.json', stranger.signed.bytes),
      text('charter.json.minisig', stranger.signed.signature),
    ]);
    expect(give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3))).toEqual([
      'other-set',
      'other-set',
      'other-set',
    ]);
    const { doubts } = await recovery.open(() => undefined);
    expect(doubts[0]).toEqual({ kind: 'charter-forged' });
  });

  test.each([
    ['as files', (): Promise<Recovery> => recoveryOf([fileOf(NAME, PACKAGE), ...REKEYED])],
    [
      'in a page',
      (): Promise<Recovery> =>
        recoveryOf([text('RECOVER.html', putBlock(`<!doctype html>${EMPTY_BLOCK}`, REKEYED_BLOCK))]),
    ],
  ])('cards of a key that was replaced are retired, and nothing is forged: %s', async (_name, start) => {
    const recovery = await start();
    expect(give(recovery, rowsOf(ceremony, 1), rowsOf(rekeyed, 1))).toEqual(['other-set', 'good']);
    expect(recovery.verdicts[0]).toMatchObject({ isRetired: true, wanted: { colour: 'blue' } });
    give(recovery, rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    const { doubts } = await recovery.open(() => undefined);
    expect(doubts).toEqual([{ kind: 'charter-replaced' }]);
  });

  test('judges cards by no charter that did not come into force', async () => {
    const [first, second] = [ceremony.signed, rekeyed.signed];
    const recovery = await recoveryOf([
      ...PAPERS,
      fileOf('0001.json', first.bytes),
      text('0001.json.minisig', first.signature),
      fileOf('0002.json', second.bytes),
      text('0002.json.minisig', second.signature),
    ]);
    expect(recovery.claimed?.charter.number).toBe(1);
    expect(give(recovery, rowsOf(ceremony, 1))).toEqual(['good']);
    // The chain alone says nothing of which is in force.
    const chain = await recoveryOf([fileOf('0001.json', first.bytes), fileOf('0002.json', second.bytes)]);
    expect(chain.claimed?.charter.number).toBe(2);
  });

  test('beside a charter with the signature of the one before goes by the copy that has its own', async () => {
    const signedBy = (charter: string, signature: string, old: string): GivenFile[] => [
      fileOf(charter, rekeyed.signed.bytes),
      text(`${charter}.minisig`, signature),
      text(`${charter}.old.minisig`, old),
    ];
    const { signature, oldSignature = '' } = rekeyed.signed;
    const stale = signedBy('charter.json', ceremony.signed.signature, '');
    const own = signedBy('0002.json', signature, oldSignature);
    const first = [
      fileOf('0001.json', ceremony.signed.bytes),
      text('0001.json.minisig', ceremony.signed.signature),
    ];
    for (const both of [
      [...stale, ...own],
      [...own, ...stale],
    ]) {
      const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...PAPERS.slice(2), ...first, ...both]);
      give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
      const { doubts } = await recovery.open(() => undefined);
      expect(doubts).toEqual([{ kind: 'charter-replaced' }]);
    }
  });

  test('cards of a key that was replaced do not open what was sealed later', async () => {
    const recovery = await recoveryOf([fileOf(NAME, await sealedTo(rekeyed)), ...REKEYED]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    expect(await codeOf(recovery)).toBe('recover.other-key');
  });

  test('knows before any card that the package is not the newest, by its record or its name', async () => {
    const later = await recordOf(new Uint8Array(9), { sequence: 43, created: '2026-11-25T02:00:00Z' });
    const newer = fileOf('43.json', later.bytes);
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...PAPERS]);
    expect(recovery.newerAt).toBeUndefined();
    recovery.addEvidence((await sortFiles([newer])).evidence);
    expect(recovery.newerAt).toBe('2026-11-25T02:00:00Z');
    expect(recovery.sealedAt).toBe(SEALED);
    const named = await recoveryOf([fileOf('000007-20260101T020000Z.tar.gz.age', PACKAGE), newer]);
    expect(named.newerAt).toBe('2026-11-25T02:00:00Z');
    const renamed = await recoveryOf([fileOf('copy.age', PACKAGE), newer]);
    expect(renamed.newerAt).toBeUndefined();
  });

  test('hears no paper of another escrow beside its own', async () => {
    const others = [
      fileOf('other.json', stranger.signed.bytes),
      text('other.json.minisig', stranger.signed.signature),
    ];
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...others, ...PAPERS]);
    expect(recovery.escrow).toBe(ceremony.charter.escrow);
    expect(give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3))).toEqual([
      'good',
      'good',
      'good',
    ]);
    expect((await recovery.open(() => undefined)).doubts).toEqual([]);
  });

  test('tells of a newer package', async () => {
    const later = await recordOf(new Uint8Array(9), { sequence: 43, created: '2026-11-25T02:00:00Z' });
    const recovery = await recoveryOf([
      fileOf(NAME, PACKAGE),
      ...PAPERS,
      fileOf('43.json', later.bytes),
      text('43.json.minisig', later.signature),
    ]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    const { doubts } = await recovery.open(() => undefined);
    expect(doubts).toEqual([{ kind: 'older', created: '2026-11-25T02:00:00Z' }]);
  });

  test('asks for the set of the charter, whatever else is there', async () => {
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...PAPERS]);
    give(recovery, rowsOf(older, 1), rowsOf(older, 2));
    expect(recovery.progress).toBeUndefined();
    give(recovery, rowsOf(ceremony, 5));
    expect(recovery.progress).toMatchObject({ mark: { colour: 'gold' }, lacks: [{ more: 2 }] });
    give(recovery, rowsOf(older, 3));
    expect(recovery.progress).toMatchObject({ mark: { colour: 'blue' }, lacks: [] });
  });

  test('judges the cards anew when a charter comes late', async () => {
    const recovery = await recoveryOf([]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(older, 2));
    expect(recovery.verdicts.map(({ state }) => state)).toEqual(['readable', 'readable']);
    recovery.addEvidence((await sortFiles(PAPERS)).evidence);
    expect(recovery.verdicts.map(({ state }) => state)).toEqual(['good', 'other-set']);
  });

  test.each([
    ['in its header', damaged(40)],
    ['in its content', damaged(PACKAGE.length - 20)],
    ['at its end', PACKAGE.subarray(0, -30)],
  ])('of a package damaged %s keeps the cards for another copy', async (_where, bytes) => {
    const recovery = await recoveryOf([fileOf(NAME, bytes), ...PAPERS]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    expect(await codeOf(recovery)).toMatch(/^age\./);
    recovery.setPackage(fileOf(NAME, PACKAGE));
    expect(await codeOf(recovery)).toBe('opened');
  });

  test('of a package for another key says so', async () => {
    const foreign = fileOf(NAME, await sealedTo(stranger));
    const recovery = await recoveryOf([foreign, ...PAPERS]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    expect(await codeOf(recovery)).toBe('age.no-match');
    const bare = await recoveryOf([foreign]);
    give(bare, rowsOf(ceremony, 1), rowsOf(ceremony, 2), rowsOf(ceremony, 3));
    expect(await codeOf(bare)).toBe('recover.other-key');
  });

  test('with a forged card among three goes on with a fourth', async () => {
    const recovery = await recoveryOf([fileOf(NAME, PACKAGE), ...PAPERS]);
    give(recovery, rowsOf(ceremony, 1), rowsOf(ceremony, 2), forgedRows(3));
    expect(recovery.canOpen).toBe(true);
    expect(await codeOf(recovery)).toBe('recover.no-subset');
    give(recovery, rowsOf(ceremony, 3));
    expect(await codeOf(recovery)).toBe('opened');
  });
});
