// One item of a Bitwarden export as an entry of the model. Field names are those of the clients' export
// classes (docs/vaults.md names the source). Lenient: exports by other programs leave out `type` and
// more. What the model has no place for becomes a hidden field, or is named in `unmapped`.

import { itemOf } from '../item.ts';
import { isJsonObject, objectOrEmpty, objectsOf, textOf, textsOf, type JsonObject } from '../json.ts';
import type {
  Attachment,
  Details,
  Field,
  FormatId,
  FormerPassword,
  Item,
  ItemType,
  SshKey,
  Url,
} from '../model.ts';
import { parseTotp } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';
import { readBitwardenPasskey, unmappedOfPasskey } from './bitwarden-passkey.ts';

/** CipherType of the clients, 7 and 8 being driver's licence and passport. */
const TYPES: Readonly<Record<string, { type: ItemType; name: string }>> = {
  1: { type: 'login', name: 'login' },
  2: { type: 'note', name: 'secureNote' },
  3: { type: 'card', name: 'card' },
  4: { type: 'identity', name: 'identity' },
  5: { type: 'sshKey', name: 'sshKey' },
  6: { type: 'bank', name: 'bankAccount' },
  7: { type: 'other', name: 'driversLicense' },
  8: { type: 'other', name: 'passport' },
};

/** UriMatchType of the clients, by number. */
const MATCH_RULES = ['domain', 'host', 'startsWith', 'exact', 'regex', 'never'];

/** LinkedIdType of a login; the others stay numbers. */
const LINKED: Readonly<Record<string, string>> = { 100: 'username', 101: 'password' };

/** Keys that have a place in the model, or that mean nothing outside the account (`key`, `object`). */
const KNOWN_KEYS = new Set(
  (
    'id organizationId folderId collectionIds type name notes favorite fields login secureNote card identity ' +
    'sshKey reprompt passwordHistory revisionDate creationDate deletedDate archivedDate key object attachments'
  ).split(' '),
);
const KNOWN_LOGIN_KEYS = new Set(
  'uris uri username password totp fido2Credentials passwordRevisionDate autofillOnPageLoad'.split(' '),
);

/** Whether the type is one this program knows by name. */
export function isKnownType(raw: JsonObject): boolean {
  return raw['type'] === undefined || raw['type'] === null || Object.hasOwn(TYPES, textOf(raw['type']));
}

function typeOf(raw: JsonObject): { type: ItemType; name: string } {
  const stated = textOf(raw['type']);
  const known = Object.hasOwn(TYPES, stated) ? TYPES[stated] : undefined;
  if (known !== undefined) return known;
  if (stated !== '') return { type: 'other', name: stated };
  const implied = Object.values(TYPES).find(({ name }) => isJsonObject(raw[name]));
  return implied ?? { type: 'note', name: '' };
}

function stateOf(raw: JsonObject): Item['state'] {
  if (textOf(raw['deletedDate']) !== '') return 'trashed';
  return textOf(raw['archivedDate']) === '' ? 'active' : 'archived';
}

