// Fingerprint words (docs/spec/words.md): six words of the English BIP-39 list that people read to each
// other. Charter words teach a machine which escrow to trust; session words tie a trustee's reply to one
// request. 66 bits: enough against a forger who must hit a given fingerprint, not for a secret.

import { wordlist } from '@scure/bip39/wordlists/english.js';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

/** Words in a fingerprint. */
const FINGERPRINT_WORDS = 6;

const BITS_PER_WORD = 11n;

/** No two words of the list share their first four letters; a shorter word is its own key. */
const byFirstLetters: ReadonlyMap<string, string> = new Map(wordlist.map((word) => [word.slice(0, 4), word]));

/**
 * Words of an escrow: printed on cards and sheets, asked for by `enrol`.
 *
 * @param charterKey - 32-byte Ed25519 public key.
 * @param recipient - `age1pq1…`.
 */
export function charterWords(crypto: CryptoPort, charterKey: Uint8Array, recipient: string): string[] {
  return fingerprint(crypto, 'holdfast charter words v1', charterKey, encodeUtf8(recipient));
}

/** Words of one remote session, over the whole request as it was sent. */
export function sessionWords(crypto: CryptoPort, request: Uint8Array): string[] {
  return fingerprint(crypto, 'holdfast session words v1', request);
}

function fingerprint(crypto: CryptoPort, label: string, ...parts: readonly Uint8Array[]): string[] {
  return digestWords(crypto.blake2b(32, concatBytes(encodeUtf8(label), ...parts)));
}

/** The words of a BLAKE2b-256 that is also shown whole, as the one of a plan (docs/spec/plan.md). */
export function digestWords(digest: Uint8Array): string[] {
  // The first 9 bytes hold 72 bits; the words take the upper 66 of them.
  const bits = digest.slice(0, 9).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 6n;
  return Array.from({ length: FINGERPRINT_WORDS }, (_, at) => {
    const shift = BITS_PER_WORD * BigInt(FINGERPRINT_WORDS - 1 - at);
    return wordlist[Number((bits >> shift) & 0x7ffn)] ?? '';
  });
}

/**
 * Reads words as people type them: case, separators and numbering do not matter, and of each word only
 * the first four letters do, because they decide which word of the list it is.
 *
 * @param of - `plan` for those of a plan, which stand elsewhere: it is told when they cannot be read.
 * @returns six words of the list in full.
 * @throws {@link EscrowError} `words.format` when there are not six, or one is not in the list.
 */
export function decodeWords(typed: string, of?: 'plan'): string[] {
  const refuse = (reason: string): EscrowError =>
    new EscrowError('words.format', { reason, ...(of === undefined ? {} : { of }) });
  if (typed.length > LIMITS.typedChars) throw refuse('it is too long');
  const tokens =
    typed
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  if (tokens.length !== FINGERPRINT_WORDS) {
    throw refuse(`there are ${tokens.length} words, not ${FINGERPRINT_WORDS}`);
  }
  return tokens.map((token, at) => {
    const word = byFirstLetters.get(token.slice(0, 4));
    if (word === undefined) {
      throw refuse(`word ${at + 1} is not in the word list`);
    }
    return word;
  });
}

/** Whether typed words are these words. Words that cannot be read at all do not match. */
export function wordsMatch(typed: string, words: readonly string[]): boolean {
  try {
    return decodeWords(typed).join() === words.join();
  } catch (error) {
    if (error instanceof EscrowError) return false;
    throw error;
  }
}

/**
 * A passphrase of random words, 11 bits each, for a file that needs a password nobody has chosen.
 *
 * @returns the words with spaces between; a secret that strings cannot wipe: show it once.
 */
export function passphraseWords(crypto: CryptoPort, count: number): string {
  const random = crypto.randomBytes(2 * count);
  const words = Array.from({ length: count }, (_, at) => {
    const bits = ((random[2 * at] ?? 0) << 8) | (random[2 * at + 1] ?? 0);
    // 2048 divides 65536, so the lower eleven bits are uniform.
    return wordlist[bits & 0x7ff] ?? '';
  });
  wipe(random);
  return words.join(' ');
}
