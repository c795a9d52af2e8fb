// One card looked at for its own sake, and a challenge answered with it. By the same rules as on the
// command line: read as printed, and of a scanned card one row typed as well.

import { wipe } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { answerChallenge, decodeChallenge } from '../../core/record/proof.ts';
import { openShare } from '../../core/share/lock.ts';
import { decodeShareRows } from '../../core/share/share-text.ts';
import { CardTable } from '../../escrow/quorum.ts';
import type { CardVerdict } from '../../escrow/card-verdict.ts';
import { charterByHash, chartersBefore, newestCharter } from './evidence.ts';
import type { Evidence } from './given.ts';

/** Judges one card; nothing of it is kept. */
export function checkCard(
  crypto: CryptoPort,
  evidence: Evidence,
  from: string,
  rows: readonly string[],
): CardVerdict {
  const table = new CardTable(crypto, newestCharter(evidence)?.charter, chartersBefore(evidence));
  try {
    return table.add(from, rows);
  } finally {
    table.wipe();
  }
}

/**
 * Tries the passphrase of a locked card; nothing of it is kept.
 *
 * @throws {@link EscrowError} `share.passphrase`, `share.*`.
 */
export async function tryPassphrase(
  crypto: CryptoPort,
  rows: readonly string[],
  passphrase: Uint8Array,
): Promise<void> {
  const { record } = decodeShareRows(crypto, rows);
  try {
    wipe((await openShare(crypto, record, passphrase)).value);
  } finally {
    wipe(record);
  }
}

/**
 * Answers a challenge with a card.
 *
 * @returns the number of the card and the text of the response.
 * @throws {@link EscrowError} `proof.format`, `proof.refused`, `record.version`, `share.*`.
 */
export async function answer(
  crypto: CryptoPort,
  evidence: Evidence,
  challengeText: string,
  rows: readonly string[],
): Promise<{ card: number; text: string }> {
  const challenge = decodeChallenge(challengeText);
  const known = await charterByHash(crypto, evidence, challenge.charter);
  if (!known) {
    throw new EscrowError('proof.refused', { card: challenge.card, reason: 'other-charter' });
  }
  const { record } = decodeShareRows(crypto, rows, { acceptRepair: false });
  try {
    const { charter } = known;
    const response = answerChallenge(crypto, challenge, { charter, hash: challenge.charter }, record);
    return { card: challenge.card, text: new TextDecoder().decode(response) };
  } finally {
    wipe(record);
  }
}
