// Writes vault.json: exports for docs/vaults.md that no code of holdfast had a part in. Bitwarden's are
// locked with Node's own crypto (and hash-wasm for Argon2), KeePass's are made by keepassxc-cli, and the
// damage is done by hand, one fault a vector. Locking is randomised, so each run writes other files that
// say the same:
//   node test/vectors/vault.js > test/vectors/vault.json

import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2id } from 'hash-wasm';

const PASSPHRASE = 'Möwe & Anker';

/** The same two logins and a note in every vector; the second login lies in a nested folder. */
const ENTRIES = [
  {
    title: 'Firewall',
    username: 'admin',
    password: 'p"a\'s<s>&ß\t1',
    notes: 'line one\nline two',
    seed: 'JBSWY3DPEHPK3PXP',
  },
  { title: 'Backup', username: '', password: ' lead and trail ', notes: '', seed: '' },
  { title: 'Runbook', username: '', password: '', notes: 'call first', seed: '' },
];

const personal = {
  encrypted: false,
  folders: [
    { id: 'f1', name: 'Client' },
    { id: 'f2', name: 'Client/Servers' },
  ],
  items: ENTRIES.map(({ title, username, password, notes, seed }, index) => ({
    id: null,
    organizationId: null,
    folderId: index === 1 ? 'f2' : 'f1',
    type: index === 2 ? 2 : 1,
    reprompt: 0,
    name: title,
    notes: notes || null,
    favorite: false,
    ...(index === 2
      ? { secureNote: { type: 0 } }
      : { login: { uris: [], username: username || null, password, totp: seed || null } }),
  })),
};

const json = (value) => Buffer.from(JSON.stringify(value));

const organisation = () => {
  const collections = personal.folders.map(({ id, name }) => ({
    id,
    organizationId: 'o',
    name,
    externalId: null,
  }));
  const items = personal.items.map((item) => ({
    ...item,
    organizationId: 'o',
    folderId: null,
    collectionIds: [item.folderId],
  }));
  return { encrypted: false, collections, items };
};

async function lock(kdf) {
  const salt = randomBytes(16).toString('base64');
  const master =
    kdf.kdfType === 0
      ? pbkdf2Sync(PASSPHRASE, salt, kdf.kdfIterations, 32, 'sha256')
      : await argon2id({
          password: PASSPHRASE,
          salt: createHash('sha256').update(salt).digest(),
          iterations: kdf.kdfIterations,
          memorySize: kdf.kdfMemory * 1024,
          parallelism: kdf.kdfParallelism,
          hashLength: 32,
          outputType: 'binary',
        });
  const expand = (info) => createHmac('sha256', master).update(info).update(Buffer.of(1)).digest();
  const seal = (plaintext) => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', expand('enc'), iv);
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const mac = createHmac('sha256', expand('mac')).update(iv).update(ciphertext).digest();
    return `2.${[iv, ciphertext, mac].map((part) => part.toString('base64')).join('|')}`;
  };
  return {
    encrypted: true,
    passwordProtected: true,
    salt,
    ...kdf,
    encKeyValidation_DO_NOT_EDIT: seal(randomBytes(16)),
    data: seal(json(personal)),
  };
}

