// One Keeper record as an entry of the model. Custom fields are keys: `$type:label:number` for Keeper's
// own types, any name for a person's. Older exports keep the one-time-code seed under `TFC:Keeper`.

import { missingFile } from '../attached.ts';
import { cardExpiry } from '../card-expiry.ts';
import { itemOf, typeByContent } from '../item.ts';
import { isJsonObject, objectOrEmpty, objectsOf, textOf, type JsonObject } from '../json.ts';
import { kindOfName, wordsOfKey } from '../key-words.ts';
import type { Attachment, Details, Field, Item, ItemType, SshKey, Totp, Url } from '../model.ts';
import { isoTime } from '../times.ts';
import { parseTotp } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';

const FORMAT = 'keeper-json';

const TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  databaseCredentials: 'login',
  serverCredentials: 'login',
  encryptedNotes: 'note',
  bankCard: 'card',
  bankAccount: 'bank',
  sshKeys: 'sshKey',
  contact: 'identity',
  address: 'identity',
};

const KNOWN_KEYS = new Set(
  (
    'uid title $type schema login password login_url notes custom_fields folders references attachments ' +
    'last_modified client_modified_time'
  ).split(' '),
);

/** Keeper's types whose texts are no secrets. */
const OPEN_TYPES = new Set(
  'text multiline email phone name address url host date birthDate expirationDate'.split(' '),
);

interface Key {
  readonly type: string;
  readonly label: string;
}

/** "$oneTimeCode:label:1" → its type and label; a person's own name has no type. */
function keyOf(name: string): Key {
  if (name === 'TFC:Keeper') return { type: 'oneTimeCode', label: '' };
  if (!name.startsWith('$')) return { type: '', label: name };
  const [type = '', ...rest] = name.slice(1).split(':');
  // The number comes third; a label may be one, too.
  if (rest.length > 1 && /^\d+$/.test(rest.at(-1) ?? '')) rest.pop();
  return { type, label: rest.join(':') };
}

/** What the custom fields of one record come to. */
class Custom {
  readonly totp: Totp[] = [];
  readonly urls: Url[] = [];
  readonly fields: Field[] = [];
  readonly attachments: Attachment[] = [];
  card: Details | undefined;
  ssh: SshKey | undefined;

  add(name: string, value: unknown): void {
    if (Array.isArray(value)) for (const part of value as readonly unknown[]) this.#one(keyOf(name), part);
    else this.#one(keyOf(name), value);
  }

  #one(key: Key, value: unknown): void {
    if (key.type === 'fileRef') this.attachments.push(missingFile(textOf(value) || 'file'));
    else if (typeof value === 'object' && value !== null) this.#object(key, value as JsonObject);
    else if (textOf(value) !== '') this.#text(key, textOf(value));
  }

  #text({ type, label }: Key, value: string): void {
    if (type === 'oneTimeCode') this.totp.push(parseTotp(value));
    else if (type === 'url' && label === '') this.urls.push({ uri: value });
    else {
      const name = label || wordsOfKey(type);
      const isOpen = type === '' || OPEN_TYPES.has(type);
      this.fields.push({ name, value, kind: isOpen ? kindOfName(name) : 'hidden' });
    }
  }

  #object({ type, label }: Key, value: JsonObject): void {
    const known = new Set<string>();
    if (type === 'paymentCard' && this.card === undefined) {
      this.card = cardOf(value);
      // Of parts within parts a card has none.
      for (const [name, part] of Object.entries(value)) if (typeof part !== 'object') known.add(name);
    } else if (type === 'keyPair' && this.ssh === undefined) {
      this.ssh = sshOf(value);
      for (const name of ['privateKey', 'publicKey']) known.add(name);
    }
    this.fields.push(...fieldsOfUnknown(value, known, [label || type]));
  }
}

const CARD = new Map([
  ['cardNumber', 'number'],
  ['cardSecurityCode', 'code'],
]);

function cardOf(value: JsonObject): Details {
  const { cardExpirationDate, ...rest } = value;
  const pairs = Object.entries(rest).map(([key, part]) => [CARD.get(key) ?? key, textOf(part)] as const);
  const named = Object.fromEntries(pairs.filter(([, text]) => text !== ''));
  return { ...named, ...cardExpiry(textOf(cardExpirationDate)) };
}

function sshOf(value: JsonObject): SshKey {
  return { privateKey: textOf(value['privateKey']), publicKey: textOf(value['publicKey']), fingerprint: '' };
}

function customOf(record: JsonObject, index: number): Custom {
  const custom = new Custom();
  const own = record['custom_fields'];
  for (const [name, value] of Object.entries(objectOrEmpty(own))) custom.add(name, value);
  // Some versions write a list of names and values.
  if (Array.isArray(own))
    for (const part of objectsOf(own, `records[${index}].custom_fields`, FORMAT))
      custom.add(textOf(part['name']) || `$${textOf(part['type'])}`, part['value']);
  for (const file of objectsOf(record['attachments'], `records[${index}].attachments`, FORMAT))
    custom.attachments.push(missingFile(textOf(file['name']) || textOf(file['title']), Number(file['size'])));
  return custom;
}

function unmappedOf(record: JsonObject): readonly string[] {
  const places = Array.isArray(record['folders']) ? record['folders'].filter(isJsonObject) : [];
  const isShared = places.some((place) => textOf(place['shared_folder']) !== '');
  const hasLinks = Object.keys(objectOrEmpty(record['references'])).length > 0;
  return [...(isShared ? ['sharing rights'] : []), ...(hasLinks ? ['links to other records'] : [])];
}

/**
 * Reads one record.
 *
 * @param index - Its place in the export, for errors and for an id where it has none.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export function readKeeperRecord(record: JsonObject, index: number, containerIds: readonly string[]): Item {
  const custom = customOf(record, index);
  const url = textOf(record['login_url']);
  const sourceType = textOf(record['$type']);
  const modified = isoTime(textOf(record['last_modified']) || textOf(record['client_modified_time']));
  const parts = {
    username: textOf(record['login']),
    password: textOf(record['password']),
    urls: [...(url === '' ? [] : [{ uri: url }]), ...custom.urls],
    totp: custom.totp,
  };
  const known = Object.hasOwn(TYPES, sourceType) ? TYPES[sourceType] : undefined;
  return itemOf({
    ...parts,
    id: textOf(record['uid']) || `record-${index}`,
    type: known ?? typeByContent(parts),
    sourceType,
    containerIds,
    title: textOf(record['title']),
    notes: textOf(record['notes']),
    fields: [...custom.fields, ...fieldsOfUnknown(record, KNOWN_KEYS)],
    attachments: custom.attachments,
    ...(custom.card === undefined ? {} : { card: custom.card }),
    ...(custom.ssh === undefined ? {} : { ssh: custom.ssh }),
    ...(modified === undefined ? {} : { modified }),
    unmapped: unmappedOf(record),
    raw: record,
  });
}
