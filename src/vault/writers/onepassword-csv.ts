// A vault as the CSV that 1Password 8 takes: nine columns, a login a row. Folders become tags; what has no
// column stands below the notes, in plain sight, each text under its name. 1PUX cannot be imported by the
// program that writes it from anybody else, so this is 1Password's only way in.

import type { CryptoPort } from '../../core/crypto.ts';
import { pathsOf } from '../container-paths.ts';
import { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';
import { openVault } from '../open.ts';
import { assertReadBack, VERBATIM, type ReadBackRules } from '../read-back.ts';
import type { VaultTarget, WrittenVault } from '../target.ts';
import { formatOtpauth } from '../totp.ts';
import { cleanTag, cleanValue } from '../xml-text.ts';
import { csvCell, encodeCsv } from './csv-text.ts';
import { firstSeed, looseFields } from './loose-fields.ts';
import { noteTableFolders, noteTableLosses } from './table-losses.ts';

const TARGET = '1password-csv';

const COLUMNS = [
  'Title',
  'Url',
  'Username',
  'Password',
  'OTPAuth',
  'Favorite',
  'Archived',
  'Tags',
  'Notes',
] as const;

const TRASH_TAG = 'Trash';
const BELOW = 'below the notes, in plain sight';

/** The reader takes an address without its blank ends. */
const urlText = (uri: string): string => cleanValue(uri).trim();

/** Folders are compared as tags, by `write`. */
const RULES: ReadBackRules = {
  ...VERBATIM,
  title: cleanValue,
  value: cleanValue,
  url: urlText,
  tag: cleanTag,
  isOneSeed: true,
  isInNotes: true,
  inFields: ({ history, expires }) => [
    ...history.map(({ value }) => value),
    ...(expires === undefined ? [] : [expires]),
  ],
  without: ['passkeys', 'attachments', 'history', 'state', 'folder'],
};

type Paths = ReadonlyMap<string, readonly string[]>;

/** The places of an entry as tags; 1Password shows slashes as levels. */
const folderTags = ({ containerIds }: Item, paths: Paths): readonly string[] =>
  containerIds.map((id) => cleanTag((paths.get(id) ?? []).map(cleanTag).filter(Boolean).join('/')));

function tagsOf(item: Item, paths: Paths, losses: LossTally): readonly string[] {
  const folders = folderTags(item, paths).filter((tag) => tag !== '');
  const own = item.tags.map(cleanTag);
  const respelt = own.filter((tag, index) => tag !== item.tags[index]).length;
  losses.note('normalised', 'tag', 'respelt without the signs that part tags', respelt);
  losses.note('degraded', 'folder', 'a tag with its path', folders.length);
  const trash = item.state === 'trashed' ? [TRASH_TAG] : [];
  return [...new Set([...folders, ...own, ...trash])].filter((tag) => tag !== '');
}

interface Line {
  readonly name: string;
  readonly value: string;
}

/** What has no column, named; each part is counted as moved. */
function linesBelow(item: Item, uris: readonly string[], losses: LossTally): readonly Line[] {
  const further = uris.slice(1).map((value): Line => ({ name: 'address', value }));
  const fields = looseFields(item, BELOW, losses);
  const former = item.history.map(({ value, at }): Line => {
    return { name: at === undefined ? 'earlier password' : `earlier password, ${at}`, value };
  });
  losses.note('moved', 'further address', BELOW, further.length);
  losses.note('degraded', 'custom field', BELOW, item.fields.length);
  losses.note('moved', 'earlier password', BELOW, former.length);
  losses.note('moved', 'expiry', BELOW, item.expires === undefined ? 0 : 1);
  return [
    ...further,
    ...fields,
    ...former,
    ...(item.expires === undefined ? [] : [{ name: 'expires', value: item.expires }]),
    ...item.attachments.map(({ name }) => ({ name: 'attachment, not in this file', value: name })),
  ];
}

/** A text of several lines stands below its name. */
const lineText = ({ name, value }: Line): string =>
  /[\r\n]/.test(value) ? `${name}:\n${value}` : `${name}: ${value}`;

function notesOf(item: Item, lines: readonly Line[]): string {
  const below = lines.map(lineText).join('\n');
  if (below === '') return item.notes;
  return item.notes === '' ? below : `${item.notes}\n\n${below}`;
}

function noteLosses(item: Item, losses: LossTally): void {
  noteTableLosses(item, losses);
  if (item.type !== 'login') losses.note('degraded', 'type of an entry', '1Password makes a login of it');
  if (item.state === 'trashed')
    losses.note('degraded', 'entry in the trash', `archived, with the tag ${TRASH_TAG}`);
  losses.note('dropped', 'passkey', '1Password imports none', item.passkeys.length);
  if (item.created !== undefined || item.modified !== undefined)
    losses.note('dropped', 'date of an entry', 'it is that of the import');
  if (firstSeed(item)?.encoder === 'steam')
    losses.note('degraded', 'Steam seed', '1Password shows codes of another kind for it');
}

function rowOf(item: Item, paths: Paths, losses: LossTally): readonly string[] {
  noteLosses(item, losses);
  const uris = item.urls.map(({ uri }) => urlText(uri)).filter((uri) => uri !== '');
  const seed = firstSeed(item);
  const cells: Readonly<Record<(typeof COLUMNS)[number], string>> = {
    Title: item.title,
    Url: uris[0] ?? '',
    Username: item.username,
    Password: item.password,
    OTPAuth: seed === undefined ? '' : formatOtpauth(seed),
    Favorite: String(item.favourite),
    Archived: String(item.state !== 'active'),
    Tags: tagsOf(item, paths, losses).join(';'),
    Notes: notesOf(item, linesBelow(item, uris, losses)),
  };
  return COLUMNS.map((name) => csvCell(cells[name], losses));
}

/** Each entry with its places as tags, for the comparison. */
function withFolderTags(vault: Vault, paths: Paths): Vault {
  const items = vault.items.map((item) => ({ ...item, tags: [...item.tags, ...folderTags(item, paths)] }));
  return { ...vault, items };
}

async function write(crypto: CryptoPort, vault: Vault): Promise<WrittenVault> {
  const losses = new LossTally();
  const paths = pathsOf(vault.containers);
  noteTableFolders(vault, losses);
  const bytes = encodeCsv([COLUMNS, ...vault.items.map((item) => rowOf(item, paths, losses))]);
  const written = await openVault(crypto, bytes, { format: TARGET, name: TARGET });
  assertReadBack(TARGET, withFolderTags(vault, paths), 'in order', written, RULES);
  return { bytes, loss: losses.report(vault, TARGET, written.items) };
}

export const onePasswordCsvTarget: VaultTarget = {
  id: TARGET,
  ending: 'csv',
  use: 'import it into 1Password 8: File, Import, 1Password CSV',
  isLocked: false,
  write: (crypto, vault) => write(crypto, vault),
};