/** Named texts of an object, the empty ones left out. */
function detailsOf(value: unknown): Details | undefined {
  if (!isJsonObject(value)) return undefined;
  const texts = Object.entries(value).map(([name, part]) => [name, textOf(part)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function sshKeyOf(value: unknown): SshKey | undefined {
  if (!isJsonObject(value)) return undefined;
  return {
    privateKey: textOf(value['privateKey']),
    publicKey: textOf(value['publicKey']),
    fingerprint: textOf(value['keyFingerprint']),
  };
}

function urlsOf(login: JsonObject, place: string, format: FormatId): readonly Url[] {
  const list = objectsOf(login['uris'], `${place}.login.uris`, format);
  const legacy = textOf(login['uri']);
  const urls = list.map((entry): Url => {
    const match = typeof entry['match'] === 'number' ? MATCH_RULES[entry['match']] : undefined;
    return { uri: textOf(entry['uri']), ...(match === undefined ? {} : { match }) };
  });
  if (legacy !== '') urls.push({ uri: legacy });
  // A list that was filtered keeps room for more: of a million, that counts.
  return urls.some(({ uri }) => uri === '') ? urls.filter(({ uri }) => uri !== '') : urls;
}

function fieldOf(raw: JsonObject): Field {
  const name = textOf(raw['name']);
  const value = textOf(raw['value']);
  if (raw['type'] === 3) {
    const linked = textOf(raw['linkedId']);
    return {
      name,
      value: (Object.hasOwn(LINKED, linked) ? LINKED[linked] : undefined) ?? linked,
      kind: 'linked',
    };
  }
  const kind = raw['type'] === 1 ? 'hidden' : raw['type'] === 2 ? 'boolean' : 'text';
  return { name, value, kind };
}

function historyOf(raw: JsonObject, place: string, format: FormatId): readonly FormerPassword[] {
  const list = objectsOf(raw['passwordHistory'], `${place}.passwordHistory`, format);
  const history = list.map((entry): FormerPassword => {
    const at = textOf(entry['lastUsedDate']);
    return { value: textOf(entry['password']), ...(at === '' ? {} : { at }) };
  });
  // Clients write the newest first; a stable sort keeps that order, reversed, where dates are missing.
  return history.reverse().sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}

/** `bw list` names attachments; the files themselves are never inside the JSON. */
function attachmentsOf(raw: JsonObject, place: string, format: FormatId): readonly Attachment[] {
  return objectsOf(raw['attachments'], `${place}.attachments`, format).map((entry) => ({
    name: textOf(entry['fileName']),
    size: Number(textOf(entry['size'])) || 0,
    status: 'referenced-missing',
  }));
}

function unmappedOf(raw: JsonObject, login: JsonObject, passkeys: readonly JsonObject[]): readonly string[] {
  return [
    ...(raw['reprompt'] === 1 ? ['master password re-prompt'] : []),
    ...(login['autofillOnPageLoad'] === true ? ['autofill on page load'] : []),
    ...passkeys.flatMap(unmappedOfPasskey),
  ];
}

function timesOf(raw: JsonObject): Pick<Item, 'created' | 'modified'> {
  const created = textOf(raw['creationDate']);
  const modified = textOf(raw['revisionDate']);
  return { ...(created === '' ? {} : { created }), ...(modified === '' ? {} : { modified }) };
}

function containerIdsOf(raw: JsonObject): readonly string[] {
  const folder = textOf(raw['folderId']);
  const collections = textsOf(raw['collectionIds']);
  if (folder === '') return collections;
  return collections.length === 0 ? [folder] : [...collections, folder];
}

/**
 * Reads one item.
 *
 * @param index - Its place in the export, for errors and for an id where it has none.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export function readBitwardenItem(raw: JsonObject, index: number, format: FormatId): Item {
  const place = `items[${index}]`;
  const login = objectOrEmpty(raw['login']);
  const passkeys = objectsOf(login['fido2Credentials'], `${place}.login.fido2Credentials`, format);
  const seed = textOf(login['totp']);
  const { type, name } = typeOf(raw);
  const card = detailsOf(raw['card']);
  const identity = detailsOf(raw['identity']);
  const ssh = sshKeyOf(raw['sshKey']);
  return itemOf({
    id: textOf(raw['id']) || `item-${index}`,
    type,
    sourceType: name,
    state: stateOf(raw),
    containerIds: containerIdsOf(raw),
    title: textOf(raw['name']),
    username: textOf(login['username']),
    password: textOf(login['password']),
    urls: urlsOf(login, place, format),
    notes: textOf(raw['notes']),
    totp: seed.trim() === '' ? [] : [parseTotp(seed)],
    fields: [
      ...objectsOf(raw['fields'], `${place}.fields`, format).map(fieldOf),
      ...fieldsOfUnknown(raw, KNOWN_KEYS),
      ...fieldsOfUnknown(login, KNOWN_LOGIN_KEYS, ['login']),
    ],
    attachments: attachmentsOf(raw, place, format),
    passkeys: passkeys.map(readBitwardenPasskey),
    ...(card === undefined ? {} : { card }),
    ...(identity === undefined ? {} : { identity }),
    ...(ssh === undefined ? {} : { ssh }),
    history: historyOf(raw, place, format),
    tags: [],
    favourite: raw['favorite'] === true,
    ...timesOf(raw),
    unmapped: unmappedOf(raw, login, passkeys),
    raw,
  });
}
