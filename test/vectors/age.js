// Writes age.json: vectors for docs/spec/package.md that no code of holdfast had a part in. Keys and
// files come from age-encryption, the HPKE message from the noble libraries beneath it, and the damage
// is done by hand. Encryption is randomised, so each run writes other files that say the same:
//   node test/vectors/age.js > test/vectors/age.json

import { createHash } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { MLKEM768X25519 } from '@noble/post-quantum/hybrid.js';
import { bech32 } from '@scure/base';
import { Encrypter, identityToRecipient } from 'age-encryption';

const hash = (data) => createHash('sha256').update(data).digest();
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

const SEEDS = [new Uint8Array(32), new Uint8Array(32).fill(0xff), hash('holdfast vector seed')];

function identityOf(seed) {
  return bech32.encodeFromBytes('age-secret-key-pq-', seed).toUpperCase();
}

async function keyOf(seed) {
  const identity = identityOf(seed);
  const recipient = await identityToRecipient(identity);
  return {
    seed: hex(seed),
    identity,
    recipientLength: recipient.length,
    recipientSha256: hex(hash(recipient)),
  };
}

async function fileFor(seed, plaintext) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identityOf(seed)));
  return encrypter.encrypt(plaintext);
}

/** RFC 9180, base mode, one message, written out for this one suite. */
function hpkeMessage(seed, info, aad, plaintext) {
  const suite = Buffer.concat([utf8('HPKE'), Uint8Array.of(0x64, 0x7a, 0, 1, 0, 3)]);
  const label = (text) => Buffer.concat([utf8('HPKE-v1'), suite, utf8(text)]);
  const labeledExtract = (salt, text, input) => extract(sha256, Buffer.concat([label(text), input]), salt);
  const labeledExpand = (secret, text, context, length) =>
    expand(sha256, secret, Buffer.concat([Uint8Array.of(0, length), label(text), context]), length);

  const { publicKey } = MLKEM768X25519.keygen(seed);
  const { cipherText, sharedSecret } = MLKEM768X25519.encapsulate(publicKey);
  const nothing = new Uint8Array(0);
  const context = Buffer.concat([
    Uint8Array.of(0),
    labeledExtract(undefined, 'psk_id_hash', nothing),
    labeledExtract(undefined, 'info_hash', info),
  ]);
  const secret = labeledExtract(sharedSecret, 'secret', nothing);
  const key = labeledExpand(secret, 'key', context, 32);
  const nonce = labeledExpand(secret, 'base_nonce', context, 12);
  return { encapsulatedKey: cipherText, ciphertext: chacha20poly1305(key, nonce, aad).encrypt(plaintext) };
}

/** One fault each, in a file that is otherwise good. */
function damaged(file) {
  const text = Buffer.from(file).toString('latin1');
  const edited = (from, to) => {
    if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return Buffer.from(text.replace(from, to), 'latin1');
  };
  const payloadAt = text.indexOf('\n', text.indexOf('\n--- ') + 1) + 1;
  const mac = text.slice(payloadAt - 44, payloadAt - 1);
  const otherMac = (mac[0] === 'A' ? 'B' : 'A') + mac.slice(1);
  const flipped = (at) => Buffer.from(file).map((byte, index) => (index === at ? byte ^ 1 : byte));
  return [
    ['empty file', 'age.header', Buffer.alloc(0)],
    ['version 2', 'age.version', edited('/v1\n', '/v2\n')],
    ['CRLF after the version', 'age.header', edited('/v1\n', '/v1\r\n')],
    [
      'two arguments beside the type',
      'age.header',
      edited('-> mlkem768x25519 ', '-> mlkem768x25519 surplus '),
    ],
    ['unknown stanza type only', 'age.no-match', edited('-> mlkem768x25519 ', '-> MLKEM768X25519 ')],
    ['scrypt beside another stanza', 'age.header', edited('-> mlkem', '-> scrypt AAAA 10\n\n-> mlkem')],
    ['another MAC', 'age.header-mac', edited(mac, otherMac)],
    ['an added stanza', 'age.header-mac', edited('-> mlkem', '-> grease x\n\n-> mlkem')],
    ['MAC with padding', 'age.header', edited(mac, `${mac}=`)],
    ['nonce cut short', 'age.header', Buffer.from(file).subarray(0, payloadAt + 15)],
    ['no chunk', 'age.payload', Buffer.from(file).subarray(0, payloadAt + 16)],
    ['nonce altered', 'age.payload', flipped(payloadAt)],
    ['chunk altered', 'age.payload', flipped(payloadAt + 16)],
    ['last byte missing', 'age.payload', Buffer.from(file).subarray(0, file.length - 1)],
    ['a byte too many', 'age.payload', Buffer.concat([file, Uint8Array.of(0)])],
  ].map(([name, expect, bytes]) => ({ name, expect, file: base64(bytes) }));
}

const seed = SEEDS[2];
const plaintext = 'holdfast test vector\n';
const file = await fileFor(seed, plaintext);
const info = 'holdfast vector info';
const aad = 'holdfast vector aad';
const message = hpkeMessage(seed, utf8(info), utf8(aad), utf8(plaintext));

const vectors = {
  about:
    'Vectors for docs/spec/package.md. Seeds and hashes in hexadecimal, files in base64; info, aad and plaintext are ASCII. recipientSha256 is over the text age1pq1…. expect is ok or the error code.',
  keys: await Promise.all(SEEDS.map(keyOf)),
  files: {
    seed: hex(seed),
    plaintext,
    list: [
      { name: 'one short chunk', expect: 'ok', file: base64(file) },
      { name: 'another recipient', expect: 'age.no-match', file: base64(await fileFor(SEEDS[0], plaintext)) },
      ...damaged(file),
    ],
  },
  hpke: {
    seed: hex(seed),
    info,
    aad,
    plaintext,
    encapsulatedKey: base64(message.encapsulatedKey),
    ciphertext: base64(message.ciphertext),
  },
};
process.stdout.write(`${JSON.stringify(vectors, null, 1)}\n`);
