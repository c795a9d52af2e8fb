import {
  armor,
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  Stanza,
} from 'age-encryption';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { decryptAge, encryptAge, encryptTo } from '../../../src/core/age/file.ts';
import {
  decodeIdentity,
  decodeRecipient,
  encodeHybridIdentity,
  hybridRecipient,
  type Identity,
} from '../../../src/core/age/keys.ts';
import { concatBytes, encodeUtf8, type Bytes } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { EscrowError } from '../../../src/core/errors.ts';
import { FEEDS, gather, inLengths, pieces } from '../../support/pieces.ts';

const SEED = Uint8Array.from({ length: 32 }, (_, at) => at + 1);
const IDENTITY: Identity = { kind: 'hybrid', seed: SEED };
const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + 16;
const BATCH = 16 * CHUNK;

let crypto: CryptoPort;
let recipient: string;
let x25519Text: string;

beforeAll(async () => {
  crypto = await loadNodeCrypto();
  recipient = hybridRecipient(crypto, SEED);
  x25519Text = await generateX25519Identity();
});

/** Bytes that repeat at no distance a chunk or batch could hide. */
function sample(length: number): Bytes {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}

const encrypt = (plaintext: Uint8Array): Promise<Bytes> =>
  gather(encryptAge(crypto, recipient, pieces(plaintext, 'odd')));

const decrypt = (file: Uint8Array, identities: readonly Identity[] = [IDENTITY]): Promise<Bytes> =>
  gather(decryptAge(crypto, identities, pieces(file, 'odd')));

/** Compares without the runner's own comparison, which takes seconds for a few hundred kilobytes. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual).toHaveLength(expected.length);
  expect(Buffer.compare(actual, expected)).toBe(0);
}

/** The code a file is refused with; anything else that is thrown, or no refusal at all, fails the test. */
async function refusalOf(file: Uint8Array, identities?: readonly Identity[]): Promise<string> {
  try {
    await decrypt(file, identities);
  } catch (error) {
    if (error instanceof EscrowError) return error.message;
    throw error;
  }
  throw new Error('a damaged file was accepted');
}

describe('age-encryption and holdfast', () => {
  const lengths = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 200_000];

  test.each(lengths)('it opens ours, %i bytes', async (length) => {
    const plaintext = sample(length);
    const decrypter = new Decrypter();
    decrypter.addIdentity(encodeHybridIdentity(SEED));
    expectSame(await decrypter.decrypt(await encrypt(plaintext)), plaintext);
  });

  test.each(lengths)('we open its post-quantum files, %i bytes', async (length) => {
    const plaintext = sample(length);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const file = await encrypter.encrypt(plaintext);
    expectSame(await decrypt(file), plaintext);
    expectSame(await decrypt(encodeUtf8(armor.encode(file))), plaintext);
  });

  test.each(lengths)('we open its X25519 files, %i bytes', async (length) => {
    const plaintext = sample(length);
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(x25519Text));
    const file = await encrypter.encrypt(plaintext);
    expectSame(await decrypt(file, [IDENTITY, decodeIdentity(x25519Text)]), plaintext);
    expect(await refusalOf(file)).toBe('age.no-match');
  });

  test('we open a file for several recipients with any of their identities', async () => {
    const others = [SEED, new Uint8Array(32), new Uint8Array(32).fill(8)];
    const encrypter = new Encrypter();
    for (const seed of others) encrypter.addRecipient(hybridRecipient(crypto, seed));
    encrypter.addRecipient(await identityToRecipient(x25519Text));
    const file = await encrypter.encrypt('shared');
    for (const seed of others) expect(await decrypt(file, [{ kind: 'hybrid', seed }])).toHaveLength(6);
    expect(await decrypt(file, [decodeIdentity(x25519Text)])).toHaveLength(6);
    expect(await refusalOf(file, [])).toBe('age.no-match');
  });

  test('stanzas of other types are passed over, malformed ones of our types are not', async () => {
    const fileWith = (...added: readonly Stanza[]): Promise<Uint8Array> => {
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      for (const stanza of added) encrypter.addRecipient({ wrapFileKey: () => [stanza] });
      return encrypter.encrypt('shared');
    };
    const grease = new Stanza(['example.com/grease', 'x'], new Uint8Array(100));
    expect(await decrypt(await fileWith(grease, grease))).toHaveLength(6);

    // The good stanza stands first, and its key would open the file.
    const malformed = new Stanza(['mlkem768x25519', 'AAAA'], new Uint8Array(32));
    expect(await refusalOf(await fileWith(grease, malformed))).toBe('age.header');
    // Who gives no X25519 identity does not look into such a stanza; who gives one does, in any order.
    const classic = await fileWith(new Stanza(['X25519', 'AAAA'], new Uint8Array(32)));
    expect(await decrypt(classic)).toHaveLength(6);
    expect(await refusalOf(classic, [IDENTITY, decodeIdentity(x25519Text)])).toBe('age.header');
  });

  test('its passphrase files end in no match, naming what they want', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('correct horse');
    encrypter.setScryptWorkFactor(1);
    const file = await encrypter.encrypt('secret');
    await expect(decrypt(file)).rejects.toMatchObject({
      code: 'age.no-match',
      facts: { stanzas: ['scrypt'] },
    });
  });
});

