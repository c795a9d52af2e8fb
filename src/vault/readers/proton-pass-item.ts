// One Proton Pass item as an entry of the model. A login's address for signing in is an e-mail address or
// a user name; the user name counts where there are both. Passkeys are in a form of Proton's own, which no
// other program can use, so they are kept as hidden fields.

import { itemOf } from '../item.ts';
import { isJsonObject, objectOrEmpty, objectsOf, textOf, textsOf, type JsonObject } from '../json.ts';
import { kindOfName } from '../key-words.ts';
import { namedDetails, type DetailNames } from '../named-details.ts';
import type { NamedValue } from '../named-lines.ts';
import type { Attachment, Field, FormatId, Item, ItemType, Totp } from '../model.ts';
import { isoTime } from '../times.ts';
import { parseTotp } from '../totp.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';

const TYPES: Readonly<Record<string, ItemType>> = {
  login: 'login',
  note: 'note',
  alias: 'other',
  creditCard: 'card',
  identity: 'identity',
  sshKey: 'sshKey',
  wifi: 'login',
  custom: 'other',
};

const KNOWN_KEYS = new Set(
  (
    'itemId shareId folderId data state aliasEmail contentFormatVersion createTime modifyTime pinned pinTime files ' +
    'shareCount'
  ).split(' '),
);
const KNOWN_CONTENT = new Set(
  'itemEmail itemUsername username password urls totpUri passkeys sections'.split(' '),
);
const KNOWN_DATA = new Set('metadata type content extraFields platformSpecific'.split(' '));
/** Names in the content of a card and of a person that mean the same as one of the model's. */
export const PROTON_CARD: DetailNames = { verificationNumber: 'code', expirationDate: 'expiry' };
export const PROTON_PERSON: DetailNames = {
  organization: 'company',
  streetAddress: 'address1',
  zipOrPostalCode: 'postalCode',
  stateOrProvince: 'state',
  countryOrRegion: 'country',
  phoneNumber: 'phone',
  socialSecurityNumber: 'ssn',
};
const CARD = ['cardholderName', 'number', 'verificationNumber', 'expirationDate'];

const TRASHED = 2;

export function isKnownProtonType(raw: JsonObject): boolean {
  return Object.hasOwn(TYPES, textOf(objectOrEmpty(raw['data'])['type']));
}

interface Extra {
  readonly totp: readonly Totp[];
  readonly fields: readonly Field[];
}

/** A person's own fields: text, hidden, seed or point in time. */
function extraOf(list: readonly JsonObject[], section: string): Extra {
  const totp: Totp[] = [];
  const fields: Field[] = [];
  for (const raw of list) {
    const data = objectOrEmpty(raw['data']);
    const own = textOf(raw['fieldName']) || 'field';
    const name = section === '' ? own : `${section}: ${own}`;
    const seed = textOf(data['totpUri']);
    const value = textOf(data['content']) || textOf(data['timestamp']);
    if (seed !== '') totp.push(parseTotp(seed));
    else if (value !== '')
      fields.push({ name, value, kind: raw['type'] === 'hidden' ? 'hidden' : kindOfName(own) });
  }
  return { totp, fields };
}

function sectionsOf(content: JsonObject, place: string, format: FormatId): Extra {
  const parts = objectsOf(content['sections'], `${place}.sections`, format).map((section) =>
    extraOf(
      objectsOf(section['sectionFields'], `${place}.sections.fields`, format),
      textOf(section['sectionName']),
    ),
  );
  return { totp: parts.flatMap(({ totp }) => totp), fields: parts.flatMap(({ fields }) => fields) };
}

interface Special {
  readonly parts: Partial<Item>;
  readonly known: ReadonlySet<string>;
}

const namedTexts = (content: JsonObject, names: readonly string[]): readonly NamedValue[] =>
  names.map((name) => ({ name, value: textOf(content[name]) }));

