// Proof that a written vault holds what it was written from: it is opened anew, read by the target's own
// reader, which shares no code with the writer, and compared entry by entry. Texts are compared after the
// respelling that the target's format makes unavoidable; beyond that, any difference fails.

import { EscrowError } from '../core/errors.ts';
import { pathsOf } from './container-paths.ts';
import { totalsOf } from './loss.ts';
import type { Attachment, Item, Totp, Vault } from './model.ts';
import { formatOtpauth } from './totp.ts';

/** What a comparison can find unequal; named in the error, never the texts themselves. */
type Aspect =
  | 'title'
  | 'user name'
  | 'password'
  | 'notes'
  | 'addresses'
  | 'one-time codes'
  | 'passkeys'
  | 'custom fields'
  | 'attachments'
  | 'history'
  | 'tags'
  | 'state'
  | 'folder';

/** How a target spells what it was given, and what it has no place for. */
export interface ReadBackRules {
  readonly title: (text: string) => string;
  /** Names of folders, level by level. */
  readonly folder: (text: string) => string;
  /** Where entries go that lie at the top; there, unless the target wants a place for each. */
  readonly unfiled?: string;
  /** Every other text. */
  readonly value: (text: string) => string;
  /** An address, where it is spelt in another way than other texts. */
  readonly url?: (text: string) => string;
  readonly tag: (text: string) => string;
  /** The text that stands for a linked field. */
  readonly linked: (text: string) => string;
  /** The target has one place for a seed; the further ones are among the custom fields. */
  readonly isOneSeed?: boolean;
  /** Further texts of an entry that must be among its custom fields. */
  readonly inFields?: (item: Item) => readonly string[];
  /** One address, and no custom fields: what has no place stands below the notes. */
  readonly isInNotes?: boolean;
  /** What is not compared, because the target cannot hold it; each is in the loss report. */
  readonly without: readonly Aspect[];
}

/** For a target that holds every text as it is. */
export const VERBATIM: ReadBackRules = {
  title: (text) => text,
  folder: (text) => text,
  value: (text) => text,
  tag: (text) => text,
  linked: (text) => text,
  without: [],
};

type Paths = ReadonlyMap<string, readonly string[]>;

/** The seeds that have a place of their own in the target. */
function placedSeeds({ totp }: Item, isOneSeed = false): readonly Totp[] {
  const valid = totp.filter((seed) => seed.valid);
  return isOneSeed ? valid.slice(0, 1) : valid;
}

const seedsOf = (item: Item, isOneSeed?: boolean): readonly string[] =>
  placedSeeds(item, isOneSeed).map(({ secret, algorithm, digits, period, encoder }) =>
    [secret, algorithm, digits, period, encoder].join(' '),
  );

/** A seed as a text of its own, wherever it stands. */
export const looseSeed = (seed: Totp): string => (seed.valid ? formatOtpauth(seed) : seed.original);

const passkeysOf = (item: Item, value: (text: string) => string): readonly string[] =>
  item.passkeys.map((key) =>
    [key.credentialId, key.relyingParty, key.userName, key.userHandle, key.privateKey].map(value).join('\n'),
  );

/** Every text of an entry that has no place of its own in the target and must be among its custom fields. */
function looseTexts(item: Item, rules: ReadBackRules): readonly string[] {
  const placed = new Set(placedSeeds(item, rules.isOneSeed));
  return [
    ...item.fields.map(({ kind, value }) => (kind === 'linked' ? rules.linked(value) : value)),
    ...item.totp.filter((seed) => !placed.has(seed)).map(looseSeed),
    ...Object.values(item.card ?? {}),
    ...Object.values(item.identity ?? {}),
    ...[item.ssh?.privateKey, item.ssh?.publicKey, item.ssh?.fingerprint].filter(
      (text) => text !== undefined,
    ),
    ...(rules.inFields?.(item) ?? []),
  ]
    .filter((text) => text !== '')
    .map(rules.value);
}

/** Whether each of `wanted` is in `given`, as often as it is wanted. */
function hasAll(given: readonly string[], wanted: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const text of given) left.set(text, (left.get(text) ?? 0) + 1);
  return wanted.every((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  });
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

const presentOf = (attachments: readonly Attachment[]): readonly string[] =>
  attachments
    .flatMap(({ status, sha256, size }) => (status === 'present' ? [`${sha256 ?? ''} ${size}`] : []))
    .sort();

/** The place of an entry, its levels parted by slashes: some products nest folders by them alone. */
function placeOf(item: Item, paths: Paths, rules: ReadBackRules): string {
  const main = item.containerIds.find((id) => paths.has(id)) ?? '';
  const path = (paths.get(main) ?? []).map(rules.folder);
  return path.filter((name) => name !== '').join('/') || (rules.unfiled ?? '');
}

