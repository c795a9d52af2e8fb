// One entry of a 1Password export as an entry of the model. User name and password are where one expects
// them only in logins: a password of its own lies beside them, and servers, databases and API credentials
// keep theirs among ordinary fields. Fields of a section carry its title before their own.

import { itemOf } from '../item.ts';
import { isJsonObject, objectOrEmpty, objectsOf, textOf, textsOf, type JsonObject } from '../json.ts';
import { kindOfName } from '../key-words.ts';
import type { Attachment, Field, FormatId, FormerPassword, Item, Url } from '../model.ts';
import { isoTime } from '../times.ts';
import { fieldsOfUnknown } from '../unknown-fields.ts';
import { categoryOf, type Category } from './onepassword-categories.ts';
import { detailsOfSections } from './onepassword-details.ts';
import { readSectionField, type SectionField } from './onepassword-value.ts';

type OnePasswordFormat = Extract<FormatId, '1pux' | '1pif'>;

/** Gives the file that a document or a file field names. */
type FileSource = (file: JsonObject) => Promise<Attachment>;

const KNOWN_DETAILS = new Set(
  'loginFields notesPlain sections password passwordHistory documentAttributes'.split(' '),
);
const KNOWN_ITEM_KEYS = new Set(
  'uuid favIndex createdAt updatedAt trashed state categoryUuid details overview'.split(' '),
);
/** Of the overview: what is repeated from elsewhere, or is 1Password's opinion of the password. */
const KNOWN_OVERVIEW = new Set('subtitle title url urls tags icons ps pbe pgrng ainfo pws'.split(' '));

interface Login {
  readonly username: string;
  readonly password: string;
  readonly fields: readonly Field[];
}

function loginOf(details: JsonObject, place: string, format: FormatId): Login {
  const fields: Field[] = [];
  const found = { username: '', password: '' };
  for (const raw of objectsOf(details['loginFields'], `${place}.loginFields`, format)) {
    const value = textOf(raw['value']);
    const designation = textOf(raw['designation']);
    if (value === '') continue;
    if ((designation === 'username' || designation === 'password') && found[designation] === '') {
      found[designation] = value;
      continue;
    }
    const name = textOf(raw['name']) || textOf(raw['id']) || 'field';
    fields.push({ name, value, kind: raw['fieldType'] === 'P' ? 'hidden' : kindOfName(name) });
  }
  const own = textOf(details['password']);
  if (found.password === '') found.password = own;
  else if (own !== '' && own !== found.password)
    fields.push({ name: 'password', value: own, kind: 'hidden' });
  return { ...found, fields };
}

function urlsOf(overview: JsonObject, place: string, format: FormatId): readonly Url[] {
  const listed = objectsOf(overview['urls'], `${place}.urls`, format).map(({ url }) => textOf(url));
  const uris = new Set([textOf(overview['url']), ...listed]);
  return [...uris].filter((uri) => uri !== '').map((uri) => ({ uri }));
}

function historyOf(details: JsonObject, place: string, format: FormatId): readonly FormerPassword[] {
  const list = objectsOf(details['passwordHistory'], `${place}.passwordHistory`, format);
  const history = list.map((raw): FormerPassword => {
    const at = isoTime(textOf(raw['time']));
    return { value: textOf(raw['value']), ...(at === undefined ? {} : { at }) };
  });
  return history
    .filter(({ value }) => value !== '')
    .reverse()
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}

function sectionFieldsOf(details: JsonObject, place: string, format: FormatId): readonly SectionField[] {
  return objectsOf(details['sections'], `${place}.sections`, format).flatMap((section, index) => {
    const title = textOf(section['title']);
    const fields = objectsOf(section['fields'], `${place}.sections[${index}].fields`, format);
    return fields.map((raw) => readSectionField(raw, title)).filter((field) => field !== undefined);
  });
}

/** The field of an id, if the category keeps something under that id and nothing better was found. */
function pick(
  fields: readonly SectionField[],
  id: string | undefined,
  found: string,
): SectionField | undefined {
  if (id === undefined || found !== '') return undefined;
  return fields.find((field) => field.id === id && field.text !== '' && field.totp === undefined);
}