const escape = (text) => text.replace(/[&<>\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const uuid = () => randomBytes(16).toString('base64');
const string = (key, value) => `<String><Key>${key}</Key><Value>${escape(value)}</Value></String>`;

function entryXml({ title, username, password, notes, seed }, extra = '') {
  const otp = seed === '' ? '' : string('otp', `otpauth://totp/x?secret=${seed}&period=30&digits=6`);
  const fields = [
    string('Title', title),
    string('UserName', username),
    string('Password', password),
    string('Notes', notes),
  ];
  return `<Entry><UUID>${uuid()}</UUID>${fields.join('')}${otp}${extra}</Entry>`;
}

function groupXml(id, name, inner) {
  return `<Group><UUID>${id}</UUID><Name>${name}</Name>${inner}</Group>`;
}

/** KeePassXC writes KDBX 3.1 unless an entry has what only KDBX 4 can hold, such as custom data. */
const CUSTOM_DATA = '<CustomData><Item><Key>k</Key><Value>v</Value></Item></CustomData>';

/** One entry in the recycle bin beside the three. */
function keepassXml(version) {
  const [bin, root] = [uuid(), uuid()];
  const extra = version === 4 ? CUSTOM_DATA : '';
  const [firewall, backup, runbook] = ENTRIES.map((entry) => entryXml(entry, extra));
  const servers = groupXml(uuid(), 'Servers', backup);
  const trash = groupXml(bin, 'Recycle Bin', entryXml({ ...ENTRIES[0], title: 'Thrown away', seed: '' }));
  const content = groupXml(root, 'Root', groupXml(uuid(), 'Client', firewall + runbook + servers) + trash);
  const meta = `<Meta><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>${bin}</RecycleBinUUID></Meta>`;
  return `<?xml version="1.0" encoding="UTF-8"?><KeePassFile>${meta}<Root>${content}</Root></KeePassFile>`;
}

function keepass(version) {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  try {
    const [xml, file] = [join(folder, 'in.xml'), join(folder, 'out.kdbx')];
    writeFileSync(xml, keepassXml(version));
    execFileSync('keepassxc-cli', ['import', '-q', '-t', '100', '-p', xml, file], {
      input: `${PASSPHRASE}\n${PASSPHRASE}\n`,
    });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [kdbx3, kdbx4] = [keepass(3), keepass(4)];
const pbkdf2 = await lock({ kdfType: 0, kdfIterations: 10_000, kdfMemory: null, kdfParallelism: null });
const argon2 = await lock({ kdfType: 1, kdfIterations: 2, kdfMemory: 16, kdfParallelism: 2 });

const flip = (bytes, at) => Buffer.from(bytes).fill(bytes.at(at) ^ 1, at, at + 1);

/** The head of a KDBX 4 file, by hand: fields of id, length and value. */
function header(...fields) {
  const start = Buffer.from('03d9a29a67fb4bb500000400', 'hex');
  const field = ([id, hex]) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(id);
    head.writeUInt32LE(hex.length / 2, 1);
    return Buffer.concat([head, Buffer.from(hex, 'hex')]);
  };
  return Buffer.concat([start, ...fields.map(field), field([0, '0d0a0d0a'])]);
}

const AES = '31c1f2e6bf714350be5805216afc5aff';
const TWOFISH = 'ad68f29f576f4bb9a36ad47af965346c';
const ARGON2ID = '9e298b1956db4773b23dfc3ec6f0a1e6';

/** A variant dictionary that asks for Argon2id with this much memory. */
function argon2Parameters(mebibytes) {
  const item = (type, key, value) => {
    const sizes = [key.length, value.length].map((size) => Buffer.from(Uint32Array.of(size).buffer));
    return Buffer.concat([Buffer.of(type), sizes[0], Buffer.from(key), sizes[1], value]);
  };
  const u64 = (value) => Buffer.from(BigUint64Array.of(value).buffer);
  const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
  return Buffer.concat([
    Buffer.of(0, 1),
    item(0x42, '$UUID', Buffer.from(ARGON2ID, 'hex')),
    item(0x42, 'S', Buffer.alloc(32)),
    item(0x04, 'P', u32(2)),
    item(0x05, 'M', u64(mebibytes << 20n)),
    item(0x05, 'I', u64(2n)),
    item(0x04, 'V', u32(0x13)),
    Buffer.of(0),
  ]).toString('hex');
}

const restricted = {
  encrypted: true,
  encKeyValidation_DO_NOT_EDIT: pbkdf2.encKeyValidation_DO_NOT_EDIT,
  folders: [],
  items: [{ id: null, type: 2, name: pbkdf2.encKeyValidation_DO_NOT_EDIT }],
};

const good = (name, format, bytes, trashed = 0) => ({
  name,
  format,
  expect: 'ok',
  trashed,
  file: bytes.toString('base64'),
});
const bad = (name, format, expect, bytes, passphrase = PASSPHRASE) => ({
  name,
  format,
  expect,
  passphrase,
  file: bytes.toString('base64'),
});
const LOCKED = 'bitwarden-encrypted';

const list = [
  good('personal JSON', 'bitwarden-json', json(personal)),
  good('organisation JSON', 'bitwarden-json-org', json(organisation())),
  good('byte order mark', 'bitwarden-json', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), json(personal)])),
  good('locked with PBKDF2', LOCKED, json(pbkdf2)),
  good('locked with Argon2id', LOCKED, json(argon2)),
  good('KDBX 3.1', 'kdbx', kdbx3, 1),
  good('KDBX 4', 'kdbx', kdbx4, 1),
  bad('cut-off JSON', 'bitwarden-json', 'vault.format', json(personal).subarray(0, -20)),
  bad('locked to an account', 'bitwarden-account-restricted', 'vault.account-restricted', json(restricted)),
  bad('wrong passphrase, PBKDF2', LOCKED, 'vault.wrong-passphrase', json(pbkdf2), 'x'),
  bad('wrong passphrase, Argon2id', LOCKED, 'vault.wrong-passphrase', json(argon2), 'x'),
  bad(
    'MAC of the data changed',
    LOCKED,
    'vault.format',
    json({ ...pbkdf2, data: pbkdf2.data.replace(/.{8}$/, 'AAAAAAA=') }),
  ),
  bad('a billion iterations', LOCKED, 'limit.exceeded', json({ ...pbkdf2, kdfIterations: 1_000_000_000 })),
  bad('a key derivation of tomorrow', LOCKED, 'vault.unsupported', json({ ...pbkdf2, kdfType: 2 })),
  bad('wrong passphrase, KDBX 3.1', 'kdbx', 'vault.wrong-passphrase', kdbx3, 'x'),
  bad('wrong passphrase, KDBX 4', 'kdbx', 'vault.wrong-passphrase', kdbx4, 'x'),
  bad('KDBX 3.1 cut off', 'kdbx', 'vault.format', kdbx3.subarray(0, -100)),
  bad('KDBX 4 cut off', 'kdbx', 'vault.format', kdbx4.subarray(0, -100)),
  bad('KDBX 4 block changed', 'kdbx', 'vault.format', flip(kdbx4, kdbx4.length - 80)),
  bad('Twofish', 'kdbx', 'vault.unsupported', header([2, TWOFISH])),
  bad(
    'a terabyte of Argon2 memory',
    'kdbx',
    'limit.exceeded',
    header([2, AES], [11, argon2Parameters(1n << 20n)]),
  ),
];

const titles = ENTRIES.map(({ seed, ...entry }) => ({ ...entry, totp: seed }));
process.stdout.write(`${JSON.stringify({ passphrase: PASSPHRASE, entries: titles, list }, null, 2)}\n`);