/** What a card, an identity or a key has beyond a login. */
function specialOf(type: ItemType, content: JsonObject): Special {
  if (type === 'card') {
    const { details } = namedDetails(namedTexts(content, CARD), PROTON_CARD);
    return { parts: { card: details }, known: new Set([...CARD, 'cardType']) };
  }
  if (type === 'identity') {
    const names = Object.keys(content).filter((name) => typeof content[name] === 'string');
    const { details, rest } = namedDetails(namedTexts(content, names), PROTON_PERSON);
    const left = new Set(rest.map(({ name }) => name));
    return { parts: { identity: details }, known: new Set(names.filter((name) => !left.has(name))) };
  }
  if (type !== 'sshKey') return { parts: {}, known: new Set() };
  const ssh = {
    privateKey: textOf(content['privateKey']),
    publicKey: textOf(content['publicKey']),
    fingerprint: '',
  };
  return { parts: { ssh }, known: new Set(['privateKey', 'publicKey']) };
}

function timesOf(raw: JsonObject): Pick<Item, 'created' | 'modified'> {
  const created = isoTime(textOf(raw['createTime']));
  const modified = isoTime(textOf(raw['modifyTime']));
  return { ...(created === undefined ? {} : { created }), ...(modified === undefined ? {} : { modified }) };
}

function signInOf(content: JsonObject, aliasEmail: string): { username: string; fields: readonly Field[] } {
  const email = textOf(content['itemEmail']) || aliasEmail;
  // Before there were two, `username` held either.
  const username = textOf(content['itemUsername']) || textOf(content['username']);
  if (username === '' || email === '' || username === email)
    return { username: username || email, fields: [] };
  return { username, fields: [{ name: 'email', value: email, kind: 'text' }] };
}

/**
 * Reads one item.
 *
 * @param fileOf - Gives the file that the archive holds under a name.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export async function readProtonItem(
  raw: JsonObject,
  place: string,
  format: FormatId,
  containerIds: readonly string[],
  fileOf: (name: string) => Promise<Attachment>,
): Promise<Item> {
  const data = objectOrEmpty(raw['data']);
  const content = objectOrEmpty(data['content']);
  const metadata = objectOrEmpty(data['metadata']);
  const sourceType = textOf(data['type']);
  const type = (Object.hasOwn(TYPES, sourceType) ? TYPES[sourceType] : undefined) ?? 'other';
  const special = specialOf(type, content);
  const extra = extraOf(objectsOf(data['extraFields'], `${place}.extraFields`, format), '');
  const sections = sectionsOf(content, place, format);
  const signIn = signInOf(content, textOf(raw['aliasEmail']));
  const passkeys = Array.isArray(content['passkeys']) ? content['passkeys'].filter(isJsonObject) : [];
  const seed = textOf(content['totpUri']);
  const attachments: Attachment[] = [];
  for (const file of textsOf(raw['files'])) attachments.push(await fileOf(file));
  return itemOf({
    id: textOf(raw['itemId']) || place,
    type,
    sourceType,
    state: raw['state'] === TRASHED ? 'trashed' : 'active',
    containerIds,
    title: textOf(metadata['name']),
    username: signIn.username,
    password: textOf(content['password']),
    urls: textsOf(content['urls']).map((uri) => ({ uri })),
    notes: textOf(metadata['note']),
    totp: [...(seed.trim() === '' ? [] : [parseTotp(seed)]), ...extra.totp, ...sections.totp],
    fields: [
      ...signIn.fields,
      ...extra.fields,
      ...sections.fields,
      ...passkeys.flatMap((passkey) => fieldsOfUnknown(passkey, new Set(), ['passkey'])),
      ...fieldsOfUnknown(content, new Set([...KNOWN_CONTENT, ...special.known])),
      ...fieldsOfUnknown(data, KNOWN_DATA),
      ...fieldsOfUnknown(raw, KNOWN_KEYS),
    ],
    attachments,
    ...special.parts,
    favourite: raw['pinned'] === true,
    ...timesOf(raw),
    unmapped: [
      ...(passkeys.length > 0 ? ["passkeys in a form of Proton's own"] : []),
      ...(isJsonObject(data['platformSpecific']) ? ['rules for one platform'] : []),
    ],
    raw,
  });
}
