import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/bytes.ts';
import { verifyCharterChain } from '../../../src/core/record/charter-chain.ts';
import {
  charterHash,
  decodeCharter,
  encodeCharter,
  signCharter,
  signRekey,
  verifyCharter,
} from '../../../src/core/record/charter.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { codeOf, crypto, SampleEscrow } from './sample.ts';

const first = new SampleEscrow(1);
const second = new SampleEscrow(2);

test('a signed charter verifies and reads back as it was', () => {
  const charter = first.charter();
  const { bytes, signature } = signCharter(crypto, charter, first.key);
  expect(verifyCharter(crypto, bytes, signature, first.key.publicKey)).toEqual(charter);
  expect(signature).toContain('trusted comment: holdfast charter v1 escrow 0123456789abcdef number 1\n');
});

test('the text has the declared order whatever the order of the value', () => {
  const charter = first.charter();
  const shuffled = Object.fromEntries(Object.entries(charter).reverse()) as unknown as typeof charter;
  expect(encodeCharter(shuffled)).toEqual(encodeCharter(charter));
  expect(decodeUtf8(encodeCharter(charter))).toMatch(/^\{\n {2}"type": "holdfast charter v1",\n {2}"escrow"/);
});

test('nothing is signed that would not verify', () => {
  expect(codeOf(() => signCharter(crypto, first.charter(), second.key))).toBe('charter.format');
  const strange = first.charter({ recipient: second.recipient });
  expect(codeOf(() => signCharter(crypto, strange, first.key))).toBe('charter.format');
  expect(codeOf(() => encodeCharter(first.charter({ number: 2 })))).toBe('charter.format');
});

test('size is judged before anything is parsed', () => {
  const huge = encodeUtf8(`"${'x'.repeat(LIMITS.charterBytes)}"`);
  expect(codeOf(() => decodeCharter(huge))).toBe('limit.exceeded');
});

test('255 cards and 255 sealers fit into a charter', () => {
  const seat = (at: number, offset: number): string => (at + offset).toString(16).padStart(64, '0');
  const cards = Array.from({ length: 255 }, (_, at) => ({
    card: at + 1,
    group: 1,
    member: at + 1,
    commitment: seat(at, 0),
    proofKey: seat(at, 4096),
  }));
  const policy = { groupThreshold: 1, groups: [{ threshold: 128, members: 255 }] };
  const sealers = Array.from({ length: LIMITS.sealers }, (_, at) => keyLine(at));
  const charter = first.charter({ cards, policy, sealers });
  expect(decodeCharter(encodeCharter(charter))).toEqual(charter);
});

function keyLine(at: number): string {
  const bytes = new Uint8Array(42);
  bytes.set(encodeUtf8('Ed'));
  bytes[20] = at;
  return Buffer.from(bytes).toString('base64');
}

test('a rekey is followed from the old key, and its new key cannot be swapped', async () => {
  const one = signCharter(crypto, first.charter(), first.key);
  const value = second.charter({ number: 2, previous: await charterHash(crypto, one.bytes) });
  const two = signCharter(crypto, value, second.key);
  const oldSignature = signRekey(crypto, two.bytes, first.key);
  const anchor = { charterKey: first.key.publicKey };

  const chain = await verifyCharterChain(crypto, [one, { ...two, oldSignature }], anchor);
  expect(chain.newest).toEqual(value);
  expect(chain.hashes).toEqual([await charterHash(crypto, one.bytes), await charterHash(crypto, two.bytes)]);

  // An intruder takes the endorsed text and signs it with a key of his own: the text names another.
  const thief = new SampleEscrow(3);
  expect(codeOf(() => signCharter(crypto, value, thief.key))).toBe('charter.format');
  const swapped = encodeCharter({ ...value, charterKey: thief.charter().charterKey });
  const forged = { ...signCharter(crypto, decodeCharter(swapped), thief.key), oldSignature };
  await expect(verifyCharterChain(crypto, [one, forged], anchor)).rejects.toMatchObject({
    code: 'minisign.signature',
  });
});