describe('encryptTo', () => {
  test('a key of either kind, opened by age-encryption and by this', async () => {
    for (const identity of [x25519Text, await generateHybridIdentity()]) {
      const to = decodeRecipient(await identityToRecipient(identity));
      for (const length of [0, 200, CHUNK + 1]) {
        const plaintext = sample(length);
        const file = await gather(encryptTo(crypto, to, pieces(plaintext, 'odd')));
        const decrypter = new Decrypter();
        decrypter.addIdentity(identity);
        expectSame(await decrypter.decrypt(file), plaintext);
        expectSame(await decrypt(file, [decodeIdentity(identity)]), plaintext);
      }
    }
  });

  test('no other key opens it', async () => {
    const to = decodeRecipient(await identityToRecipient(x25519Text));
    const file = await gather(encryptTo(crypto, to, pieces(sample(9), 'odd')));
    const stranger = decodeIdentity(await generateX25519Identity());
    await expect(decrypt(file, [stranger, IDENTITY])).rejects.toThrow('age.no-match');
  });

  test('a key of low order is refused', async () => {
    const to = { kind: 'x25519', publicKey: new Uint8Array(32) } as const;
    await expect(gather(encryptTo(crypto, to, pieces(sample(9), 'odd')))).rejects.toThrow('age.key');
  });
});

describe('encryptAge', () => {
  test('writes one post-quantum stanza and nothing else before the payload', async () => {
    const file = await encrypt(sample(10));
    const text = new TextDecoder('latin1').decode(file);
    const base64 = '[A-Za-z0-9+/]';
    const header = `age-encryption\\.org/v1\\n-> mlkem768x25519 ${base64}{1494}\\n${base64}{43}\\n--- ${base64}{43}\\n`;
    expect(text).toMatch(new RegExp(`^${header}`));
    expect(file).toHaveLength(new RegExp(header).exec(text)![0].length + 16 + 10 + 16);
  });

  test('makes new keys and a new nonce for each file', async () => {
    const [one, two] = [await encrypt(sample(100)), await encrypt(sample(100))];
    // Nonce, 100 bytes and tag; bytes agree only by chance, one in 256.
    const same = one.subarray(-132).filter((byte, at) => byte === two.at(at - 132));
    expect(same.length).toBeLessThan(20);
  });

  test('gives full batches, and no more buffers than needed', async () => {
    const outputs: Uint8Array[] = [];
    for await (const part of encryptAge(crypto, recipient, pieces(sample(2 * BATCH + 5), 'odd'))) {
      outputs.push(part);
    }
    const batch = 16 * SEALED_CHUNK;
    expect(outputs.slice(1).map((part) => part.length)).toEqual([batch, batch, 5 + 16]);
    // They belong to the caller: none is a view of another's memory.
    expect(new Set(outputs.map((part) => part.buffer)).size).toBe(outputs.length);
  });

  test('refuses a recipient before it takes any plaintext', async () => {
    let asked = false;
    const source = {
      async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
        asked = true;
        yield await Promise.resolve(new Uint8Array(1));
      },
    };
    await expect(gather(encryptAge(crypto, 'age1pq1', source))).rejects.toThrow('age.key');
    expect(asked).toBe(false);
  });
});

