import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { decryptAge, encryptAge } from '../../../src/core/age/file.ts';
import { decodeIdentity, hybridRecipient, type Identity } from '../../../src/core/age/keys.ts';
import type { Bytes } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { gather, pieces } from '../../support/pieces.ts';
import { spyOnCrypto, type SpyCrypto } from '../../support/spy-crypto.ts';

const PLAINTEXT = new Uint8Array(3_000_000);
let real: CryptoPort;
let identity: Identity;
let recipient: string;
let file: Bytes;

beforeAll(async () => {
  real = await loadNodeCrypto();
  const seed = new Uint8Array(32).fill(4);
  identity = { kind: 'hybrid', seed };
  recipient = hybridRecipient(real, seed);
  file = await gather(encryptAge(real, recipient, pieces(PLAINTEXT, 'whole')));
});

/** The first random draw of a writer is its file key, the second the payload nonce, which is public. */
const spy = (): SpyCrypto => spyOnCrypto(real, (draw) => draw === 0);

function expectWiped({ secrets }: SpyCrypto, atLeast: readonly string[]): void {
  const sources = secrets.map(({ source }) => source);
  for (const source of atLeast) expect(sources).toContain(source);
  const left = secrets.filter(({ bytes }) => bytes.some((byte) => byte !== 0));
  expect(left.map(({ source }) => source)).toEqual([]);
}

const WRITTEN = ['randomBytes', 'xwingEncapsulate', 'hkdfSha256'];
const READ = ['xwingKeyPair', 'xwingDecapsulate', 'aeadOpen', 'hkdfSha256'];

/** A source that counts how often it was closed. */
function watched(
  bytes: Uint8Array,
  failAt = Infinity,
): { source: AsyncIterable<Uint8Array>; closed: () => number } {
  let closed = 0;
  async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += 100_000) {
        if (at >= failAt) throw new Error('disk gone');
        yield bytes.subarray(at, at + 100_000);
      }
    } finally {
      closed++;
    }
  }
  return { source: source(), closed: () => closed };
}

describe('keys are wiped and sources closed', () => {
  test('while they are in use they are not zero: the spy sees them', async () => {
    const watch = spy();
    const stream = encryptAge(watch.crypto, recipient, pieces(PLAINTEXT, 'whole'));
    await stream.next();
    const live = watch.secrets.filter(({ bytes }) => bytes.some((byte) => byte !== 0));
    expect(live.map(({ source }) => source).sort()).toEqual(['hkdfSha256', 'randomBytes']);
    await stream.return();
    expectWiped(watch, WRITTEN);
  });

  test('after a whole file', async () => {
    const [writing, reading] = [spy(), spy()];
    const stream = encryptAge(writing.crypto, recipient, pieces(PLAINTEXT, 'odd'));
    const opened = await gather(decryptAge(reading.crypto, [identity], stream));
    expect(opened).toHaveLength(PLAINTEXT.length);
    expectWiped(writing, WRITTEN);
    expectWiped(reading, READ);
    expect(identity.kind === 'hybrid' && identity.seed[0]).toBe(4);
  });

  test('after an X25519 file', async () => {
    const text = await generateX25519Identity();
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(text));
    const watch = spy();
    await gather(
      decryptAge(watch.crypto, [decodeIdentity(text)], pieces(await encrypter.encrypt('x'), 'odd')),
    );
    expectWiped(watch, ['x25519', 'aeadOpen', 'hkdfSha256']);
  });

  test('when the reader stops early', async () => {
    for (const taken of [1, 2, 3]) {
      const [writing, reading] = [spy(), spy()];
      const plain = watched(PLAINTEXT);
      const cipher = watched(file);
      const [out, back] = [
        encryptAge(writing.crypto, recipient, plain.source),
        decryptAge(reading.crypto, [identity], cipher.source),
      ];
      for (let turn = 0; turn < taken; turn++) {
        await out.next();
        await back.next();
      }
      await out.return();
      await back.return();
      expectWiped(writing, WRITTEN);
      expectWiped(reading, READ);
      // A plaintext that was never asked for has nothing open.
      expect(plain.closed()).toBe(taken > 1 ? 1 : 0);
      expect(cipher.closed()).toBe(1);
    }
  });

  test('when the source fails', async () => {
    const [writing, reading] = [spy(), spy()];
    const out = gather(encryptAge(writing.crypto, recipient, watched(PLAINTEXT, 2_000_000).source));
    await expect(out).rejects.toThrow('disk gone');
    const back = gather(decryptAge(reading.crypto, [identity], watched(file, 2_000_000).source));
    await expect(back).rejects.toThrow('disk gone');
    expectWiped(writing, WRITTEN);
    expectWiped(reading, READ);
  });

  test.each([
    ['the payload is altered', (at: number) => at + 40, 'age.payload'],
    // The MAC is 43 characters and a line feed before the payload; its first character can be any.
    ['the MAC is altered', (at: number) => at - 44, 'age.header-mac'],
    ['the wrapped key is altered', (at: number) => at - 44 - 4 - 44, 'age.no-match'],
  ])('when %s', async (_what, place, code) => {
    const payloadAt = file.length - (46 * 65_552 - 46 * 65_536 + PLAINTEXT.length) - 16;
    const altered = file.slice();
    const at = place(payloadAt);
    altered[at] = altered[at] === 0x41 ? 0x42 : 0x41;
    const watch = spy();
    const cipher = watched(altered);
    await expect(gather(decryptAge(watch.crypto, [identity], cipher.source))).rejects.toThrow(code);
    expectWiped(watch, ['xwingKeyPair', 'xwingDecapsulate']);
    expect(cipher.closed()).toBe(1);
  });

  test('when the header is refused, the source is closed', async () => {
    const cipher = watched(new Uint8Array(500_000));
    await expect(gather(decryptAge(real, [identity], cipher.source))).rejects.toThrow('age.header');
    expect(cipher.closed()).toBe(1);
  });
});
