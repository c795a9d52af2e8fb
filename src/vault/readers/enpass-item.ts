// One Enpass entry as an entry of the model.

import { decodeBase64 } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { missingFile, presentFile } from '../attached.ts';
import { cardExpiry } from '../card-expiry.ts';
import { itemOf } from '../item.ts';
import { objectsOf, textOf, textsOf, type JsonObject } from '../json.ts';
import { kindOfName } from '../key-words.ts';
import type { Attachment, Details, Field, FormerPassword, Item, ItemType, Totp, Url } from '../model.ts';
import { isoTime } from '../times.ts';
import { parseTotp } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';

const FORMAT = 'enpass-json';

const TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  password: 'login',
  computer: 'login',
  creditcard: 'card',
  identity: 'identity',
  note: 'note',
  finance: 'bank',
};

const KNOWN_KEYS = new Set(
  (
    'uuid title subtitle note category template_type folders fields attachments favorite trashed archived icon ' +
    'auto_submit createdAt updated_at tags'
  ).split(' '),
);

/** Types of fields that are a part of a card, under the model's names. */
const CARD: Readonly<Record<string, string>> = {
  ccName: 'cardholderName',
  ccType: 'brand',
  ccNumber: 'number',
  ccCvc: 'code',
  ccExpiry: 'expiry',
};

/** Enpass writes truth as numbers. */
const isSet = (value: unknown): boolean => value === 1 || value === true;

/** The parts of one entry, as its fields give them. */
class Parts {
  username = '';
  email = '';
  password = '';
  readonly urls: Url[] = [];
  readonly totp: Totp[] = [];
  readonly fields: Field[] = [];
  readonly card = new Map<string, string>();
  readonly history: FormerPassword[] = [];
  removed = 0;
  #section = '';

  add(raw: JsonObject, place: string): void {
    const type = textOf(raw['type']);
    const value = textOf(raw['value']);
    if (type === 'section') this.#section = textOf(raw['label']);
    if (type === 'password') this.#history(raw, place);
    if (type === 'section' || value === '') return;
    if (isSet(raw['deleted'])) this.removed += 1;
    else if (!this.#isPart(type, value)) this.#field(raw, type, value);
  }

  #isPart(type: string, value: string): boolean {
    const own = Object.hasOwn(CARD, type) ? CARD[type] : undefined;
    if (type === 'username' && this.username === '') this.username = value;
    else if (type === 'email' && this.email === '') this.email = value;
    else if (type === 'password' && this.password === '') this.password = value;
    else if (type === 'url') this.urls.push({ uri: value });
    else if (type === 'totp') this.totp.push(parseTotp(value));
    else if (own !== undefined && !this.card.has(own)) this.card.set(own, value);
    else return false;
    return true;
  }

  #field(raw: JsonObject, type: string, value: string): void {
    const label = textOf(raw['label']) || type || 'field';
    const name = this.#section === '' ? label : `${this.#section}: ${label}`;
    const isHidden = isSet(raw['sensitive']) || type === 'password' || type === 'pin';
    this.fields.push({ name, value, kind: isHidden ? 'hidden' : kindOfName(label) });
  }

  #history(raw: JsonObject, place: string): void {
    for (const former of objectsOf(raw['history'], `${place}.history`, FORMAT)) {
      const value = textOf(former['value']);
      const at = isoTime(textOf(former['updated_at']));
      if (value !== '') this.history.push({ value, ...(at === undefined ? {} : { at }) });
    }
  }

  /** An e-mail address is what one signs in with where there is no other name. */
  signIn(): { username: string; fields: readonly Field[] } {
    if (this.username === '' || this.email === '')
      return { username: this.username || this.email, fields: [] };
    return { username: this.username, fields: [{ name: 'email', value: this.email, kind: 'text' }] };
  }
}

async function attachmentsOf(
  crypto: CryptoPort,
  raw: JsonObject,
  place: string,
): Promise<readonly Attachment[]> {
  const attachments: Attachment[] = [];
  for (const file of objectsOf(raw['attachments'], `${place}.attachments`, FORMAT)) {
    const name = textOf(file['name']);
    const bytes = bytesOf(textOf(file['data']));
    attachments.push(bytes === undefined ? missingFile(name) : await presentFile(crypto, name, bytes));
  }
  return attachments;
}

function bytesOf(base64: string): ReturnType<typeof decodeBase64> | undefined {
  if (base64 === '') return undefined;
  try {
    return decodeBase64(base64.replace(/\s+/g, ''));
  } catch {
    // Damaged: it is named, and not there.
    return undefined;
  }
}

function cardOf(parts: ReadonlyMap<string, string>): Details {
  const { expiry = '', ...named } = Object.fromEntries(parts) as Partial<Record<string, string>>;
  return { ...(named as Details), ...cardExpiry(expiry) };
}

function stateOf(raw: JsonObject): Item['state'] {
  if (isSet(raw['trashed'])) return 'trashed';
  return isSet(raw['archived']) ? 'archived' : 'active';
}

function timesOf(raw: JsonObject): Pick<Item, 'created' | 'modified'> {
  const created = isoTime(textOf(raw['createdAt']));
  const modified = isoTime(textOf(raw['updated_at']));
  return { ...(created === undefined ? {} : { created }), ...(modified === undefined ? {} : { modified }) };
}

/**
 * Reads one entry.
 *
 * @param index - Its place in the export, for errors and for an id where it has none.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export async function readEnpassItem(crypto: CryptoPort, raw: JsonObject, index: number): Promise<Item> {
  const place = `items[${index}]`;
  const parts = new Parts();
  for (const field of objectsOf(raw['fields'], `${place}.fields`, FORMAT)) parts.add(field, place);
  const category = textOf(raw['category']);
  const signIn = parts.signIn();
  return itemOf({
    id: textOf(raw['uuid']) || `item-${index}`,
    type: (Object.hasOwn(TYPES, category) ? TYPES[category] : undefined) ?? 'other',
    sourceType: category,
    state: stateOf(raw),
    containerIds: textsOf(raw['folders']).filter((id) => id !== ''),
    title: textOf(raw['title']),
    username: signIn.username,
    password: parts.password,
    urls: parts.urls,
    notes: textOf(raw['note']),
    totp: parts.totp,
    fields: [...signIn.fields, ...parts.fields, ...fieldsOfUnknown(raw, KNOWN_KEYS)],
    attachments: await attachmentsOf(crypto, raw, place),
    ...(parts.card.size === 0 ? {} : { card: cardOf(parts.card) }),
    history: parts.history.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    tags: textsOf(raw['tags']),
    favourite: isSet(raw['favorite']),
    ...timesOf(raw),
    unmapped: parts.removed > 0 ? ['fields that were removed'] : [],
    raw,
  });
}
