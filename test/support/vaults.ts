// Small synthetic exports, written after the tables of docs/vaults.md and not with the code under test:
// the encryptor below uses node:crypto where the reader uses WebCrypto.

import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import kdbxweb from 'kdbxweb';

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => utf8(JSON.stringify(value));

const FOLDERS = [
  { id: '11111111-1111-4111-8111-111111111111', name: 'Alder Lane' },
  { id: '22222222-2222-4222-8222-222222222222', name: 'Alder Lane/Servers' },
  { id: '33333333-3333-4333-8333-333333333333', name: 'Birchwood/Wi-Fi/Guests' },
];

type Part = Record<string, unknown>;

function uuidOf(number: number): string {
  return `aaaaaaaa-bbbb-4ccc-8ddd-${number.toString(16).padStart(12, '0')}`;
}

/** A login as the clients write one; `parts` replaces whole keys. */
export function loginItem(number: number, parts: Part = {}): Part {
  return {
    passwordHistory: null,
    revisionDate: '2026-05-02T10:00:00.000Z',
    creationDate: '2025-01-02T03:04:05.000Z',
    deletedDate: null,
    id: uuidOf(number),
    organizationId: null,
    folderId: FOLDERS[number % FOLDERS.length]?.id ?? null,
    type: 1,
    reprompt: 0,
    name: `Login ${number}`,
    notes: null,
    favorite: false,
    fields: [],
    login: {
      uris: [{ match: null, uri: `https://host${number}.example.com/` }],
      username: `user${number}`,
      password: `pass-${number}`,
      totp: null,
    },
    collectionIds: null,
    ...parts,
  };
}

export function personalExport(items: readonly unknown[], parts: Part = {}): Uint8Array<ArrayBuffer> {
  return jsonBytes({ encrypted: false, folders: FOLDERS, items, ...parts });
}

export const logins = (count: number): Part[] =>
  Array.from({ length: count }, (_, number) => loginItem(number));

const COLLECTIONS = [
  { id: 'c1111111-1111-4111-8111-111111111111', organizationId: 'o1', name: 'Clinics', externalId: null },
  {
    id: 'c2222222-2222-4222-8222-222222222222',
    organizationId: 'o1',
    name: 'Clinics/Radiology',
    externalId: null,
  },
];

export function organisationExport(count: number): Uint8Array<ArrayBuffer> {
  const items = logins(count).map((item, index) => ({
    ...item,
    organizationId: 'o1',
    folderId: null,
    collectionIds: index % 2 === 0 ? [COLLECTIONS[0]!.id] : COLLECTIONS.map(({ id }) => id),
  }));
  return jsonBytes({ encrypted: false, collections: COLLECTIONS, items });
}

export const accountRestrictedV1 = {
  encrypted: true,
  encKeyValidation_DO_NOT_EDIT:
    '2.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  folders: [],
  items: [
    {
      id: uuidOf(1),
      type: 2,
      name: '2.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==|AAAA',
      secureNote: { type: 0 },
    },
  ],
};

export const accountRestrictedV2 = {
  encrypted: true,
  encKeyValidation_DO_NOT_EDIT: '7.AAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  items: [
    { id: uuidOf(1), type: 1, data: '{"format_version":1,"wrapped_cek":"7.AAAA","envelope":"7.BBBB"}' },
  ],
};

export type TestKdf =
  | { type: 'pbkdf2'; iterations: number }
  | { type: 'argon2id'; iterations: number; memory: number; parallelism: number };

async function masterKey(passphrase: string, salt: string, kdf: TestKdf): Promise<Buffer> {
  if (kdf.type === 'pbkdf2') return pbkdf2Sync(passphrase, salt, kdf.iterations, 32, 'sha256');
  const hash = await argon2id({
    password: passphrase,
    salt: createHash('sha256').update(salt).digest(),
    iterations: kdf.iterations,
    memorySize: kdf.memory * 1024,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  return Buffer.from(hash);
}

function encryptString(encryption: Buffer, mac: Buffer, plaintext: Uint8Array): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', encryption, iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const tag = createHmac('sha256', mac).update(iv).update(ciphertext).digest();
  return `2.${[iv, ciphertext, tag].map((part) => part.toString('base64')).join('|')}`;
}

/** A password-protected export of `plaintext`. */
export async function encryptedExport(
  plaintext: Uint8Array,
  passphrase: string,
  kdf: TestKdf,
  parts: Part = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const salt = randomBytes(16).toString('base64');
  const master = await masterKey(passphrase, salt, kdf);
  const expand = (info: string): Buffer =>
    createHmac('sha256', master).update(info).update(Buffer.of(1)).digest();
  const [encryption, mac] = [expand('enc'), expand('mac')];
  return jsonBytes({
    encrypted: true,
    passwordProtected: true,
    salt,
    kdfType: kdf.type === 'pbkdf2' ? 0 : 1,
    kdfIterations: kdf.iterations,
    kdfMemory: kdf.type === 'argon2id' ? kdf.memory : null,
    kdfParallelism: kdf.type === 'argon2id' ? kdf.parallelism : null,
    encKeyValidation_DO_NOT_EDIT: encryptString(encryption, mac, randomBytes(16)),
    data: encryptString(encryption, mac, plaintext),
    ...parts,
  });
}

/** Texts that have broken a vault before, each with what KeePassXC shows of it where that differs. */
export const AWKWARD_TEXTS: readonly string[] = [
  `"double" 'single' \`back\``,
  'line one\nline two\r\nline three\rline four',
  'Umlaut: äöüß ÄÖÜ, ключ, 密码, مفتاح, 🔑',
  'tab\there, bell \u0007, vertical \u000b, escape \u001b, delete \u007f, C1 \u0085',
  '<xml> & ]]> <!-- --> &amp; &#0;',
  '  leading and trailing  ',
  'non-character \uFFFE \uFFFF',
  '=cmd|calc, -1, @x, 0012',
];

/** A database made with kdbxweb directly, its strings unprotected where `isPlain`. */
export async function kdbxOf(
  passphrase: string,
  fill: (db: kdbxweb.Kdbx, root: kdbxweb.KdbxGroup) => void | Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  const credentials = new kdbxweb.Credentials(kdbxweb.ProtectedValue.fromString(passphrase));
  const db = kdbxweb.Kdbx.create(credentials, 'made by a test');
  // AES-KDF: these tests are not about Argon2, and it needs no glue.
  db.setKdf(kdbxweb.Consts.KdfId.Aes);
  await fill(db, db.getDefaultGroup());
  return new Uint8Array(await db.save());
}
