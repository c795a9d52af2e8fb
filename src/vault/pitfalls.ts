// The ways in which an export is less than it seems (docs/vaults.md lists them with their sources).
// Each check looks at the model, so it serves every product; what only one format can tell is found by
// its reader. Findings count entries and never name one.

import { counted } from '../core/counted.ts';
import { entriesOf, finding } from './findings.ts';
import type { Finding } from '../core/finding.ts';
import type { Item, Vault } from './model.ts';

/** A vault with fewer logins than this may well use no codes at all. */
const LOGINS_TO_EXPECT_TOTP = 20;

/** Marks of where an entry belongs, joined by what cannot occur in a title by accident. */
const SEPARATOR = '\u0000';

type Check = (vault: Vault, live: readonly Item[]) => Finding | undefined;

const checkEmpty: Check = (_vault, live) => {
  if (live.length > 0) return undefined;
  const hint = 'export it again, as somebody who sees the whole vault, and look whether that has entries';
  return finding('error', 'vault.empty', 'the export holds no entries', hint);
};

const checkTotp: Check = (_vault, live) => {
  const logins = live.filter((item) => item.type === 'login');
  if (logins.length === 0 || live.some((item) => item.totp.length > 0)) return undefined;
  return finding(
    logins.length < LOGINS_TO_EXPECT_TOTP ? 'info' : 'warning',
    'vault.no-totp',
    `no one-time-code seed in ${entriesOf(live.length)}`,
    'seeds kept in a separate authenticator need an escrow of their own; some exports leave them out unless ticked',
  );
};

const checkTotpSyntax: Check = (_vault, live) => {
  const count = live.filter((item) => item.totp.some((seed) => !seed.valid)).length;
  if (count === 0) return undefined;
  const hint = 'look at them in the vault: such a seed gives no code in any program';
  return finding(
    'warning',
    'vault.totp-unreadable',
    `${entriesOf(count)} with a one-time-code seed that cannot be read`,
    hint,
  );
};

const checkPasswords: Check = (_vault, live) => {
  const count = live.filter(
    (item) => item.type === 'login' && item.password === '' && item.passkeys.length === 0,
  ).length;
  if (count === 0) return undefined;
  const hint = 'these may be meant so; if not, the one who exported could perhaps not see the passwords';
  return finding('info', 'vault.no-password', `${entriesOf(count)} without a password`, hint);
};

const checkAttachments: Check = (_vault, live) => {
  const missing = live
    .flatMap((item) => item.attachments)
    .filter(({ status }) => status === 'referenced-missing');
  if (missing.length === 0) return undefined;
  const attachments = counted(missing.length, 'attachment that is', 'attachments that are');
  const hint = 'download them and seal them beside the export';
  return finding('warning', 'vault.attachments-missing', `${attachments} named but not in the export`, hint);
};

const checkTrash: Check = ({ items }) => {
  const count = items.filter((item) => item.state === 'trashed').length;
  if (count === 0) return undefined;
  const hint = 'they are kept and marked, and not counted as entries';
  return finding('info', 'vault.trashed', `${entriesOf(count)} in the trash`, hint);
};

const checkArchive: Check = (_vault, live) => {
  const count = live.filter((item) => item.state === 'archived').length;
  if (count === 0) return undefined;
  const hint = 'other programs may skip them on import; conversions here keep them, marked';
  return finding('info', 'vault.archived', `${entriesOf(count)} archived`, hint);
};

/** How many entries share `key` with an earlier one. */
function repeatsOf(items: readonly Item[], key: (item: Item) => string): number {
  return items.length - new Set(items.map(key)).size;
}

const placeOf = (item: Item): string =>
  [item.title, item.username, item.urls[0]?.uri ?? ''].join(SEPARATOR).toLowerCase();

const checkDuplicates: Check = (_vault, live) => {
  const logins = live.filter((item) => item.type === 'login' && item.password !== '');
  const count = repeatsOf(logins, (item) => placeOf(item) + SEPARATOR + item.password);
  if (count === 0) return undefined;
  const hint = 'harmless; they are kept';
  return finding('info', 'vault.duplicates', `${entriesOf(count)} that repeat another one exactly`, hint);
};

const checkStaleCopies: Check = (_vault, live) => {
  const logins = live.filter((item) => item.type === 'login' && item.password !== '' && item.username !== '');
  const same = repeatsOf(logins, placeOf);
  const count = same - repeatsOf(logins, (item) => placeOf(item) + SEPARATOR + item.password);
  if (count === 0) return undefined;
  const hint = 'one of each pair may be an old copy with a dead password: tidy them up in calm';
  const message = `${entriesOf(count)} with the same title, user name and address as another, but another password`;
  return finding('info', 'vault.stale-copies', message, hint);
};

const checkPasskeys: Check = (_vault, live) => {
  const count = live.filter((item) => item.passkeys.length > 0).length;
  if (count === 0) return undefined;
  const hint = 'KeePassXC 2.7.7 and later can use them after a conversion; other programs may not';
  return finding('info', 'vault.passkeys', `${entriesOf(count)} with a passkey`, hint);
};

/** White space at an end, a line break within, or another control character: seldom meant. */
const ODD_PASSWORD = /^\s|\s$|[\x00-\x1f\x7f]/;

const checkOddPasswords: Check = (_vault, live) => {
  const count = live.filter((item) => ODD_PASSWORD.test(item.password)).length;
  if (count === 0) return undefined;
  const message = `${entriesOf(count)} whose password begins or ends with white space or holds a line break or control character`;
  const hint = 'they are kept exactly so; if one is not accepted, try it without';
  return finding('info', 'vault.odd-passwords', message, hint);
};

const checkFolders: Check = ({ containers }, live) => {
  const ids = new Set(containers.map(({ id }) => id));
  const count = live.filter((item) => item.containerIds.some((id) => !ids.has(id))).length;
  if (count === 0) return undefined;
  const hint = 'they will lie at the top; the one who exported could perhaps not see those folders';
  return finding(
    'info',
    'vault.lost-folders',
    `${entriesOf(count)} in a folder that is not in the export`,
    hint,
  );
};

const CHECKS: readonly Check[] = [
  checkEmpty,
  checkAttachments,
  checkTotp,
  checkTotpSyntax,
  checkPasswords,
  checkStaleCopies,
  checkDuplicates,
  checkOddPasswords,
  checkFolders,
  checkPasskeys,
  checkArchive,
  checkTrash,
];

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Entries that are in use: archived ones too, the trash not. */
export function liveItems(vault: Vault): readonly Item[] {
  return vault.items.filter((item) => item.state !== 'trashed');
}

/** Every finding about a vault, its reader's included, the gravest first. */
export function checkVault(vault: Vault): readonly Finding[] {
  const live = liveItems(vault);
  const found = CHECKS.flatMap((check) => check(vault, live) ?? []);
  return [...found, ...vault.findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