interface Comparison {
  readonly wanted: Item;
  readonly given: Item;
  readonly wantedPaths: Paths;
  readonly givenPaths: Paths;
  readonly rules: ReadBackRules;
}

const urisOf = ({ urls }: Item, url: (text: string) => string): readonly string[] =>
  urls.map(({ uri }) => url(uri)).filter((uri) => uri !== '');

/** Whether a text holds each of others. Most are in their order, so that each is looked for behind the one before. */
function holdsAll(text: string, others: readonly string[]): boolean {
  let at = 0;
  return others.every((other) => {
    at = text.indexOf(other, at);
    if (at < 0) at = text.indexOf(other);
    return at >= 0;
  });
}

/** Whether the notes begin as they were and go on with all that has no place of its own. */
function areNotesKept(wanted: Item, given: Item, rules: ReadBackRules): boolean {
  const { value, url = value } = rules;
  const below = [...urisOf(wanted, url).slice(1), ...looseTexts(wanted, rules)];
  return given.notes.startsWith(value(wanted.notes)) && holdsAll(given.notes, below);
}

function differenceOf({ wanted, given, wantedPaths, givenPaths, rules }: Comparison): Aspect | undefined {
  const { title, value, url = value, isInNotes = false } = rules;
  const former = new Set([...given.history.map(({ value }) => value), given.password]);
  const checks: readonly [Aspect, () => boolean][] = [
    ['title', () => given.title === title(wanted.title)],
    ['user name', () => given.username === value(wanted.username)],
    ['password', () => given.password === value(wanted.password)],
    ['notes', () => (isInNotes ? areNotesKept(wanted, given, rules) : given.notes === value(wanted.notes))],
    [
      'addresses',
      () => isSame(urisOf(given, VERBATIM.value), urisOf(wanted, url).slice(0, isInNotes ? 1 : undefined)),
    ],
    ['one-time codes', () => isSame(seedsOf(given), seedsOf(wanted, rules.isOneSeed))],
    [
      'passkeys',
      () =>
        isSame(
          passkeysOf(given, (text) => text),
          passkeysOf(wanted, value),
        ),
    ],
    ['custom fields', () => isInNotes || hasAll(looseTexts(given, VERBATIM), looseTexts(wanted, rules))],
    ['attachments', () => isSame(presentOf(given.attachments), presentOf(wanted.attachments))],
    ['history', () => wanted.history.every((old) => old.value === '' || former.has(value(old.value)))],
    [
      'tags',
      () =>
        hasAll(
          given.tags,
          [...new Set(wanted.tags.map(rules.tag))].filter((tag) => tag !== ''),
        ),
    ],
    ['state', () => (given.state === 'trashed') === (wanted.state === 'trashed')],
    [
      'folder',
      () =>
        wanted.state !== 'active' ||
        placeOf(given, givenPaths, VERBATIM) === placeOf(wanted, wantedPaths, rules),
    ],
  ];
  return checks.find(([aspect, isEqual]) => !rules.without.includes(aspect) && !isEqual())?.[0];
}

/**
 * Compares what was read back with what it was written from.
 *
 * @param ids - For each entry of `source`, the id it was given in the target; or the target keeps their order.
 * @throws {@link EscrowError} `vault.write-mismatch`, naming the kind of difference only.
 */
export function assertReadBack(
  target: string,
  source: Vault,
  ids: readonly string[] | 'in order',
  written: Vault,
  rules: ReadBackRules,
): void {
  const mismatch = (reason: string): EscrowError =>
    new EscrowError('vault.write-mismatch', { target, reason });
  if (written.items.length !== source.items.length)
    throw mismatch(`${source.items.length} entries went in, ${written.items.length} came out`);
  const byId = new Map(written.items.map((item) => [item.id, item]));
  const [wantedPaths, givenPaths] = [pathsOf(source.containers), pathsOf(written.containers)];
  for (const [index, wanted] of source.items.entries()) {
    const given = ids === 'in order' ? written.items[index] : byId.get(ids[index] ?? '');
    if (given === undefined) throw mismatch(`entry ${index + 1} is missing`);
    const difference = differenceOf({ wanted, given, wantedPaths, givenPaths, rules });
    if (difference !== undefined) throw mismatch(`entry ${index + 1} differs in its ${difference}`);
  }
  const [before, after] = [totalsOf(source.items), totalsOf(written.items)];
  const { without, isOneSeed } = rules;
  if (isOneSeed !== true && !without.includes('one-time codes') && before.totp !== after.totp)
    throw mismatch('the totals differ');
  if (!without.includes('attachments') && before.attachmentBytes !== after.attachmentBytes)
    throw mismatch('the totals differ');
}