async function attachmentsOf(
  details: JsonObject,
  fields: readonly SectionField[],
  fileOf: FileSource,
): Promise<readonly Attachment[]> {
  const document = details['documentAttributes'];
  const named = fields.map(({ file }) => file).filter((file) => file !== undefined);
  const attachments: Attachment[] = [];
  for (const file of [...(isJsonObject(document) ? [document] : []), ...named])
    attachments.push(await fileOf(file));
  return attachments;
}

function stateOf(raw: JsonObject): Item['state'] {
  if (raw['trashed'] === true || raw['state'] === 'trashed') return 'trashed';
  return raw['state'] === 'archived' ? 'archived' : 'active';
}

function timesOf(raw: JsonObject): Pick<Item, 'created' | 'modified'> {
  const created = isoTime(textOf(raw['createdAt']));
  const modified = isoTime(textOf(raw['updatedAt']));
  return { ...(created === undefined ? {} : { created }), ...(modified === undefined ? {} : { modified }) };
}

const UNKNOWN: Category = { name: '', type: 'other' };

/**
 * Reads one entry.
 *
 * @param place - Where it stands, for errors and for an id where it has none.
 * @throws {@link EscrowError} `vault.format` when a list in it holds something else than objects.
 */
export async function readOnePasswordItem(
  raw: JsonObject,
  place: string,
  format: OnePasswordFormat,
  containerIds: readonly string[],
  fileOf: FileSource,
): Promise<Item> {
  const details = objectOrEmpty(raw['details']);
  const overview = objectOrEmpty(raw['overview']);
  const number = textOf(raw['categoryUuid']);
  const category = categoryOf(number) ?? UNKNOWN;
  const login = loginOf(details, place, format);
  const all = sectionFieldsOf(details, place, format);
  const urls = urlsOf(overview, place, format);
  const username = pick(all, category.username, login.username);
  const password = pick(all, category.password, login.password);
  const url = pick(all, category.url, urls[0]?.uri ?? '');
  const ssh = all.find((field) => field.ssh !== undefined);
  const rest = all.filter((field) => ![username, password, url].includes(field));
  const special = detailsOfSections(category.type, rest);
  const fields = special.rest.flatMap(({ fields: own }) => own);
  const further = special.rest.filter((field) => field.ssh !== undefined && field !== ssh);
  return itemOf({
    id: textOf(raw['uuid']) || place,
    type: category.type,
    sourceType: category.name || number,
    state: stateOf(raw),
    containerIds,
    title: textOf(overview['title']),
    username: login.username || (username?.text ?? ''),
    password: login.password || (password?.text ?? ''),
    urls: url === undefined ? urls : [...urls, { uri: url.text }],
    notes: textOf(details['notesPlain']),
    totp: all.map(({ totp }) => totp).filter((totp) => totp !== undefined),
    fields: [
      ...login.fields,
      ...fields,
      ...further.map(({ name, ssh: key }): Field => ({ name, value: key?.privateKey ?? '', kind: 'hidden' })),
      ...fieldsOfUnknown(details, KNOWN_DETAILS),
      ...fieldsOfUnknown(raw, KNOWN_ITEM_KEYS),
    ],
    attachments: await attachmentsOf(details, all, fileOf),
    ...(special.card === undefined ? {} : { card: special.card }),
    ...(special.identity === undefined ? {} : { identity: special.identity }),
    ...(ssh?.ssh === undefined ? {} : { ssh: ssh.ssh }),
    history: historyOf(details, place, format),
    tags: textsOf(overview['tags']),
    favourite: Number(raw['favIndex']) > 0,
    ...timesOf(raw),
    unmapped: Object.keys(overview).filter((key) => !KNOWN_OVERVIEW.has(key)),
    raw,
  });
}

/** Whether the category is one this program knows by name. */
export function isKnownCategory(raw: JsonObject): boolean {
  return categoryOf(textOf(raw['categoryUuid'])) !== undefined;
}
