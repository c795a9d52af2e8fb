// One entry as an item of a Bitwarden export, as its importer reads it. What Bitwarden has no place for
// becomes a custom field, hidden where it may be secret; what it cannot keep at all is noted as a loss.

import { encodeHex, encodeUtf8 } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import type { LossTally } from '../loss.ts';
import type { Details, Field, Item, ItemType, SshKey } from '../model.ts';
import { looseSeed } from '../read-back.ts';
import { bitwardenLogin, mainSeed, MATCH_RULES } from './bitwarden-login.ts';
import { fieldsOfDetails } from './loose-fields.ts';

const LOGIN = 1;
const NOTE = 2;
const CARD = 3;
const IDENTITY = 4;
const SSH_KEY = 5;

const MODEL_TYPES: Readonly<Record<number, ItemType>> = {
  [LOGIN]: 'login',
  [NOTE]: 'note',
  [CARD]: 'card',
  [IDENTITY]: 'identity',
  [SSH_KEY]: 'sshKey',
};

const FIELD_TYPES = { text: 0, hidden: 1, boolean: 2, linked: 3 } as const;
const LINKED_IDS: Readonly<Record<string, number>> = { username: 100, password: 101 };

/** A random UUID, version 4 (RFC 9562). */
export function randomUuid(crypto: CryptoPort): string {
  const bytes = crypto.randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return encodeHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Only a login has a place for what one signs in with, so whatever has any of it becomes one. */
function typeOf(item: Item): number {
  const { username, password, urls, totp, passkeys } = item;
  if (username !== '' || password !== '' || urls.length + totp.length + passkeys.length > 0) return LOGIN;
  if (item.ssh !== undefined) return SSH_KEY;
  if (item.card !== undefined) return CARD;
  if (item.identity !== undefined) return IDENTITY;
  return item.type === 'login' ? LOGIN : NOTE;
}

/** Servers take no entry without a name; Bitwarden's own importers write this. */
const NO_TITLE = '--';

export const bitwardenTitle = (title: string): string => (title.trim() === '' ? NO_TITLE : title);

/**
 * Bytes that stay below what servers take of a text once it is encrypted: 10,000 characters of a note or an
 * address, 5,000 of a secret, 1,000 of anything else. One text that is longer, and the whole import is refused.
 */
const MOST_BYTES = { note: 7_000, secret: 3_500, name: 650 };

/** A character is three bytes at most, or it is two units. */
const isLonger = (text: string, bytes: number): boolean =>
  text.length * 3 > bytes && encodeUtf8(text).length > bytes;

function noteLong(item: Item, type: number, fields: readonly Field[], losses: LossTally): void {
  const { title, username, password, urls, history, card, identity, ssh } = item;
  const secrets = [password, ...fields.map(({ value }) => value), ...history.map(({ value }) => value)];
  const names = [title, username, ...fields.map(({ name }) => name)];
  // Of another type they are among the fields.
  const placed = (details: Details | SshKey | undefined, its: number): readonly string[] =>
    type === its ? Object.values({ ...details }) : [];
  const count = (texts: readonly string[], most: number): number =>
    texts.filter((text) => isLonger(text, most)).length;
  const long =
    count(
      urls.map(({ uri }) => uri),
      MOST_BYTES.note,
    ) +
    count([...secrets, ...placed(ssh, SSH_KEY)], MOST_BYTES.secret) +
    count([...names, ...placed(card, CARD), ...placed(identity, IDENTITY)], MOST_BYTES.name);
  const detail = "whole in the file; Bitwarden's servers may refuse to import it";
  losses.note('degraded', 'long note', detail, isLonger(item.notes, MOST_BYTES.note) ? 1 : 0);
  losses.note('degraded', 'long text', detail, long);
}

const CARD_KEYS = ['cardholderName', 'brand', 'number', 'expMonth', 'expYear', 'code'];
const IDENTITY_KEYS = (
  'title firstName middleName lastName address1 address2 address3 city state postalCode country company email ' +
  'phone ssn username passportNumber licenseNumber'
).split(' ');

/** A card or identity in two parts: what Bitwarden has a place for, and the rest. */
function splitDetails(
  details: Details | undefined,
  keys: readonly string[],
): { kept: Details; rest: Details } {
  const all = Object.entries(details ?? {});
  return {
    kept: Object.fromEntries(all.filter(([key]) => keys.includes(key))),
    rest: Object.fromEntries(all.filter(([key]) => !keys.includes(key))),
  };
}

function looseDetails(item: Item, type: number, losses: LossTally): readonly Field[] {
  const { card, identity, ssh } = item;
  const fields = [
    ...fieldsOfDetails('card', type === CARD ? splitDetails(card, CARD_KEYS).rest : (card ?? {})),
    ...fieldsOfDetails(
      'identity',
      type === IDENTITY ? splitDetails(identity, IDENTITY_KEYS).rest : (identity ?? {}),
    ),
    ...(type === SSH_KEY ? [] : fieldsOfDetails('SSH', { ...ssh })),
  ].filter(({ value }) => value !== '');
  losses.note('moved', 'part of a card, identity or SSH key', 'kept as a custom field', fields.length);
  return fields;
}

function furtherSeeds(item: Item): readonly Field[] {
  const main = mainSeed(item);
  return item.totp
    .filter((seed) => seed !== main)
    .map((seed) => ({ name: 'further one-time-code seed', value: looseSeed(seed), kind: 'hidden' }));
}

/** Texts that Bitwarden has no place for and that are no fields in the model. */
export const bitwardenExtras = ({ tags, expires }: Item): readonly string[] => [
  ...(tags.length > 0 ? [tags.join(', ')] : []),
  ...(expires === undefined ? [] : [expires]),
];

function fieldsOf(item: Item, type: number, losses: LossTally): readonly Field[] {
  const fields: Field[] = [...item.fields, ...furtherSeeds(item), ...looseDetails(item, type, losses)];
  if (item.tags.length > 0) {
    losses.note('moved', 'tags', 'kept as a custom field');
    fields.push({ name: 'Tags', value: item.tags.join(', '), kind: 'text' });
  }
  if (item.expires !== undefined) {
    losses.note('moved', 'expiry', 'kept as a custom field');
    fields.push({ name: 'Expires', value: item.expires, kind: 'text' });
  }
  return fields;
}

function fieldOf({ name, value, kind }: Field, losses: LossTally): object {
  if (kind === 'linked') {
    const known = Object.hasOwn(LINKED_IDS, value) ? LINKED_IDS[value] : undefined;
    const linkedId = known ?? (/^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined);
    if (linkedId !== undefined) return { name, value: null, type: FIELD_TYPES.linked, linkedId };
    losses.note('degraded', 'linked field', 'kept as text: Bitwarden has no such link');
    return { name, value, type: FIELD_TYPES.text, linkedId: null };
  }
  if (kind === 'boolean' && value !== 'true' && value !== 'false') {
    losses.note('degraded', 'yes-or-no field', 'kept as text: it is neither');
    return { name, value, type: FIELD_TYPES.text, linkedId: null };
  }
  return { name, value, type: FIELD_TYPES[kind], linkedId: null };
}

/** Kept by Bitwarden itself. */
const REPROMPT = 'master password re-prompt';

function noteDates(item: Item, losses: LossTally): void {
  if (item.created === undefined || item.modified === undefined)
    losses.note('normalised', 'date of an entry', 'where there is none, the nearest known one stands');
  const undated = item.history.filter(({ at }) => at === undefined).length;
  losses.note('normalised', 'date of an earlier password', 'where there is none, that of the entry', undated);
}

function noteLosses(item: Item, type: number, losses: LossTally): void {
  if (item.type !== MODEL_TYPES[type])
    losses.note('degraded', 'type of an entry', 'it becomes what Bitwarden has a place for its contents in');
  if (item.title.trim() === '') losses.note('normalised', 'empty title', 'Bitwarden wants one: two hyphens');
  if (item.state === 'trashed')
    losses.note('degraded', 'entry in the trash', 'marked as deleted; imported, it may be among the others');
  if (item.state === 'archived')
    losses.note('degraded', 'archived entry', 'marked so; imported, it may be among the others');
  noteDates(item, losses);
  const unmatched = item.urls.filter(
    ({ match }) => match !== undefined && !MATCH_RULES.includes(match),
  ).length;
  losses.note('dropped', 'url match rule', 'Bitwarden has no such rule', unmatched);
  for (const name of item.unmapped)
    if (name !== REPROMPT) losses.note('dropped', name, 'it is not carried over');
}

/** Where an item lies, and whose it is. */
export interface BitwardenPlace {
  readonly organizationId: string | null;
  readonly folderId: string | null;
  readonly collectionIds: readonly string[] | null;
}

/** @param now - Stands in for dates the source does not have; the importer wants them. */
export function bitwardenItem(
  item: Item,
  id: string,
  place: BitwardenPlace,
  losses: LossTally,
  now: string,
): object {
  const type = typeOf(item);
  const modified = item.modified ?? item.created ?? now;
  const created = item.created ?? modified;
  noteLosses(item, type, losses);
  const fields = fieldsOf(item, type, losses);
  noteLong(item, type, fields, losses);
  const { privateKey, publicKey, fingerprint } = item.ssh ?? {};
  return {
    id,
    ...place,
    type,
    reprompt: item.unmapped.includes(REPROMPT) ? 1 : 0,
    name: bitwardenTitle(item.title),
    notes: item.notes === '' ? null : item.notes,
    favorite: item.favourite,
    fields: fields.map((field) => fieldOf(field, losses)),
    ...(type === LOGIN ? { login: bitwardenLogin(item, losses, created) } : {}),
    ...(type === NOTE ? { secureNote: { type: 0 } } : {}),
    ...(type === CARD ? { card: splitDetails(item.card, CARD_KEYS).kept } : {}),
    ...(type === IDENTITY ? { identity: splitDetails(item.identity, IDENTITY_KEYS).kept } : {}),
    ...(type === SSH_KEY ? { sshKey: { privateKey, publicKey, keyFingerprint: fingerprint } } : {}),
    passwordHistory: item.history
      .map(({ value, at }) => ({ lastUsedDate: at ?? modified, password: value }))
      .reverse(),
    revisionDate: modified,
    creationDate: created,
    deletedDate: item.state === 'trashed' ? modified : null,
    ...(item.state === 'archived' ? { archivedDate: modified } : {}),
  };
}
