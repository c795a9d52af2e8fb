// Runs test/vectors/locked-share.json over a back end of the crypto port: a locked card must open in a page as
// it does in Node.

import { decodeUtf8, decodeHex, encodeHex, encodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { lockShare, normalisedPassphrase, openShare } from '../../src/core/share/lock.ts';
import { cardCommitment, cardProofSeed } from '../../src/core/share/set.ts';
import { splitShareFile } from '../../src/core/share/share-file.ts';
import { setIdOf } from '../../src/core/share/share-record.ts';
import type { Share } from '../../src/core/share/share-record.ts';
import { decodeShareRows, decodeShareText, encodeShareRows } from '../../src/core/share/share-text.ts';
import { Checks } from './checks.ts';
import type { SuiteResult } from './vector-suites.ts';

interface LockedShareVectors {
  records: {
    name: string;
    share: Record<Exclude<keyof Share, 'recipientTag' | 'splitNonce' | 'value'>, number> &
      Record<'recipientTag' | 'splitNonce' | 'value', string>;
    passphrase: string;
    record: string;
    rows: string[];
    setId: string;
    commitment: string;
    proofSeed: string;
  }[];
  passphrases: { name: string; passphrase: string; expect: string }[];
  normal: { name: string; typed: string; used: string }[];
  badRecords: { name: string; record: string; expect: string }[];
  cards: { name: string; rows: string[]; expect: string; record?: string }[];
  files: { name: string; text: string; cards: string[][] }[];
}

const ending = async (read: () => unknown): Promise<string> => {
  try {
    await read();
    return 'ok';
  } catch (error) {
    if (isEscrowError(error)) return error.code;
    throw error;
  }
};

const spelled = (share: Share): object => ({
  ...share,
  recipientTag: encodeHex(share.recipientTag),
  splitNonce: encodeHex(share.splitNonce),
  value: encodeHex(share.value),
});

export async function runLockedShareVectors(
  crypto: CryptoPort,
  vectors: LockedShareVectors,
): Promise<SuiteResult> {
  const checks = new Checks();
  for (const v of vectors.records) {
    const record = decodeHex(v.record);
    const share = await openShare(crypto, record, encodeUtf8(v.passphrase));
    checks.same(`${v.name}: share`, spelled(share), v.share);
    checks.same(
      `${v.name}: record`,
      encodeHex(await lockShare(crypto, share, encodeUtf8(v.passphrase))),
      v.record,
    );
    checks.same(`${v.name}: rows`, encodeShareRows(record), v.rows);
    checks.same(`${v.name}: text`, encodeHex(decodeShareText(crypto, v.rows.join('')).record), v.record);
    checks.same(`${v.name}: set id`, setIdOf(share), v.setId);
    checks.same(`${v.name}: commitment`, encodeHex(cardCommitment(crypto, record)), v.commitment);
    checks.same(`${v.name}: proof seed`, encodeHex(cardProofSeed(crypto, record)), v.proofSeed);
    checks.same(
      `${v.name}: unlocked`,
      await ending(() => openShare(crypto, record, undefined)),
      'share.locked',
    );
  }
  const [first] = vectors.records;
  for (const { name, passphrase, expect } of vectors.passphrases) {
    const record = decodeHex(first?.record ?? '');
    checks.same(name, await ending(() => openShare(crypto, record, encodeUtf8(passphrase))), expect);
  }
  for (const { name, typed, used } of vectors.normal)
    checks.same(name, decodeUtf8(normalisedPassphrase(encodeUtf8(typed))), used);
  for (const { name, record, expect } of vectors.badRecords) {
    const passphrase = encodeUtf8(first?.passphrase ?? '');
    checks.same(name, await ending(() => openShare(crypto, decodeHex(record), passphrase)), expect);
  }
  for (const { name, rows, expect, record } of vectors.cards) {
    checks.same(name, await ending(() => decodeShareRows(crypto, rows)), expect);
    if (record !== undefined)
      checks.same(`${name}: record`, encodeHex(decodeShareRows(crypto, rows).record), record);
  }
  for (const { name, text, cards } of vectors.files)
    checks.same(name, splitShareFile(encodeUtf8(text)), cards);
  return checks.result();
}