describe('round trip', () => {
  const nearChunks = fc
    .tuple(fc.integer({ min: 0, max: 18 }), fc.integer({ min: -2, max: 2 }))
    .map(([chunks, more]) => Math.max(0, chunks * CHUNK + more));
  const length = fc.oneof(nearChunks, fc.integer({ min: 0, max: 300_000 }));
  const cut = fc.oneof(
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 400_000 }),
    fc.constantFrom(CHUNK, SEALED_CHUNK, CHUNK - 1, SEALED_CHUNK + 1, 2 * SEALED_CHUNK),
  );
  const cuts = fc.array(cut, { minLength: 1, maxLength: 6 });

  test('for any size and any pieces', async () => {
    const property = fc.asyncProperty(length, cuts, cuts, async (size, going, coming) => {
      const plaintext = sample(size);
      const file = await gather(encryptAge(crypto, recipient, inLengths(plaintext, going)));
      const opened = await gather(decryptAge(crypto, [IDENTITY], inLengths(file, coming)));
      expectSame(opened, plaintext);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test.each(FEEDS)('through both at once, %s', async (feed) => {
    const plaintext = sample(3 * CHUNK);
    const file = encryptAge(crypto, recipient, pieces(plaintext, feed));
    expectSame(await gather(decryptAge(crypto, [IDENTITY], file)), plaintext);
  });
});

describe('a damaged file is refused', () => {
  const message = encodeUtf8('a vault');

  test('cut anywhere', async () => {
    const file = await encrypt(message);
    for (let length = 0; length < file.length; length++) {
      expect(await refusalOf(file.subarray(0, length))).toMatch(/^age\.(header|payload)$/);
    }
  });

  test('with any bit flipped', async () => {
    const file = await encrypt(message);
    const codes = new Map<string, number>();
    for (let bit = 0; bit < 8 * file.length; bit++) {
      file[bit >> 3]! ^= 1 << (bit & 7);
      const code = await refusalOf(file);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      file[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(await decrypt(file)).toEqual(message);
    expect([...codes.keys()].sort()).toEqual([
      'age.header',
      'age.header-mac',
      'age.no-match',
      'age.payload',
      'age.version',
    ]);
    // Nonce, chunk and tag: nothing of the payload is told by another code.
    expect(codes.get('age.payload')).toBe(8 * (16 + message.length + 16));
  }, 300_000);

  test('with any bit of an armored X25519 file flipped, or cut', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(x25519Text));
    const file = encodeUtf8(armor.encode(await encrypter.encrypt(message)));
    const identities = [decodeIdentity(x25519Text)];
    for (let bit = 0; bit < 8 * file.length; bit++) {
      file[bit >> 3]! ^= 1 << (bit & 7);
      expect(await refusalOf(file, identities)).toMatch(/^age\./);
      file[bit >> 3]! ^= 1 << (bit & 7);
    }
    // All but the last line feed is needed.
    for (let length = 0; length < file.length - 1; length++) {
      expect(await refusalOf(file.subarray(0, length), identities)).toMatch(/^age\./);
    }
  });

  test('with chunks missing, doubled, swapped or added, and only good ones are given out', async () => {
    const plaintext = sample(3 * CHUNK + 9);
    const file = await encrypt(plaintext);
    const at = file.length - (3 * SEALED_CHUNK + 9 + 16);
    const head = file.subarray(0, at);
    const [one, two, three, last] = [0, 1, 2, 3].map((index) =>
      file.subarray(at + index * SEALED_CHUNK, at + (index + 1) * SEALED_CHUNK),
    ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

    const cases: [string, Uint8Array[], number][] = [
      ['the first missing', [two, three, last], 0],
      ['the second missing', [one, three, last], 1],
      ['the last missing', [one, two, three], 3],
      ['all missing', [], 0],
      ['one doubled', [one, one, two, three, last], 1],
      ['two swapped', [one, three, two, last], 1],
      ['the last doubled', [one, two, three, last, last], 3],
      ['the last in front', [last, one, two, three], 0],
      ['empty tag behind', [one, two, three, last, new Uint8Array(16)], 3],
      ['a byte behind', [one, two, three, last, new Uint8Array(1)], 3],
    ];
    for (const [name, chunks, good] of cases) {
      const given: Uint8Array[] = [];
      const opening = async (): Promise<void> => {
        const damaged = concatBytes(head, ...chunks);
        for await (const part of decryptAge(crypto, [IDENTITY], pieces(damaged, 'odd'))) given.push(part);
      };
      await expect(opening(), name).rejects.toThrow('age.payload');
      expectSame(concatBytes(...given), plaintext.subarray(0, good * CHUNK));
    }
  });

  test('with a full last chunk followed by an empty one, or by anything', async () => {
    const file = await encrypt(sample(CHUNK));
    expect(await decrypt(file)).toHaveLength(CHUNK);
    for (const more of [1, 15, 16, 17, SEALED_CHUNK]) {
      expect(await refusalOf(concatBytes(file, new Uint8Array(more)))).toBe('age.payload');
    }
  });

  test('and says what kind of damage it is', async () => {
    const file = await encrypt(sample(2 * CHUNK));
    const reasonOf = async (bytes: Uint8Array): Promise<unknown> => {
      const error = await decrypt(bytes).catch((thrown: unknown) => thrown);
      return (error as EscrowError<'age.payload'>).facts.reason;
    };
    const altered = file.slice();
    altered[file.length - SEALED_CHUNK - 1]! ^= 1;
    expect(await reasonOf(altered)).toBe('chunk 1 is altered');
    expect(await reasonOf(file.subarray(0, file.length - SEALED_CHUNK))).toBe('the file is cut short');
    expect(await reasonOf(file.subarray(0, file.length - 1))).toBe('the last chunk is altered or cut short');
    expect(await reasonOf(concatBytes(file, file))).toBe('something follows the last chunk');
  });

  test('whatever bytes it is made of', async () => {
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(
        '',
        'age-encryption.org/v1\n',
        '-----BEGIN AGE ENCRYPTED FILE-----\n',
        'age-encryption.org/',
      ),
      async (bytes, start) => {
        expect(await refusalOf(concatBytes(encodeUtf8(start), bytes))).toMatch(/^age\./);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});
