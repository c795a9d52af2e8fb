// What a machine believes: by words, by pins, never backwards.

import { describe, expect, test } from 'vitest';
import { charterHash, charterKeyPair, signCharter } from '../../src/core/record/charter.ts';
import type { Charter, SignedDocument } from '../../src/core/record/charter.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { encodeManifest } from '../../src/escrow/manifest.ts';
import type { Manifest } from '../../src/escrow/manifest.ts';
import {
  decodePins,
  encodePins,
  enrolByWords,
  newEscrowId,
  pinnedCharter,
  pinsFor,
} from '../../src/escrow/trust.ts';
import type { Pins } from '../../src/escrow/trust.ts';
import { ceremonyOf, crypto, flat, refusal } from './sample.ts';

const ceremony = ceremonyOf(flat(2, 3));
const stranger = ceremonyOf(flat(2, 3), { escrow: 'fedcba9876543210' });
const key = charterKeyPair(crypto, ceremony.seed);
const words = ceremony.words.join(' ');

const pinsOf = (charter: Charter, signed: SignedDocument): Promise<Pins> =>
  pinsFor(crypto, charter, signed.bytes, key.publicKey);
const pins = await pinsOf(ceremony.charter, ceremony.signed);

/** A later charter of the same escrow and key. */
async function later(changes: Partial<Charter> = {}): Promise<{ charter: Charter; signed: SignedDocument }> {
  const charter: Charter = {
    ...ceremony.charter,
    number: 2,
    previous: await charterHash(crypto, ceremony.signed.bytes),
    ...changes,
  };
  return { charter, signed: signCharter(crypto, charter, key) };
}

describe('by words', () => {
  test.each([
    ['as they stand', words],
    ['in capitals, with commas', ceremony.words.join(', ').toUpperCase()],
    ['by their first four letters', ceremony.words.map((word) => word.slice(0, 4)).join(' ')],
  ])('%s', async (_name, typed) => {
    const enrolled = await enrolByWords(crypto, ceremony.signed, typed, undefined, []);
    expect(enrolled.pins).toEqual({ ...pins, record: null, ledger: null });
    expect(enrolled.charter.escrow).toBe(ceremony.charter.escrow);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'of another escrow',
      () => enrolByWords(crypto, ceremony.signed, stranger.words.join(' '), undefined, []),
      'trust.words',
    ],
    [
      'in another order',
      () => enrolByWords(crypto, ceremony.signed, [...ceremony.words].reverse().join(' '), undefined, []),
      'trust.words',
    ],
    [
      'that are too few',
      () => enrolByWords(crypto, ceremony.signed, 'abandon', undefined, []),
      'words.format',
    ],
    [
      'right, but the signature is another’s',
      () =>
        enrolByWords(
          crypto,
          { ...ceremony.signed, signature: stranger.signed.signature },
          words,
          undefined,
          [],
        ),
      'minisign.signature',
    ],
    [
      'right, but no charter',
      () => enrolByWords(crypto, { bytes: new Uint8Array([0x7b]), signature: '' }, words, undefined, []),
      'charter.format',
    ],
  ])('%s: refused', async (_name, work, code) => {
    expect((await refusal(work))?.code).toBe(code);
  });

  test('a charter that keeps key and recipient in its words but is signed by another', async () => {
    // The words are over the key the charter names; naming the true key is not having it.
    const forger = charterKeyPair(crypto, crypto.randomBytes(32));
    const forged = {
      ...ceremony.charter,
      charterKey: encodePublicKey(crypto, forger.publicKey),
      number: 7,
      previous: '00'.repeat(32),
    };
    const signed = signCharter(crypto, forged, forger);
    expect((await refusal(() => enrolByWords(crypto, signed, words, undefined, [])))?.code).toBe(
      'trust.words',
    );
  });

  test('what was seen of records and ledger is kept; a newer charter moves the pin', async () => {
    const known: Pins = {
      ...pins,
      record: { sequence: 7, sha256: '11'.repeat(32), sources: [] },
      ledger: { line: 9, hash: '22'.repeat(32) },
    };
    const next = await later();
    const enrolled = await enrolByWords(crypto, next.signed, words, known, [ceremony.signed, next.signed]);
    expect(enrolled.pins).toMatchObject({
      charter: { number: 2 },
      record: known.record,
      ledger: known.ledger,
    });
    expect(await refusal(() => enrolByWords(crypto, ceremony.signed, words, enrolled.pins, []))).toEqual({
      code: 'trust.rollback',
      facts: { what: 'charter', pinned: 2, found: 1 },
    });
  });

  describe('a machine that knows the escrow takes no fork', () => {
    const fork = async (): Promise<SignedDocument> => (await later({ sealers: [] })).signed;
    const knownBy = async (of: SignedDocument, ...chain: SignedDocument[]): Promise<Pins> =>
      (await enrolByWords(crypto, of, words, pins, [...chain, of])).pins;

    test('of the number it knows', async () => {
      const known = await knownBy((await later()).signed, ceremony.signed);
      const other = await fork();
      const enrolling = enrolByWords(crypto, other, words, known, [ceremony.signed, other]);
      expect((await refusal(() => enrolling))?.code).toBe('trust.mismatch');
    });

    test('and none of a later number, unless the charter that it knows leads to it', async () => {
      const next = (await later()).signed;
      const known = await knownBy(next, ceremony.signed);
      const other = await fork();
      const previous = async (of: SignedDocument): Promise<string> => charterHash(crypto, of.bytes);
      const third = (await later({ number: 3, previous: await previous(next) })).signed;
      const forked = (await later({ number: 3, previous: await previous(other) })).signed;
      const enrol = (of: SignedDocument, ...chain: SignedDocument[]): Promise<unknown> =>
        enrolByWords(crypto, of, words, known, chain);
      expect(await refusal(() => enrol(third, ceremony.signed, next, third))).toBeUndefined();
      expect((await refusal(() => enrol(forked, ceremony.signed, other, forked)))?.code).toBe(
        'charter.chain',
      );
      expect((await refusal(() => enrol(forked, ceremony.signed, next, third)))?.code).toBe('charter.chain');
      expect((await refusal(() => enrol(third)))?.code).toBe('charter.chain');
    });

    test('the one that it knows it takes again', async () => {
      expect((await enrolByWords(crypto, ceremony.signed, words, pins, [])).pins).toEqual(pins);
    });
  });
});

