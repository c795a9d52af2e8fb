import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { ByteSource } from '../../../src/core/age/byte-source.ts';
import type { Header } from '../../../src/core/age/header.ts';
import { assertHeaderMac, decodeHeader, encodeHeader, readHeader } from '../../../src/core/age/header.ts';
import type { Stanza } from '../../../src/core/age/stanza.ts';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { FEEDS, gather, inLengths, pieces, type Feed } from '../../support/pieces.ts';

const FILE_KEY = new Uint8Array(16).fill(3);
const MAC = 'A'.repeat(43);
let crypto: CryptoPort;

beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});
const stanza: fc.Arbitrary<Stanza> = fc.record({
  args: fc.tuple(visible, visible),
  body: fc.uint8Array({ maxLength: 150 }).map((bytes) => Uint8Array.from(bytes)),
});

const read = (text: string, feed: Feed = 'whole'): Promise<Header> =>
  readHeader(new ByteSource(pieces(encodeUtf8(text), feed)));

describe('a header', () => {
  test('is read back as it was written, and nothing behind it is touched', async () => {
    const property = fc.asyncProperty(
      fc.array(stanza, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
      async (stanzas, lengths) => {
        const header = await encodeHeader(crypto, FILE_KEY, stanzas);
        const behind = encodeUtf8('\n--- payload\n');
        const source = new ByteSource(inLengths(Uint8Array.from([...header, ...behind]), lengths));
        const decoded = await readHeader(source);
        expect(decoded.stanzas).toEqual(stanzas);
        await assertHeaderMac(crypto, FILE_KEY, decoded);
        expect(await gather(source)).toEqual(behind);
      },
    );
    await fc.assert(property);
  });

  test('has a MAC that every other byte of the header, and another key, would change', async () => {
    const header = await encodeHeader(crypto, FILE_KEY, [{ args: ['x', 'y'], body: new Uint8Array(5) }]);
    const decoded = decodeHeader(header);
    await expect(assertHeaderMac(crypto, new Uint8Array(16), decoded)).rejects.toThrow('age.header-mac');
    for (let at = 0; at < decoded.macInput.length; at++) {
      const macInput = decoded.macInput.map((byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(assertHeaderMac(crypto, FILE_KEY, { ...decoded, macInput })).rejects.toThrow(
        'age.header-mac',
      );
    }
    for (let at = 0; at < 32; at++) {
      const mac = decoded.mac.map((byte, index) => (index === at ? byte ^ 0x80 : byte));
      await expect(assertHeaderMac(crypto, FILE_KEY, { ...decoded, mac })).rejects.toThrow('age.header-mac');
    }
  });

  test('cut short anywhere is refused', async () => {
    const header = await encodeHeader(crypto, FILE_KEY, [
      { args: ['x', 'y'], body: new Uint8Array(48) },
      { args: ['z'], body: new Uint8Array(0) },
    ]);
    for (let length = 0; length < header.length; length++) {
      expect(() => decodeHeader(header.slice(0, length))).toThrow(/^age\.header$/);
      await expect(readHeader(new ByteSource(pieces(header.slice(0, length), 'odd')))).rejects.toThrow(
        /^age\.header$/,
      );
    }
  });

  test.each([
    ['no stanza', `age-encryption.org/v1\n--- ${MAC}\n`],
    ['nothing after the version', `age-encryption.org/v1\n`],
    ['a stanza without a type', `age-encryption.org/v1\n-> \n\n--- ${MAC}\n`],
    ['a space behind the arguments', `age-encryption.org/v1\n-> x \n\n--- ${MAC}\n`],
    ['a tab among the arguments', `age-encryption.org/v1\n-> x\ty\n\n--- ${MAC}\n`],
    ['a letter that is not ASCII', `age-encryption.org/v1\n-> \u00e9\n\n--- ${MAC}\n`],
    ['a body line of 65', `age-encryption.org/v1\n-> x\n${'A'.repeat(65)}\n\n--- ${MAC}\n`],
    ['four dashes', `age-encryption.org/v1\n-> x\n\n---- ${MAC}\n`],
    ['a MAC of 31 bytes', `age-encryption.org/v1\n-> x\n\n--- ${'A'.repeat(42)}\n`],
    ['a MAC of 33 bytes', `age-encryption.org/v1\n-> x\n\n--- ${'A'.repeat(44)}\n`],
    ['no MAC', `age-encryption.org/v1\n-> x\n\n---\n`],
    ['a version line without an end', 'age-encryption.org/v1'],
    ['an empty version', `age-encryption.org/\n-> x\n\n--- ${MAC}\n`],
    ['an armored file', '-----BEGIN AGE ENCRYPTED FILE-----\n'],
    ['a leading line feed', `\nage-encryption.org/v1\n-> x\n\n--- ${MAC}\n`],
  ])('with %s is refused', async (_what, text) => {
    for (const feed of FEEDS) await expect(read(text, feed)).rejects.toThrow(/^age\.header$/);
  });

  test.each(['v2', 'v11', 'V1', 'v1.0'])('of version %s names it', async (version) => {
    const text = `age-encryption.org/${version}\nanything at all may follow`;
    await expect(read(`${text}\n--- \n`)).rejects.toMatchObject({ code: 'age.version', facts: { version } });
  });

  test('has as many stanzas as the limit says, and no more', async () => {
    const most = '-> x\n\n'.repeat(LIMITS.ageHeaderStanzas);
    const header = await read(`age-encryption.org/v1\n${most}--- ${MAC}\n`);
    expect(header.stanzas).toHaveLength(LIMITS.ageHeaderStanzas);
    await expect(read(`age-encryption.org/v1\n${most}-> x\n\n--- ${MAC}\n`)).rejects.toMatchObject({
      code: 'limit.exceeded',
      facts: { limit: LIMITS.ageHeaderStanzas },
    });
  });

  test('is as long as the limit says, and no longer, and no more of it is read', async () => {
    const frame = `age-encryption.org/v1\n-> \n\n--- ${MAC}\n`.length;
    const ofLength = (length: number): string =>
      `age-encryption.org/v1\n-> ${'x'.repeat(length - frame)}\n\n--- ${MAC}\n`;
    for (const feed of FEEDS) {
      expect((await read(ofLength(LIMITS.ageHeaderBytes), feed)).stanzas).toHaveLength(1);
      await expect(read(ofLength(LIMITS.ageHeaderBytes + 1), feed)).rejects.toMatchObject({
        code: 'limit.exceeded',
        facts: { limit: LIMITS.ageHeaderBytes },
      });
    }

    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      for (;;) {
        given += 1000;
        yield new Uint8Array(1000);
      }
    }
    await expect(readHeader(new ByteSource(endless()))).rejects.toThrow('age.header');
    expect(given).toBeLessThan(LIMITS.ageHeaderBytes + 2000);
  });

  test('of any bytes gives a header or a typed error', () => {
    const text = fc.array(
      fc.constantFrom('age-encryption.org/v1\n', '-> ', 'x', ' ', '\n', '---', ' ', MAC, 'AAAA', '=', '\r'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((parts) => encodeUtf8(parts.join(''))),
          fc.uint8Array(),
        ),
        (bytes) => {
          try {
            expect(decodeHeader(Uint8Array.from(bytes)).stanzas.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toMatchObject({ name: 'EscrowError' });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
