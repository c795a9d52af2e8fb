// Proof that a written vault holds what it was written from: it is opened anew, read by the target's own
// reader, which shares no code with the writer, and compared entry by entry. Texts are compared after the
// cleaning that the target's format makes unavoidable; beyond that, any difference fails.

import { EscrowError } from '../core/errors.ts';
import { pathsOf } from './container-paths.ts';
import { totalsOf } from './loss.ts';
import type { Attachment, Item, Totp, Vault } from './model.ts';
import { cleanName, cleanTag, cleanValue } from './xml-text.ts';

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

type Paths = ReadonlyMap<string, readonly string[]>;

const seedsOf = (item: Item): readonly string[] =>
  item.totp
    .filter((seed: Totp) => seed.valid)
    .map(({ secret, algorithm, digits, period, encoder }) =>
      [secret, algorithm, digits, period, encoder].join(' '),
    );

const passkeysOf = (item: Item): readonly string[] =>
  item.passkeys.map((key) =>
    [key.credentialId, key.relyingParty, key.userName, key.userHandle, key.privateKey]
      .map(cleanValue)
      .join('\n'),
  );

/** Every text of an entry that has no place of its own in the target and must be among its custom fields. */
function looseTexts(item: Item): readonly string[] {
  const linked = (text: string): string =>
    text === 'username' || text === 'password' ? `{${text.toUpperCase()}}` : text;
  return [
    ...item.fields.map(({ kind, value }) => (kind === 'linked' ? linked(value) : value)),
    ...Object.values(item.card ?? {}),
    ...Object.values(item.identity ?? {}),
    ...[item.ssh?.privateKey, item.ssh?.publicKey, item.ssh?.fingerprint].filter(
      (text) => text !== undefined,
    ),
    ...item.totp.filter((seed) => !seed.valid).map(({ original }) => original),
  ]
    .filter((text) => text !== '')
    .map(cleanValue);
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

/** The place of an entry: only those in use keep theirs, the others go to where the target keeps such. */
function placeOf(item: Item, paths: Paths): readonly string[] {
  return (paths.get(item.containerIds[0] ?? '') ?? []).map(cleanName);
}

function differenceOf(wanted: Item, given: Item, wantedPaths: Paths, givenPaths: Paths): Aspect | undefined {
  const former = [...given.history.map(({ value }) => value), given.password];
  const checks: readonly [Aspect, () => boolean][] = [
    ['title', () => given.title === cleanName(wanted.title)],
    ['user name', () => given.username === cleanValue(wanted.username)],
    ['password', () => given.password === cleanValue(wanted.password)],
    ['notes', () => given.notes === cleanValue(wanted.notes)],
    [
      'addresses',
      () =>
        isSame(
          given.urls.map(({ uri }) => uri),
          wanted.urls.map(({ uri }) => cleanValue(uri)),
        ),
    ],
    ['one-time codes', () => isSame(seedsOf(given), seedsOf(wanted))],
    ['passkeys', () => isSame(passkeysOf(given), passkeysOf(wanted))],
    [
      'custom fields',
      () =>
        hasAll(
          given.fields.map(({ value }) => value),
          looseTexts(wanted),
        ),
    ],
    ['attachments', () => isSame(presentOf(given.attachments), presentOf(wanted.attachments))],
    [
      'history',
      () => wanted.history.every(({ value }) => value === '' || former.includes(cleanValue(value))),
    ],
    [
      'tags',
      () =>
        hasAll(
          given.tags,
          [...new Set(wanted.tags.map(cleanTag))].filter((tag) => tag !== ''),
        ),
    ],
    ['state', () => (given.state === 'trashed') === (wanted.state === 'trashed')],
    [
      'folder',
      () => wanted.state !== 'active' || isSame(placeOf(given, givenPaths), placeOf(wanted, wantedPaths)),
    ],
  ];
  return checks.find(([, isEqual]) => !isEqual())?.[0];
}

/**
 * Compares what was read back with what it was written from.
 *
 * @param ids - For each entry of `source`, the id it was given in the target.
 * @throws {@link EscrowError} `vault.write-mismatch`, naming the kind of difference only.
 */
export function assertReadBack(target: string, source: Vault, ids: readonly string[], written: Vault): void {
  const mismatch = (reason: string): EscrowError =>
    new EscrowError('vault.write-mismatch', { target, reason });
  if (written.items.length !== source.items.length)
    throw mismatch(`${source.items.length} entries went in, ${written.items.length} came out`);
  const byId = new Map(written.items.map((item) => [item.id, item]));
  const [wantedPaths, givenPaths] = [pathsOf(source.containers), pathsOf(written.containers)];
  for (const [index, wanted] of source.items.entries()) {
    const given = byId.get(ids[index] ?? '');
    if (given === undefined) throw mismatch(`entry ${index + 1} is missing`);
    const difference = differenceOf(wanted, given, wantedPaths, givenPaths);
    if (difference !== undefined) throw mismatch(`entry ${index + 1} differs in its ${difference}`);
  }
  const [before, after] = [totalsOf(source.items), totalsOf(written.items)];
  if (before.totp !== after.totp || before.attachmentBytes !== after.attachmentBytes)
    throw mismatch('the totals differ');
}
