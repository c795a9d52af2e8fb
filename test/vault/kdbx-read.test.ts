import kdbxweb from 'kdbxweb';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { inspectExport } from '../support/inspect-export.ts';
import { loadKdbxweb } from '../../src/vault/kdbx-engine.ts';
import type { Item, Vault } from '../../src/vault/model.ts';
import { openVault, type OpenOptions } from '../../src/vault/open.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { kdbxOf, logins, personalExport, utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const open = (bytes: Uint8Array, options: Partial<OpenOptions> = { passphrase: utf8('p') }): Promise<Vault> =>
  openVault(crypto, bytes, { format: 'kdbx', name: 'v.kdbx', ...options });

const refusal = (code: string, facts: object = {}): object =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) as object }) as object;

/** One entry whose custom fields are these, unprotected. */
async function openEntry(fields: Record<string, string>): Promise<Item> {
  const bytes = await kdbxOf('p', (db, root) => {
    const entry = db.createEntry(root);
    for (const [name, value] of Object.entries(fields)) entry.fields.set(name, value);
  });
  return (await open(bytes)).items[0]!;
}

describe('entries', () => {
  test('keep a TAB in unprotected text, which kdbxweb alone would drop', async () => {
    const item = await openEntry({
      Title: 'a\tb',
      Notes: '\t',
      UserName: '\tx\t\ty',
      Custom: 'line\r\n\tindented <b>\t&\t</b>',
    });
    expect(item).toMatchObject({ title: 'a\tb', notes: '\t', username: '\tx\t\ty' });
    // Line ends in unprotected text are the XML's to normalise.
    expect(item.fields[0]?.value.replaceAll('\r\n', '\n')).toBe('line\n\tindented <b>\t&\t</b>');
  });

  test('know addresses in their order', async () => {
    const item = await openEntry({
      URL: 'https://0',
      KP2A_URL_10: 'https://10',
      KP2A_URL_2: 'https://2',
      KP2A_URL: 'https://1',
    });
    expect(item.urls.map(({ uri }) => uri)).toEqual(['https://0', 'https://1', 'https://2', 'https://10']);
    expect(item.fields).toEqual([]);
  });

  test.each([
    [{ otp: 'otpauth://totp/x?secret=JBSWY3DP&digits=8' }, { digits: 8, period: 30 }],
    [{ otp: 'key=JBSWY3DP&size=8&step=45' }, { digits: 8, period: 45 }],
    [
      { 'TOTP Seed': 'jbsw y3dp', 'TOTP Settings': '60;8' },
      { digits: 8, period: 60 },
    ],
    [
      { 'TOTP Seed': 'JBSWY3DP', 'TOTP Settings': '30;S' },
      { digits: 5, encoder: 'steam' },
    ],
    [{ 'TOTP Seed': 'JBSWY3DP' }, { digits: 6, period: 30 }],
    [
      { 'TimeOtp-Secret-Base32': 'JBSWY3DP', 'TimeOtp-Algorithm': 'HMAC-SHA-256', 'TimeOtp-Length': '8' },
      { algorithm: 'SHA256', digits: 8 },
    ],
    [{ 'TimeOtp-Secret-Hex': '48656C6C6F' }, { period: 30 }],
    [{ 'TimeOtp-Secret-Base64': 'SGVsbG8=' }, { period: 30 }],
    [{ 'TimeOtp-Secret': 'Hello' }, { period: 30 }],
  ])('read the seed of %o', async (fields, expected) => {
    const item = await openEntry(fields);
    // "Hello" and the seed JBSWY3DP are the same five bytes.
    expect(item.totp).toEqual([expect.objectContaining({ secret: 'JBSWY3DP', valid: true, ...expected })]);
    expect(item.fields).toEqual([]);
  });

  test('leave counter-based codes among the fields, and say when a seed is none', async () => {
    const item = await openEntry({ 'HmacOtp-Secret': 'x', 'HmacOtp-Counter': '1', otp: 'gibberish!' });
    expect(item.totp).toEqual([expect.objectContaining({ valid: false, original: 'gibberish!' })]);
    expect(item.fields.map(({ name }) => name)).toEqual(['HmacOtp-Secret', 'HmacOtp-Counter']);
  });

  test('keep passkeys, attachments, tags, times and former passwords', async () => {
    const bytes = await kdbxOf('p', async (db, root) => {
      const entry = db.createEntry(root);
      entry.fields.set('Password', kdbxweb.ProtectedValue.fromString('first'));
      entry.fields.set('Notes', 'before');
      entry.pushHistory();
      entry.fields.set('Notes', 'only the notes changed');
      entry.pushHistory();
      entry.fields.set('Password', kdbxweb.ProtectedValue.fromString('\uFEFFnow'));
      entry.fields.set(
        'KPEX_PASSKEY_PRIVATE_KEY_PEM',
        '-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----',
      );
      entry.fields.set('KPEX_PASSKEY_RELYING_PARTY', 'x.test');
      entry.fields.set('Hidden', kdbxweb.ProtectedValue.fromString('h'));
      entry.binaries.set('a.bin', await db.createBinary(Uint8Array.of(1, 2, 3).buffer));
      entry.binaries.set('empty', await db.createBinary(new ArrayBuffer(0)));
      entry.tags = ['one', 'two'];
      entry.times.expires = true;
      entry.times.expiryTime = new Date('2027-01-01T00:00:00Z');
    });
    const { items } = await open(bytes);
    expect(items[0]).toMatchObject({
      password: '\uFEFFnow',
      passkeys: [{ privateKey: 'QUJD', relyingParty: 'x.test', credentialId: '' }],
      fields: [{ name: 'Hidden', value: 'h', kind: 'hidden' }],
      tags: ['one', 'two'],
      expires: '2027-01-01T00:00:00.000Z',
      history: [{ value: 'first' }],
      unmapped: ['earlier versions of other fields'],
    });
    expect(items[0]?.attachments.map(({ name, size }) => [name, size])).toEqual([
      ['a.bin', 3],
      ['empty', 0],
    ]);
    expect(items[0]?.attachments[0]?.sha256).toBe(
      '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
    );
  });

  test('in the recycle bin, at any depth, are trash', async () => {
    const bytes = await kdbxOf('p', (db, root) => {
      const group = db.createGroup(db.createGroup(root, 'Client'), 'Servers');
      db.createEntry(group);
      const old = db.createGroup(root, 'Old');
      db.createEntry(old);
      db.remove(old);
      db.remove(db.createEntry(root));
    });
    const vault = await open(bytes);
    expect(vault.items.map(({ state }) => state).sort()).toEqual(['active', 'trashed', 'trashed']);
    expect(await inspectExport(crypto, bytes, { name: 'v', passphrase: utf8('p') })).toMatchObject({
      entries: 1,
      trashed: 2,
      folders: 2,
      encrypted: true,
    });
  });
});

