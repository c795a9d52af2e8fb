// Delinea (Thycotic) Secret Server's XML export. A secret is a list of fields that its template defines; the
// usual ones are known by their short names. Folders are paths with backslashes, and may be empty.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { assertCounts } from '../bounds.ts';
import { FolderTree } from '../folder-tree.ts';
import { claimIf, type VaultFormat } from '../format.ts';
import { itemOf, typeByContent } from '../item.ts';
import { kindOfName } from '../key-words.ts';
import type { Field, Item, Totp, Vault } from '../model.ts';
import { parseTotp } from '../totp.ts';
import { childOf, childText, parseXml, type XmlElement } from '../xml-tree.ts';

const FORMAT = 'delinea-xml';
const PRODUCT = 'Delinea Secret Server';
const ROOT = 'ImportFile';

/** Short names of fields that are a part of an entry; the first that is not empty counts. */
const ROLES: Readonly<Record<string, 'username' | 'password' | 'url' | 'notes'>> = {
  username: 'username',
  'user-name': 'username',
  password: 'password',
  url: 'url',
  notes: 'notes',
};

const KNOWN_ELEMENTS = new Set(
  'SecretName SecretTemplateName FolderPath TotpKey TotpBackupCodes SecretItems Permissions'.split(' '),
);

const KNOWN_IN_ITEM = new Set(['FieldName', 'Slug', 'Value']);

const pathOf = (text: string): readonly string[] => text.split('\\').map((name) => name.trim());

interface Parts {
  readonly username: string;
  readonly password: string;
  readonly url: string;
  readonly notes: string;
  readonly fields: readonly Field[];
}

function partsOf(secret: XmlElement): Parts {
  const found = { username: '', password: '', url: '', notes: '' };
  const fields: Field[] = [];
  for (const item of childOf(secret, 'SecretItems')?.children ?? []) {
    const name = childText(item, 'FieldName');
    const slug = (childText(item, 'Slug') || name).trim().toLowerCase();
    const value = childText(item, 'Value');
    const role = Object.hasOwn(ROLES, slug) ? ROLES[slug] : undefined;
    fields.push(...restOf(item, KNOWN_IN_ITEM, `${name || slug || 'field'}: `));
    if (value === '') continue;
    if (role !== undefined && found[role] === '') found[role] = value;
    else fields.push({ name: name || slug || 'field', value, kind: kindOfName(`${name} ${slug}`) });
  }
  return { ...found, fields };
}

/** What stands beside the items and is known to no table here, however deep: kept, hidden. */
function restOf(element: XmlElement, known: ReadonlySet<string>, before = ''): readonly Field[] {
  return element.children
    .filter(({ name }) => !known.has(name))
    .flatMap((child) => textsIn(child, before + child.name));
}

function textsIn({ text, children }: XmlElement, name: string): readonly Field[] {
  const value = text.trim();
  const own: readonly Field[] = value === '' ? [] : [{ name, value, kind: 'hidden' }];
  return [...own, ...children.flatMap((child) => textsIn(child, `${name}: ${child.name}`))];
}

function totpOf(secret: XmlElement): readonly Totp[] {
  const key = childText(secret, 'TotpKey');
  return key.trim() === '' ? [] : [parseTotp(key)];
}

function itemOfSecret(secret: XmlElement, index: number, folders: FolderTree): Item {
  const { username, password, url, notes, fields } = partsOf(secret);
  const codes = childOf(secret, 'TotpBackupCodes');
  const parts = {
    username,
    password,
    urls: url === '' ? [] : [{ uri: url }],
    notes,
    totp: totpOf(secret),
  };
  return itemOf({
    ...parts,
    id: `secret-${index + 1}`,
    type: typeByContent(parts),
    sourceType: childText(secret, 'SecretTemplateName'),
    containerIds: folders.place(pathOf(childText(secret, 'FolderPath'))),
    title: childText(secret, 'SecretName'),
    fields: [
      ...fields,
      ...(codes === undefined ? [] : textsIn(codes, 'TOTP backup codes')),
      ...restOf(secret, KNOWN_ELEMENTS),
    ],
    unmapped: (childOf(secret, 'Permissions')?.children.length ?? 0) > 0 ? ['permissions'] : [],
    raw: secret,
  });
}

function foldersOf(root: XmlElement): FolderTree {
  const folders = new FolderTree();
  for (const folder of childOf(root, 'Folders')?.children ?? [])
    folders.place(pathOf(childText(folder, 'FolderPath') || childText(folder, 'FolderName')));
  return folders;
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const root = parseXml(bytes, FORMAT);
  const list = childOf(root, 'Secrets');
  if (root.name !== ROOT || list === undefined)
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it has no secrets' });
  const secrets = list.children.filter(({ name }) => name === 'Secret');
  assertCounts(secrets.length, 0);
  const folders = foldersOf(root);
  const items = secrets.map((secret, index) => itemOfSecret(secret, index, folders));
  return {
    source: { product: PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: folders.containers,
    items,
    findings: [],
  };
}

export const delineaXml: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: false,
  recognise: ({ xmlRoot }) => claimIf(xmlRoot === ROOT),
  read,
};
