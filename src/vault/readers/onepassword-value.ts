// One field of a section of a 1Password entry: its value is an object with one key, which says what kind
// of value it is. Kinds not known here are kept hidden, with every text in them.

import { isJsonObject, objectOrEmpty, textOf, type JsonObject } from '../json.ts';
import { kindOfName } from '../key-words.ts';
import type { Field, SshKey, Totp } from '../model.ts';
import { parseTotp } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';

/** What one field of a section turned out to be. */
export interface SectionField {
  readonly id: string;
  /** With the section's title before it. */
  readonly name: string;
  readonly kind: string;
  /** The value as one text; empty for what is no text. */
  readonly text: string;
  readonly totp?: Totp;
  readonly ssh?: SshKey;
  /** What a file field says of its file. */
  readonly file?: JsonObject;
  /** The value as custom fields, for when it is nothing better. */
  readonly fields: readonly Field[];
}

const TEXT_KINDS = new Set(
  'string url phone email creditCardType gender menu reference cctype URL'.split(' '),
);
const SECRET_KINDS = new Set(['concealed', 'creditCardNumber']);

/** 209912 → "2099-12". */
function monthOf(text: string): string {
  return /^\d{6}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4)}` : text;
}

/** Seconds since 1970 as a day. Birthdays lie before the year 2000, so no other reading is tried. */
function dayOf(value: unknown): string {
  const text = textOf(value);
  const date = new Date(Number(text) * 1_000);
  return !/^-?\d{1,11}$/.test(text) || Number.isNaN(date.getTime()) ? text : date.toISOString().slice(0, 10);
}

const ADDRESS_KEYS = ['street', 'city', 'state', 'region', 'zip', 'country'];

/** Street, city, state, post code, country: one line each, the empty ones left out. */
function addressOf(value: unknown): string {
  const address = objectOrEmpty(value);
  const lines = ADDRESS_KEYS.map((key) => textOf(address[key]));
  return lines.filter((line) => line !== '').join('\n');
}

function sshOf(value: unknown): SshKey {
  const key = objectOrEmpty(value);
  const metadata = objectOrEmpty(key['metadata']);
  return {
    privateKey: textOf(key['privateKey']) || textOf(metadata['privateKey']),
    publicKey: textOf(metadata['publicKey']),
    fingerprint: textOf(metadata['fingerprint']),
  };
}

function textOfValue(kind: string, value: unknown): string | undefined {
  if (kind === 'monthYear') return monthOf(textOf(value));
  if (kind === 'date') return dayOf(value);
  if (kind === 'address' && isJsonObject(value)) return addressOf(value);
  if (kind === 'email' && isJsonObject(value)) return textOf(value['email_address']);
  return typeof value === 'object' && value !== null ? undefined : textOf(value);
}

/** What a value of several texts says beside the one that stands for it. */
function besideText(kind: string, value: unknown, name: string): readonly Field[] {
  const known = new Set(kind === 'email' ? ['email_address'] : ADDRESS_KEYS);
  const isOfParts = (kind === 'email' || kind === 'address') && isJsonObject(value);
  return isOfParts ? fieldsOfUnknown(value, known, [name]) : [];
}

/**
 * Reads one field.
 *
 * @returns undefined for a field without a value.
 */
export function readSectionField(raw: JsonObject, section: string): SectionField | undefined {
  const id = textOf(raw['id']);
  const title = textOf(raw['title']) || id || 'field';
  const name = section === '' ? title : `${section}: ${title}`;
  const held = raw['value'];
  // One key says the kind; a value without one, or with more, is kept hidden.
  const [[kind, value] = ['', held], ...more] = isJsonObject(held) ? Object.entries(held) : [];
  const further = fieldsOfUnknown(Object.fromEntries(more), new Set(), [name]);
  const base = { id, name, kind, text: '', fields: further };
  if (kind === 'file') return { ...base, file: objectOrEmpty(value) };
  if (kind === 'sshKey') return { ...base, ssh: sshOf(value) };
  const text = textOfValue(kind, value) ?? '';
  if (kind === 'totp' && text !== '') return { ...base, text, totp: parseTotp(text) };
  const parts =
    text === '' && typeof value === 'object' && value !== null
      ? fieldsOfUnknown(value as JsonObject, new Set(), [name])
      : besideText(kind, value, name);
  const isKnown = TEXT_KINDS.has(kind) || ['monthYear', 'date', 'address'].includes(kind);
  const isSecret = SECRET_KINDS.has(kind) || !isKnown;
  const own: readonly Field[] =
    text === '' ? [] : [{ name, value: text, kind: isSecret ? 'hidden' : kindOfName(title) }];
  const fields = [...own, ...parts, ...further];
  return fields.length === 0 ? undefined : { ...base, text, fields };
}
