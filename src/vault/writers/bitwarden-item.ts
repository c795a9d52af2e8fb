// One entry as an item of a Bitwarden export, as its importer reads it. What Bitwarden has no place for
// becomes a custom field, hidden where it may be secret; what it cannot keep at all is noted as a loss.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { wordsOfKey } from '../key-words.ts';
import type { LossTally } from '../loss.ts';
import type { Details, Field, Item, Passkey, Totp } from '../model.ts';
import { formatOtpauth } from '../totp.ts';

const LOGIN = 1;
const NOTE = 2;
const CARD = 3;
const IDENTITY = 4;
const SSH_KEY = 5;

const FIELD_TYPES = { text: 0, hidden: 1, boolean: 2, linked: 3 } as const;
const LINKED_IDS: Readonly<Record<string, number>> = { username: 100, password: 101 };
const MATCH_RULES = ['domain', 'host', 'startsWith', 'exact', 'regex', 'never'];

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

const seedText = (seed: Totp): string =>
  seed.encoder === 'steam' ? `steam://${seed.secret}` : formatOtpauth(seed);

function passkeyOf(passkey: Passkey, created: string): object {
  const { credentialId, relyingParty, userName, userHandle, privateKey } = passkey;
  return {
    credentialId: `b64.${credentialId}`,
    keyType: 'public-key',
    keyAlgorithm: 'ECDSA',
    keyCurve: 'P-256',
    keyValue: privateKey.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    rpId: relyingParty,
    userHandle,
    userName,
    counter: '0',
    rpName: '',
    userDisplayName: '',
    discoverable: 'true',
    creationDate: created,
  };
}

function loginOf(item: Item, losses: LossTally, created: string): object {
  const [seed, ...further] = item.totp;
  losses.note('moved', 'further one-time-code seeds', 'kept as hidden fields', further.length);
  return {
    uris: item.urls.map(({ uri, match }) => ({
      match: match === undefined || !MATCH_RULES.includes(match) ? null : MATCH_RULES.indexOf(match),
      uri,
    })),
    username: item.username === '' ? null : item.username,
    password: item.password === '' ? null : item.password,
    totp: seed === undefined ? null : seed.valid ? seedText(seed) : seed.original,
    fido2Credentials: item.passkeys.map((passkey) => passkeyOf(passkey, created)),
  };
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

const detailFields = (heading: string, details: Details): readonly Field[] =>
  Object.entries(details).map(([name, value]) => ({
    name: `${heading}: ${wordsOfKey(name)}`,
    value,
    kind: 'hidden',
  }));

function looseDetails(item: Item, type: number, losses: LossTally): readonly Field[] {
  const { card, identity, ssh } = item;
  const fields = [
    ...detailFields('card', type === CARD ? splitDetails(card, CARD_KEYS).rest : (card ?? {})),
    ...detailFields(
      'identity',
      type === IDENTITY ? splitDetails(identity, IDENTITY_KEYS).rest : (identity ?? {}),
    ),
    ...(type === SSH_KEY ? [] : detailFields('SSH', { ...ssh })),
  ].filter(({ value }) => value !== '');
  losses.note('moved', 'part of a card, identity or SSH key', 'kept as a custom field', fields.length);
  return fields;
}

function fieldsOf(item: Item, type: number, losses: LossTally): readonly Field[] {
  const fields: Field[] = [
    ...item.fields,
    ...item.totp
      .slice(1)
      .map((seed): Field => ({ name: 'further one-time-code seed', value: seed.original, kind: 'hidden' })),
    ...looseDetails(item, type, losses),
  ];
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

function fieldOf({ name, value, kind }: Field): object {
  const linkedId = kind === 'linked' ? (LINKED_IDS[value] ?? (Number(value) || null)) : null;
  return { name, value: kind === 'linked' ? null : value, type: FIELD_TYPES[kind], linkedId };
}

function noteLosses(item: Item, losses: LossTally): void {
  if (item.type === 'bank' || item.type === 'other')
    losses.note('degraded', 'type of an entry', 'it becomes a login or a note with custom fields');
  if (item.containerIds.length > 1)
    losses.note('degraded', 'entry in several folders', 'it lies in the first');
  const unmatched = item.urls.filter(
    ({ match }) => match !== undefined && !MATCH_RULES.includes(match),
  ).length;
  losses.note('dropped', 'url match rule', 'Bitwarden has no such rule', unmatched);
  for (const name of item.unmapped) losses.note('dropped', name, 'it is not carried over');
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
  noteLosses(item, losses);
  const { privateKey, publicKey, fingerprint } = item.ssh ?? {};
  return {
    id,
    ...place,
    type,
    reprompt: item.unmapped.includes('master password re-prompt') ? 1 : 0,
    name: item.title,
    notes: item.notes === '' ? null : item.notes,
    favorite: item.favourite,
    fields: fieldsOf(item, type, losses).map(fieldOf),
    ...(type === LOGIN ? { login: loginOf(item, losses, created) } : {}),
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
