// Signatures and public keys in minisign's file formats (docs/spec/minisign.md), so that the minisign
// program checks ours and we check its. Only prehashed signatures ('ED') are written or taken: the
// legacy form signs the message itself and would let one document's signature stand for another's.
// Does not read or write minisign's secret key files, and decides nothing about trust.

import { concatBytes, decodeBase64, encodeBase64, encodeUtf8, equalBytes, type Bytes } from '../bytes.ts';
import type { CryptoPort, KeyPair } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { assertVersion } from './json.ts';
import { decodable, type Shape } from './shape.ts';

const KEY_ALGORITHM: Uint8Array = encodeUtf8('Ed');
const PREHASHED: Uint8Array = encodeUtf8('ED');
const KEY_ID_BYTES = 8;
const PACKED_KEY_BYTES: number = 2 + KEY_ID_BYTES + 32;
const SIGNATURE_BYTES = 64;
const UNTRUSTED = 'untrusted comment: ';
const TRUSTED = 'trusted comment: ';

/** 8 bytes that let minisign name the key; a hint, never signed, never a reason to trust. */
function keyId(crypto: CryptoPort, publicKey: Uint8Array): Bytes {
  return crypto.blake2b(32, publicKey).slice(0, KEY_ID_BYTES);
}

/** The key id as minisign prints it: 16 upper-case hex digits, last byte first. */
export function keyIdText(crypto: CryptoPort, publicKey: Uint8Array): string {
  return Array.from(keyId(crypto, publicKey).reverse(), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** Spells a 32-byte Ed25519 public key as the one line that `minisign -P` takes (56 characters). */
export function encodePublicKey(crypto: CryptoPort, publicKey: Uint8Array): string {
  return encodeBase64(concatBytes(KEY_ALGORITHM, keyId(crypto, publicKey), publicKey));
}

/** A whole `.pub` file. The comment is one line, for people. */
export function publicKeyFile(crypto: CryptoPort, publicKey: Uint8Array, comment: string): string {
  return `${UNTRUSTED}${oneLine(comment)}\n${encodePublicKey(crypto, publicKey)}\n`;
}

/**
 * Reads a public key line or a whole `.pub` file.
 *
 * @returns the 32-byte Ed25519 key; the key id is dropped, since keys made by minisign carry a random one.
 * @throws {@link EscrowError} `minisign.format`.
 */
export function decodePublicKey(text: string): Bytes {
  const refuse = (reason: string): never => {
    throw new EscrowError('minisign.format', { what: 'public key', reason });
  };
  const lines = linesOf(text, 'public key');
  if (lines.length > 2) return refuse('it has more than two lines');
  if (lines.length === 2 && !lines[0]?.startsWith(UNTRUSTED))
    return refuse('its first line is not a comment');
  const packed = base64Line(lines.at(-1), PACKED_KEY_BYTES, 'public key');
  if (!equalBytes(packed.subarray(0, 2), KEY_ALGORITHM)) return refuse('it is not an Ed25519 key');
  return packed.slice(2 + KEY_ID_BYTES);
}

/**
 * Signs a message.
 *
 * @param trustedComment - One line, signed with the message; begins with the type of the document.
 * @returns the text of a `.minisig` file.
 */
export function signDetached(
  crypto: CryptoPort,
  keyPair: KeyPair,
  message: Uint8Array,
  trustedComment: string,
): string {
  const comment = oneLine(trustedComment);
  const signature = crypto.ed25519Sign(keyPair.secretKey, crypto.blake2b(64, message));
  const global = crypto.ed25519Sign(keyPair.secretKey, concatBytes(signature, encodeUtf8(comment)));
  const id = keyId(crypto, keyPair.publicKey);
  return [
    `${UNTRUSTED}signature by holdfast, key ${keyIdText(crypto, keyPair.publicKey)}`,
    encodeBase64(concatBytes(PREHASHED, id, signature)),
    `${TRUSTED}${comment}`,
    encodeBase64(global),
    '',
  ].join('\n');
}

/**
 * Checks a detached signature and that it was made for this type of document.
 *
 * @param type - What the trusted comment must begin with: `holdfast charter v1`.
 * @throws {@link EscrowError} `minisign.format`, `minisign.signature`, or `record.version` when the
 * signature is good but made for another version of the type.
 */
export function verifyDetached(
  crypto: CryptoPort,
  publicKey: Uint8Array,
  message: Uint8Array,
  minisigText: string,
  type: string,
): { trustedComment: string } {
  const { signature, trustedComment, global } = decodeSignature(minisigText);
  const signed = concatBytes(signature, encodeUtf8(trustedComment));
  if (
    !crypto.ed25519Verify(publicKey, crypto.blake2b(64, message), signature) ||
    !crypto.ed25519Verify(publicKey, signed, global)
  ) {
    throw new EscrowError('minisign.signature', { what: type });
  }
  const found = /^(\S+ \S+ \S+)(?: |$)/.exec(trustedComment)?.[1] ?? '';
  assertVersion(found, type.split(' ')[1] ?? '', type, (reason) => {
    throw new EscrowError('minisign.format', { what: 'signature', reason });
  });
  return { trustedComment };
}

interface Signature {
  readonly signature: Bytes;
  readonly trustedComment: string;
  readonly global: Bytes;
}

function decodeSignature(text: string): Signature {
  const refuse = (reason: string): never => {
    throw new EscrowError('minisign.format', { what: 'signature', reason });
  };
  const lines = linesOf(text, 'signature');
  const [untrusted, packedLine, trusted, globalLine] = lines;
  if (lines.length !== 4) return refuse('it does not have four lines');
  if (!untrusted?.startsWith(UNTRUSTED)) return refuse('its first line is not a comment');
  if (!trusted?.startsWith(TRUSTED)) return refuse('its third line is not a trusted comment');
  const packed = base64Line(packedLine, 2 + KEY_ID_BYTES + SIGNATURE_BYTES, 'signature');
  if (equalBytes(packed.subarray(0, 2), KEY_ALGORITHM))
    return refuse('it is of the legacy kind, not prehashed');
  if (!equalBytes(packed.subarray(0, 2), PREHASHED)) return refuse('it is not an Ed25519 signature');
  return {
    signature: packed.slice(2 + KEY_ID_BYTES),
    trustedComment: trusted.slice(TRUSTED.length),
    global: base64Line(globalLine, SIGNATURE_BYTES, 'signature'),
  };
}

/** Lines of a small file; line ends of either kind, since the comments are anybody's to write. */
function linesOf(text: string, what: string): string[] {
  if (text.length > LIMITS.signatureBytes) {
    throw new EscrowError('limit.exceeded', { what, limit: LIMITS.signatureBytes });
  }
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function base64Line(line: string | undefined, length: number, what: string): Bytes {
  let bytes: Bytes | undefined;
  try {
    bytes = decodeBase64(line ?? '');
  } catch {
    // Falls through to the one refusal below.
  }
  if (bytes?.length !== length) {
    throw new EscrowError('minisign.format', { what, reason: `a line is not base64 of ${length} bytes` });
  }
  return bytes;
}

/** A comment of more than one line would read as another part of the file. */
function oneLine(comment: string): string {
  if (/[\p{Cc}\p{Cs}]/u.test(comment)) {
    throw new EscrowError('minisign.format', { what: 'comment', reason: 'it holds a control character' });
  }
  return comment;
}

/** Shape of a public key line inside a document: the line alone, not a file. */
export const publicKeyLine: Shape<string> = decodable('a minisign public key line', (text) => {
  base64Line(text, PACKED_KEY_BYTES, 'public key');
  decodePublicKey(text);
});
