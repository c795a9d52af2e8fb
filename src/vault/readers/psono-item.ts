// One Psono entry as an entry of the model.

import { cardExpiry } from '../card-expiry.ts';
import { itemOf } from '../item.ts';
import { isJsonObject, objectsOf, textOf, textsOf, type JsonObject } from '../json.ts';
import { kindOfName, wordsOfKey } from '../key-words.ts';
import type { Details, Field, Item, ItemType, Totp } from '../model.ts';
import { isoTime } from '../times.ts';
import { totpFromParts } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';

const FORMAT = 'psono-json';

const TYPES: Readonly<Record<string, ItemType>> = {
  website_password: 'login',
  application_password: 'login',
  totp: 'login',
  bookmark: 'login',
  passkey: 'login',
  note: 'note',
  environment_variables: 'other',
  credit_card: 'card',
  identity: 'identity',
  ssh_own_key: 'sshKey',
  mail_gpg_own_key: 'other',
  elster_certificate: 'other',
};

/** Keys of the entry itself, which have no type before them. */
const OWN_KEYS = new Set(
  'id type name urlfilter create_date write_date custom_fields tags description deleted share_id'.split(' '),
);
/** Keys of any type, without it. */
const KNOWN_KEYS =
  'title url username password notes totp_code totp_period totp_algorithm totp_digits url_filter auto_submit'.split(
    ' ',
  );

const CARD: Readonly<Record<string, string>> = { number: 'number', name: 'cardholderName', cvc: 'code' };

export function isKnownPsonoType(raw: JsonObject): boolean {
  return Object.hasOwn(TYPES, textOf(raw['type']));
}

/** The entry with its type taken off its keys, and without its own: `name` of a card is the holder. */
function shortened(raw: JsonObject, type: string): JsonObject {
  const prefix = `${type}_`;
  const pairs = Object.entries(raw).filter(([key]) => !OWN_KEYS.has(key));
  return Object.fromEntries(
    pairs.map(([key, value]) => [key.startsWith(prefix) ? key.slice(prefix.length) : key, value]),
  );
}

/** An entry of type totp keeps its seed without the word; its other keys are shortened already. */
function totpOf(short: JsonObject, type: string): readonly Totp[] {
  const prefix = type === 'totp' ? '' : 'totp_';
  const at = (key: string): string => textOf(short[prefix + key]);
  const code = at('code');
  if (code.trim() === '') return [];
  return [
    totpFromParts(
      {
        secret: code,
        period: at('period'),
        digits: at('digits'),
        algorithm: at('algorithm') === '' ? undefined : at('algorithm'),
      },
      code,
    ),
  ];
}

function cardOf(short: JsonObject): Details {
  const pairs = Object.entries(CARD).map(([from, to]) => [to, textOf(short[from])] as const);
  const named = Object.fromEntries(pairs.filter(([, text]) => text !== ''));
  return { ...named, ...cardExpiry(textOf(short['valid_through'])) };
}

/** Names and values of a list: variables, and a person's own fields. */
function pairsOf(list: readonly JsonObject[]): Field[] {
  return list.flatMap((raw): Field[] => {
    const name = textOf(raw['name']) || textOf(raw['key']) || 'field';
    const value = textOf(raw['value']);
    const isHidden = /pass|hidden|secret/.test(textOf(raw['type'])) || 'key' in raw;
    return value === '' ? [] : [{ name, value, kind: isHidden ? 'hidden' : kindOfName(name) }];
  });
}

/** What a card, a key or a list of variables has beyond a login. */
function specialOf(type: string, short: JsonObject): { parts: Partial<Item>; known: readonly string[] } {
  if (type === 'credit_card')
    return { parts: { card: cardOf(short) }, known: [...Object.keys(CARD), 'valid_through'] };
  if (type === 'totp') return { parts: {}, known: ['code', 'period', 'algorithm', 'digits'] };
  if (type !== 'ssh_own_key') return { parts: {}, known: [] };
  const ssh = { privateKey: textOf(short['private']), publicKey: textOf(short['public']), fingerprint: '' };
  return { parts: { ssh }, known: ['private', 'public'] };
}

function timesOf(raw: JsonObject): Pick<Item, 'created' | 'modified'> {
  const created = isoTime(textOf(raw['create_date']));
  const modified = isoTime(textOf(raw['write_date']));
  return { ...(created === undefined ? {} : { created }), ...(modified === undefined ? {} : { modified }) };
}

/** `callback_url` → "callback url". */
function spelt(fields: readonly Field[]): readonly Field[] {
  return fields.map((field) => ({ ...field, name: wordsOfKey(field.name).replaceAll('_', ' ') }));
}

/**
 * Reads one entry.
 *
 * @param index - Its place in the export, for errors and for an id where it has none.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export function readPsonoItem(raw: JsonObject, index: number, containerIds: readonly string[]): Item {
  const type = textOf(raw['type']);
  const short = shortened(raw, type);
  const special = specialOf(type, short);
  const url = textOf(short['url']);
  const custom = objectsOf(raw['custom_fields'], `items[${index}].custom_fields`, FORMAT);
  const variables = Array.isArray(short['variables']) ? short['variables'].filter(isJsonObject) : [];
  const known = new Set([...KNOWN_KEYS, ...special.known, ...(variables.length > 0 ? ['variables'] : [])]);
  const description = textOf(raw['description']);
  return itemOf({
    id: textOf(raw['id']) || `item-${index}`,
    type: (Object.hasOwn(TYPES, type) ? TYPES[type] : undefined) ?? 'other',
    sourceType: type,
    state: raw['deleted'] === true ? 'trashed' : 'active',
    containerIds,
    title: textOf(short['title']) || textOf(raw['name']),
    username: textOf(short['username']),
    password: textOf(short['password']),
    urls: url === '' ? [] : [{ uri: url }],
    notes: textOf(short['notes']),
    totp: totpOf(short, type),
    fields: [
      ...(description === '' ? [] : [{ name: 'description', value: description, kind: 'text' } as const]),
      ...pairsOf(custom),
      ...pairsOf(variables),
      ...spelt(fieldsOfUnknown(short, known)),
    ],
    ...special.parts,
    tags: textsOf(raw['tags']),
    ...timesOf(raw),
    unmapped: textOf(short['url_filter']) === '' ? [] : ['rule for matching addresses'],
    raw,
  });
}