describe('by pins', () => {
  test('the pinned charter is the only one', async () => {
    expect(await pinnedCharter(crypto, ceremony.signed, pins)).toEqual(ceremony.charter);
  });

  test.each<[string, () => Promise<SignedDocument> | SignedDocument, string]>([
    ['another escrow’s', () => stranger.signed, 'trust.mismatch'],
    ['a later one of the same key', async () => (await later()).signed, 'trust.mismatch'],
    [
      'one of the same number and key with other sealers',
      async () =>
        (await later({ number: 1, previous: null, sealers: [encodePublicKey(crypto, key.publicKey)] }))
          .signed,
      'trust.mismatch',
    ],
    [
      'one with a bit turned',
      () => ({
        ...ceremony.signed,
        bytes: ceremony.signed.bytes.map((byte, at) => (at === 90 ? byte ^ 1 : byte)),
      }),
      'trust.mismatch',
    ],
    [
      'the right one with another’s signature',
      () => ({ ...ceremony.signed, signature: stranger.signed.signature }),
      'minisign.signature',
    ],
    ['the right one without a signature', () => ({ ...ceremony.signed, signature: '' }), 'minisign.format'],
  ])('%s: %s', async (_name, document, code) => {
    const given = await document();
    expect((await refusal(() => pinnedCharter(crypto, given, pins)))?.code).toBe(code);
  });

  test('an older one of the same key is a rollback, and both hashes stand in a mismatch', async () => {
    const next = await later();
    const newer = await pinsOf(next.charter, next.signed);
    expect(await refusal(() => pinnedCharter(crypto, ceremony.signed, newer))).toEqual({
      code: 'trust.rollback',
      facts: { what: 'charter', pinned: 2, found: 1 },
    });
    expect(await refusal(() => pinnedCharter(crypto, next.signed, pins))).toEqual({
      code: 'trust.mismatch',
      facts: {
        what: 'charter',
        expected: pins.charter.sha256.slice(0, 16),
        found: newer.charter.sha256.slice(0, 16),
      },
    });
  });
});

describe('the pins file', () => {
  test('is read as it was written', () => {
    const full: Pins = {
      ...pins,
      record: { sequence: 7, sha256: '11'.repeat(32), sources: [{ name: 'vault', entries: 60 }] },
      ledger: { line: 9, hash: '22'.repeat(32) },
    };
    expect(decodePins(encodePins(full), 'pins.json')).toEqual(full);
    expect(decodePins(encodePins(pins), 'pins.json')).toEqual(pins);
  });

  test('takes the sources of every package that can be sealed', () => {
    const sources = Array.from({ length: 14_000 }, (_, index) => ({ name: `s-${index}`, entries: 12_345 }));
    const manifest = (count: number): Manifest => ({
      type: 'holdfast manifest v1',
      escrow: pins.escrow,
      sequence: 7,
      created: '2026-11-24T01:02:03Z',
      canary: { time: '2026-11-24T01:02:03Z', id: '00'.repeat(16) },
      sources: sources.slice(0, count).map(({ name, entries }) => ({
        path: `exports/${name}/x`,
        size: 1,
        sha256: '33'.repeat(32),
        name,
        format: 'kdbx',
        product: 'x',
        entries,
        folders: 0,
        attachments: 0,
        passphrase: null,
        keyFile: null,
      })),
      attachments: [],
      plan: [],
    });
    // As many as a manifest has room for, however short everything else in it is.
    let count = sources.length;
    const isTooMany = (): boolean => {
      try {
        encodeManifest(manifest(count));
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: 'limit.exceeded' });
        return true;
      }
    };
    while (isTooMany()) count -= 100;
    expect(count).toBeGreaterThan(2_700);
    expect(count).toBeLessThan(sources.length);
    const full = {
      ...pins,
      record: { sequence: 7, sha256: '11'.repeat(32), sources: sources.slice(0, count) },
    };
    expect(decodePins(encodePins(full), 'pins.json')).toEqual(full);
  });

  test('every byte that is changed is noticed or says the same', async () => {
    const bytes = encodePins(pins);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      const refused = await refusal(() => decodePins(changed, 'pins.json'));
      // A changed hash or number is another pin: it then fits no charter.
      if (refused) expect(refused.code).toMatch(/^(home\.format|record\.version)$/);
      else expect(decodePins(changed, 'pins.json')).not.toEqual(pins);
    }
  });

  test('names its place when it is damaged', async () => {
    expect(await refusal(() => decodePins(new Uint8Array([1]), '/home/x/pins.json'))).toMatchObject({
      code: 'home.format',
      facts: { path: '/home/x/pins.json' },
    });
  });
});

test('escrow ids are sixteen hex digits, and no two are alike', () => {
  const ids = new Set(Array.from({ length: 100 }, () => newEscrowId(crypto)));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
});
