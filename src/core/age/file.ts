// The age v1 file as a whole: what a package is. Spec: docs/spec/package.md. Writing makes a binary file
// with exactly one stanza, post-quantum for a package; reading also takes X25519 stanzas and armor. Both are generators
// that hold about 2 MiB whatever the size, and wipe their keys however they end. What the payload is
// (tar, gzip) is not known here, and nothing is written to disk.

import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8, wipe } from '../bytes.ts';
import type { CryptoPort } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { ARMOR_BEGIN, decodeArmor } from './armor.ts';
import { ByteSource } from './byte-source.ts';
import { assertHeaderMac, encodeHeader, readHeader, VERSION_PREFIX } from './header.ts';
import { HYBRID_STANZA, decodeHybridArgument, unwrapHybrid, wrapHybrid } from './hybrid.ts';
import type { Identity, Recipient } from './keys.ts';
import { decodeHybridRecipient } from './keys.ts';
import type { Stanza } from './stanza.ts';
import { headerError } from './stanza.ts';
import { openPayload, sealPayload } from './stream.ts';
import { X25519_STANZA, decodeX25519Argument, unwrapX25519, wrapX25519 } from './x25519.ts';

const FILE_KEY_BYTES = 16;
const PAYLOAD_NONCE_BYTES = 16;
const SCRYPT_STANZA = 'scrypt';
/** Characters of a stanza type that an error repeats: they come from the file. */
const SHOWN_TYPE_LENGTH = 64;

function payloadKey(crypto: CryptoPort, fileKey: Uint8Array, nonce: Uint8Array): Promise<Bytes> {
  return crypto.hkdfSha256(fileKey, nonce, encodeUtf8('payload'), 32);
}

/**
 * Encrypts a stream to one post-quantum recipient.
 *
 * Pieces of plaintext may have any length; they are only read. Ciphertext comes in fresh buffers of
 * about 1 MiB that belong to the caller.
 *
 * @param recipientText - `age1pq1…`
 * @throws {@link EscrowError} `age.key`: the recipient is malformed.
 */
export async function* encryptAge(
  crypto: CryptoPort,
  recipientText: string,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  yield* encryptTo(crypto, { kind: 'hybrid', publicKey: decodeHybridRecipient(recipientText) }, plaintext);
}

/**
 * The same to a person's own key, of either kind. Packages are not for it: see x25519.ts.
 *
 * @throws {@link EscrowError} `age.key`: the recipient is malformed.
 */
export async function* encryptTo(
  crypto: CryptoPort,
  { kind, publicKey }: Recipient,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  const fileKey = crypto.randomBytes(FILE_KEY_BYTES);
  let key: Bytes | undefined;
  try {
    const wrap = kind === 'hybrid' ? wrapHybrid : wrapX25519;
    const stanza = await wrap(crypto, publicKey, fileKey);
    const header = await encodeHeader(crypto, fileKey, [stanza]);
    const nonce = crypto.randomBytes(PAYLOAD_NONCE_BYTES);
    key = await payloadKey(crypto, fileKey, nonce);
    yield concatBytes(header, nonce);
    yield* sealPayload(crypto.chunkCipher(key), plaintext);
  } finally {
    wipe(fileKey, key);
  }
}

/** Whether the first bytes are those of an armored file, be it a damaged one. */
async function isArmored(source: ByteSource): Promise<boolean> {
  const start = await source.peek(LIMITS.ageArmorBlankBytes + ARMOR_BEGIN.length);
  const text = String.fromCharCode(...start);
  if (text.startsWith(VERSION_PREFIX)) return false;
  return /^[\t\n\r ]*-----/.test(text) || text.includes(ARMOR_BEGIN);
}

/** A stanza type as an identity of one kind sees it. */
const KINDS = {
  hybrid: { type: HYBRID_STANZA, assertForm: decodeHybridArgument },
  x25519: { type: X25519_STANZA, assertForm: decodeX25519Argument },
} as const;

function unwrapStanza(crypto: CryptoPort, identity: Identity, stanza: Stanza): Promise<Bytes | undefined> {
  return identity.kind === 'hybrid'
    ? unwrapHybrid(crypto, identity.seed, stanza)
    : unwrapX25519(crypto, identity.secretKey, stanza);
}

/** Tries every identity on every stanza of its type. The caller wipes the file key. */
async function unwrapFileKey(
  crypto: CryptoPort,
  identities: readonly Identity[],
  stanzas: readonly Stanza[],
): Promise<Bytes> {
  const types = stanzas.map(({ args: [type] }) => type);
  // Whoever knows the passphrase wrote the whole file: another stanza beside it would break that promise.
  if (types.includes(SCRYPT_STANZA) && types.length > 1) throw headerError('scrypt beside another stanza');

  const attempts = identities.flatMap((identity) =>
    stanzas
      .filter(({ args: [type] }) => type === KINDS[identity.kind].type)
      .map((stanza) => ({ identity, stanza })),
  );
  // All forms are judged before any key is used, so that the verdict does not hang on the order.
  for (const { identity, stanza } of attempts) KINDS[identity.kind].assertForm(stanza);
  for (const { identity, stanza } of attempts) {
    const fileKey = await unwrapStanza(crypto, identity, stanza);
    if (fileKey) return fileKey;
  }
  throw new EscrowError('age.no-match', { stanzas: types.map((type) => type.slice(0, SHOWN_TYPE_LENGTH)) });
}

/** Reads everything before the chunks. The caller wipes the payload key. */
async function openHeader(
  crypto: CryptoPort,
  identities: readonly Identity[],
  source: ByteSource,
): Promise<Bytes> {
  const header = await readHeader(source);
  const fileKey = await unwrapFileKey(crypto, identities, header.stanzas);
  try {
    await assertHeaderMac(crypto, fileKey, header);
    const nonce = await source.read(PAYLOAD_NONCE_BYTES);
    if (nonce.length < PAYLOAD_NONCE_BYTES) throw headerError('no payload nonce');
    return await payloadKey(crypto, fileKey, nonce);
  } finally {
    wipe(fileKey);
  }
}

/**
 * Decrypts an age file, binary or armored, with the first identity that fits.
 *
 * Pieces of ciphertext may have any length. Plaintext comes in fresh buffers of about 1 MiB that belong
 * to the caller; each is authenticated, but the file is whole only once the generator has ended without
 * a throw: until then nothing of it may be used. The identities stay the caller's to wipe.
 *
 * @throws {@link EscrowError} `age.armor`, `age.header`, `age.version`, `age.no-match`, `age.header-mac`,
 * `age.payload`, `limit.exceeded`.
 */
export async function* decryptAge(
  crypto: CryptoPort,
  identities: readonly Identity[],
  ciphertext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes, void, undefined> {
  const outer = new ByteSource(ciphertext);
  let key: Bytes | undefined;
  try {
    const source = (await isArmored(outer)) ? new ByteSource(decodeArmor(outer)) : outer;
    key = await openHeader(crypto, identities, source);
    yield* openPayload(crypto.chunkCipher(key), source);
  } finally {
    wipe(key);
    await outer.return();
  }
}