describe('keys', () => {
  test('wrong, missing, empty and borrowed', async () => {
    const bytes = await kdbxOf('p', (db, root) => void db.createEntry(root));
    await expect(open(bytes, {})).rejects.toEqual(refusal('vault.passphrase-needed', { name: 'v.kdbx' }));
    await expect(open(bytes, { passphrase: utf8('q') })).rejects.toEqual(
      refusal('vault.wrong-passphrase', { keyFileGiven: false }),
    );
    await expect(open(bytes, { passphrase: new Uint8Array() })).rejects.toEqual(
      refusal('vault.wrong-passphrase'),
    );
    const passphrase = utf8('p');
    expect((await open(bytes, { passphrase })).items).toHaveLength(1);
    expect(passphrase).toEqual(utf8('p'));
  });

  test('a key file with a password, alone, of any kind, and damaged', async () => {
    const xml = await kdbxweb.Credentials.createKeyFileWithHash(new Uint8Array(32).fill(7).buffer, 2);
    for (const keyFile of [xml, utf8('just any file'), new Uint8Array(32).fill(9)]) {
      const db = kdbxweb.Kdbx.create(new kdbxweb.Credentials(null, new Uint8Array(keyFile)), 'k');
      db.setKdf(kdbxweb.Consts.KdfId.Aes);
      const bytes = new Uint8Array(await db.save());
      expect((await open(bytes, { keyFile })).items).toEqual([]);
      await expect(open(bytes, { keyFile, passphrase: utf8('p') })).rejects.toEqual(
        refusal('vault.wrong-passphrase', { keyFileGiven: true }),
      );
    }
    const damaged = utf8(new TextDecoder().decode(xml).replace(/Hash="....../, 'Hash="000000'));
    const bytes = await kdbxOf('p', () => undefined);
    await expect(open(bytes, { keyFile: damaged })).rejects.toEqual(
      refusal('vault.key-file', { name: 'v.kdbx' }),
    );
    const huge = new Uint8Array(LIMITS.keyFileBytes + 1);
    await expect(open(bytes, { keyFile: huge })).rejects.toEqual(refusal('limit.exceeded'));
  });
});

describe('what cannot be opened is named from its header, without a passphrase', () => {
  const SIGNATURE = [0x03, 0xd9, 0xa2, 0x9a];
  const V4 = [...SIGNATURE, 0x67, 0xfb, 0x4b, 0xb5, 0, 0, 4, 0];

  test.each([
    ['KeePass 1', [...SIGNATURE, 0x65, 0xfb, 0x4b, 0xb5, 0, 0, 0, 0], 'keepass-1'],
    ['a pre-release of KeePass 2', [...SIGNATURE, 0x66, 0xfb, 0x4b, 0xb5, 0, 0, 1, 0], 'kdbx-2'],
    ['KDBX 2', [...SIGNATURE, 0x67, 0xfb, 0x4b, 0xb5, 4, 0, 2, 0], 'kdbx-2'],
    ['KDBX 4.2', [...SIGNATURE, 0x67, 0xfb, 0x4b, 0xb5, 2, 0, 4, 0], 'kdbx-version'],
    ['KDBX 5', [...SIGNATURE, 0x67, 0xfb, 0x4b, 0xb5, 0, 0, 5, 0], 'kdbx-version'],
    [
      'Twofish',
      [...V4, 2, 16, 0, 0, 0, ...Buffer.from('ad68f29f576f4bb9a36ad47af965346c', 'hex'), 0, 0, 0, 0, 0],
      'twofish',
    ],
    ['a cipher of a plug-in', [...V4, 2, 16, 0, 0, 0, ...new Uint8Array(16), 0, 0, 0, 0, 0], 'cipher'],
  ])('%s', async (_name, bytes, feature) => {
    await expect(open(Uint8Array.from(bytes), {})).rejects.toEqual(
      refusal('vault.unsupported', { feature, name: 'v.kdbx' }),
    );
  });

  test.each([
    ['a signature alone', [...SIGNATURE, 0x67, 0xfb, 0x4b, 0xb5]],
    ['a header that ends', V4],
    ['a field longer than the file', [...V4, 2, 255, 255, 0, 0]],
    ['another file', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('%s is damaged', async (_name, bytes) => {
    await expect(open(Uint8Array.from(bytes))).rejects.toEqual(refusal('vault.format', { format: 'kdbx' }));
  });

  test('a field that claims gigabytes is not waited for', async () => {
    await expect(open(Uint8Array.from([...V4, 2, 0, 0, 0, 0x80]))).rejects.toEqual(refusal('limit.exceeded'));
  });
});

describe('what would cost too much is refused before it is computed', () => {
  let written: Uint8Array;
  beforeAll(async () => {
    const vault = await openVault(crypto, personalExport(logins(2)), { format: 'bitwarden-json' });
    const argon2 = { memoryMiB: 1, iterations: 2, parallelism: 1 };
    written = (await writeKdbx(crypto, vault, { passphrase: utf8('p'), argon2 })).bytes;
  });

  /** The database with one KDF parameter set to another value, little-endian. */
  function withParameter(name: string, value: bigint): Uint8Array {
    const bytes = Buffer.from(written);
    // Type, length of the name, name, length of the value.
    const at = bytes.indexOf(Buffer.from([1, 0, 0, 0, name.charCodeAt(0)])) + 5;
    const size = bytes.readUInt32LE(at);
    if (size === 8) bytes.writeBigUInt64LE(value, at + 4);
    else bytes.writeUInt32LE(Number(value), at + 4);
    return bytes;
  }

  test.each([
    ['100 GiB of memory', 'M', 100n << 30n, LIMITS.argon2MemoryMiB],
    ['all the memory there is', 'M', (1n << 64n) - 1n, LIMITS.argon2MemoryMiB],
    ['a billion iterations', 'I', 1_000_000_000n, LIMITS.argon2MemoryPasses],
    ['too many lanes', 'P', 100_000n, LIMITS.argon2Parallelism],
  ])('%s', async (_name, parameter, value, limit) => {
    await expect(open(withParameter(parameter, value))).rejects.toEqual(refusal('limit.exceeded', { limit }));
  });

  test('a million iterations over next to no memory', async () => {
    const bytes = Buffer.from(withParameter('I', 1_000_000n));
    const at = bytes.indexOf(Buffer.from([1, 0, 0, 0, 'M'.charCodeAt(0)])) + 9;
    bytes.writeBigUInt64LE(8_192n, at);
    await expect(open(bytes)).rejects.toEqual(refusal('limit.exceeded'));
  });

  test('Argon2 of version 1.0 is named', async () => {
    await expect(open(withParameter('V', 0x10n))).rejects.toEqual(
      refusal('vault.unsupported', { feature: 'argon2-version' }),
    );
  });

  test('a trillion rounds of AES', async () => {
    const bytes = Buffer.from(
      await kdbxOf('p', (db) => {
        db.setVersion(3);
      }),
    );
    // Field 6, 8 bytes long: the rounds.
    const at = bytes.indexOf(Buffer.from([6, 8, 0]));
    bytes.writeBigUInt64LE(1_000_000_000_000n, at + 3);
    await expect(open(bytes)).rejects.toEqual(refusal('limit.exceeded', { limit: LIMITS.aesKdfRounds }));
  });
});

interface SavingFormat {
  encryptData(data: ArrayBuffer, key: ArrayBuffer): Promise<ArrayBuffer>;
}

/** Runs `make` while every saved payload is changed by `tamper` just before it is encrypted. */
async function tampered(
  tamper: (payload: Uint8Array) => void,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const prototype = kdbxweb.KdbxFormat.prototype as unknown as SavingFormat;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { encryptData } = prototype;
  prototype.encryptData = function (data, key) {
    tamper(new Uint8Array(data));
    return encryptData.call(this, data, key);
  };
  try {
    return await make();
  } finally {
    prototype.encryptData = encryptData;
  }
}

describe('bombs behind the right passphrase', () => {
  test('a payload that says it unpacks to four gigabytes', async () => {
    const bytes = await tampered(
      (payload) => payload.fill(0xff, -4),
      () => kdbxOf('p', () => undefined),
    );
    await expect(open(bytes)).rejects.toEqual(refusal('limit.exceeded', { limit: LIMITS.kdbxPayloadBytes }));
  });

  test('entities', async () => {
    const make = (): Promise<Uint8Array> =>
      kdbxOf('p', (db) => {
        db.header.compression = kdbxweb.Consts.CompressionAlgorithm.None;
        db.meta.desc = 'x'.repeat(40);
      });
    const bytes = await tampered((payload) => {
      const at = Buffer.from(payload.buffer).indexOf('x'.repeat(40));
      payload.set(utf8('<!DOCTYPE a [<!ENTITY b "cccccccc">]>'), at);
    }, make);
    await expect(open(bytes)).rejects.toEqual(
      refusal('vault.format', { reason: 'its XML is not well-formed' }),
    );
  });
});

test('XML that would make too large a tree is not parsed', async () => {
  const { XmlUtils } = await loadKdbxweb();
  const parse = (xml: string) => (): unknown => XmlUtils.parse(xml);
  expect(parse(`<a>${'<b/>'.repeat(LIMITS.kdbxXmlElements)}</a>`)).toThrow(
    refusal('limit.exceeded', { limit: LIMITS.kdbxXmlElements }),
  );
  expect(parse('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toThrow(
    refusal('vault.format', { reason: 'its XML declares a document type' }),
  );
  expect(parse('<a>'.repeat(LIMITS.xmlDepth + 1))).toThrow(
    refusal('limit.exceeded', { limit: LIMITS.xmlDepth }),
  );
  expect(parse('x'.repeat(LIMITS.kdbxXmlChars + 1))).toThrow(
    refusal('limit.exceeded', { limit: LIMITS.kdbxXmlChars }),
  );
});

test('compressed attachments of KDBX 3 that claim too much are not unpacked', async () => {
  const { XmlUtils } = await loadKdbxweb();
  const zipped = (size: number): string => {
    const bytes = Buffer.alloc(20);
    bytes.writeUInt32LE(size, 16);
    return bytes.toString('base64');
  };
  const nodes = (sizes: readonly number[]): readonly Node[] => {
    const xml = sizes.map((size) => `<Value Compressed="True">${zipped(size)}</Value>`).join('');
    return Array.from(XmlUtils.parse(`<a>${xml}</a>`).documentElement.childNodes);
  };
  const half = LIMITS.kdbxPayloadBytes / 2;
  const [first, second, third] = nodes([half, half, 1]);
  const read = (node: Node | undefined) => (): unknown => XmlUtils.getProtectedBinary(node!);
  // Not gzip at all, but their sum is within the limit: the library refuses them, not the limit.
  for (const node of [first, second]) expect(read(node)).not.toThrow(refusal('limit.exceeded'));
  expect(read(third)).toThrow(refusal('limit.exceeded', { limit: LIMITS.kdbxPayloadBytes }));
});

test('a database cut off anywhere is damaged, or not openable by that passphrase', async () => {
  for (const version of [3, 4] as const) {
    const bytes = await kdbxOf('p', (db, root) => {
      db.setVersion(version);
      db.header.keyEncryptionRounds = 100;
      db.createEntry(root);
    });
    for (let end = 0; end < bytes.length; end += 41) {
      const cut = open(bytes.subarray(0, end)).then(
        () => 'opened',
        (error: unknown) => (error as { code?: string }).code,
      );
      expect(['vault.format', 'vault.wrong-passphrase', 'vault.unsupported']).toContain(await cut);
    }
  }
});

describe('nothing is lost in silence', () => {
  const forbidden = 'ab\u000bcd\u0001\uFFFE\u{1F511}';

  test('characters that XML forbids, where another program left them', async () => {
    const { XmlUtils } = await loadKdbxweb();
    const { documentElement } = XmlUtils.parse(`<a><Value>${forbidden}</Value></a>`);
    expect(documentElement.childNodes[0]!.textContent).toBe(forbidden);
  });

  test('XML that says it is 1.1 is read as 1.0; text beside elements is refused', async () => {
    const { XmlUtils } = await loadKdbxweb();
    const { documentElement } = XmlUtils.parse('<?xml version="1.1"?><a><b>x\u2028y\u0085z</b></a>');
    expect(documentElement.childNodes[0]!.textContent).toBe('x\u2028y\u0085z');
    expect(() => XmlUtils.parse('<a><b>pw<c/>tail</b></a>')).toThrow(refusal('vault.format'));
  });

  test('notes and tags of a group, and what only an earlier version had', async () => {
    const bytes = await kdbxOf('p', (db, root) => {
      const group = db.createGroup(root, 'Acme');
      group.notes = 'door code 4711\nring twice';
      group.tags = ['site'];
      const entry = db.createEntry(group);
      entry.fields.set('Title', 'a').set('UserName', 'old').set('Password', 'one');
      entry.pushHistory();
      entry.fields.set('UserName', 'new').set('Password', 'two');
      db.header.versionMinor = 1;
    });
    const { containers, items } = await open(bytes);
    const notes = 'door code 4711\nring twice\nTags: site';
    expect(containers).toContainEqual(expect.objectContaining({ name: 'Acme', notes }));
    expect(items).toMatchObject([
      { unmapped: ['earlier versions of other fields'], history: [{ value: 'one' }] },
    ]);
  });

  test('a second seed and other fields named as seeds are', async () => {
    const bytes = await kdbxOf('p', (db, root) => {
      const { fields } = db.createEntry(root);
      fields.set('TimeOtp-Secret-Base32', 'JBSWY3DP').set('TimeOtp-Secret-Hex', '00112233');
      fields.set('TimeOtp-Length', '8').set('TimeOtp-Recovery', 'CODE');
    });
    const [item] = (await open(bytes)).items;
    expect(item!.totp).toMatchObject([{ secret: 'JBSWY3DP', digits: 8 }]);
    expect(item!.fields.map(({ name }) => name)).toEqual(['TimeOtp-Secret-Hex', 'TimeOtp-Recovery']);
  });

  test('references between entries are told', async () => {
    const bytes = await kdbxOf('p', (db, root) => {
      db.createEntry(root).fields.set('Password', '{REF:P@I:00112233445566778899AABBCCDDEEFF}');
    });
    const { findings } = await open(bytes);
    expect(findings).toMatchObject([{ code: 'kdbx.references', severity: 'info' }]);
  });
});
