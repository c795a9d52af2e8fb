// Writes age.json: vectors for docs/spec/package.md that no code of holdfast had a part in. Keys and
// files come from age-encryption, the HPKE message from the noble libraries beneath it, and the damage
// is done by hand. Encryption is randomised, so each run writes other files that say the same:
//   node test/vectors/age.js > test/vectors/age.json

import { createHash } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
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

const SUITE = Buffer.concat([utf8('HPKE'), Uint8Array.of(0x64, 0x7a, 0, 1, 0, 3)]);
const NOTHING = new Uint8Array(0);

/** RFC 9180, base mode, written out for this one suite. */
function hpkeKeys(sharedSecret, info) {
  const label = (text) => Buffer.concat([utf8('HPKE-v1'), SUITE, utf8(text)]);
  const labeledExtract = (salt, text, input) => extract(sha256, Buffer.concat([label(text), input]), salt);
  const labeledExpand = (secret, text, context, length) =>
    expand(sha256, secret, Buffer.concat([Uint8Array.of(0, length), label(text), context]), length);

  const pskIdHash = labeledExtract(undefined, 'psk_id_hash', NOTHING);
  const infoHash = labeledExtract(undefined, 'info_hash', info);
  const context = Buffer.concat([Uint8Array.of(0), pskIdHash, infoHash]);
  const secret = labeledExtract(sharedSecret, 'secret', NOTHING);
  return {
    key: labeledExpand(secret, 'key', context, 32),
    nonce: labeledExpand(secret, 'base_nonce', context, 12),
  };
}

function hpkeMessage(seed, info, aad, plaintext) {
  const { publicKey } = MLKEM768X25519.keygen(seed);
  const { cipherText, sharedSecret } = MLKEM768X25519.encapsulate(publicKey);
  const { key, nonce } = hpkeKeys(sharedSecret, info);
  return { encapsulatedKey: cipherText, ciphertext: chacha20poly1305(key, nonce, aad).encrypt(plaintext) };
}

/** Every value on the way from the seed to the plaintext, for the example in the spec. */
function stepsOf(seed, file, plaintext) {
  const text = Buffer.from(file).toString('latin1');
  const [, argument, body] = /^-> mlkem768x25519 (\S+)\n(\S+)\n/m.exec(text);
  const macAt = text.indexOf('\n--- ') + 1;
  const payloadAt = text.indexOf('\n', macAt) + 1;
  const mac = text.slice(macAt + 4, payloadAt - 1);
  const payload = Buffer.from(file).subarray(payloadAt);

  const sharedSecret = MLKEM768X25519.decapsulate(Buffer.from(argument, 'base64'), seed);
  const stanza = hpkeKeys(sharedSecret, utf8('age-encryption.org/mlkem768x25519'));
  const fileKey = chacha20poly1305(stanza.key, stanza.nonce).decrypt(Buffer.from(body, 'base64'));
  const macKey = hkdf(sha256, fileKey, undefined, utf8('header'), 32);
  const foundMac = hmac(sha256, macKey, Buffer.from(text.slice(0, macAt + 3), 'latin1'));
  const payloadKey = hkdf(sha256, fileKey, payload.subarray(0, 16), utf8('payload'), 32);
  const chunkNonce = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  const opened = chacha20poly1305(payloadKey, chunkNonce).decrypt(payload.subarray(16));
  if (!mac.startsWith(base64(foundMac).slice(0, 43)) || Buffer.from(opened).toString() !== plaintext) {
    throw new Error('the steps do not lead to the plaintext');
  }
  return {
    argument: `${argument.slice(0, 8)}…${argument.slice(-8)}`,
    body,
    mac,
    sharedSecret: hex(sharedSecret),
    stanzaKey: hex(stanza.key),
    stanzaNonce: hex(stanza.nonce),
    fileKey: hex(fileKey),
    macKey: hex(macKey),
    payloadNonce: hex(payload.subarray(0, 16)),
    payloadKey: hex(payloadKey),
    chunk: hex(payload.subarray(16)),
  };
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
    'Vectors for docs/spec/package.md. Seeds and hashes in hexadecimal, files in base64; info, aad and plaintext are ASCII. recipientSha256 is over the text age1pq1…. expect is ok or the error code; steps are those of the first file.',
  keys: await Promise.all(SEEDS.map(keyOf)),
  files: {
    seed: hex(seed),
    plaintext,
    steps: stepsOf(seed, file, plaintext),
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
