// Real exports by other people's programs, which may not be copied into this repository. They lie in
// ../shared/fixtures/vaults, beside a manifest that says what each is.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FormatId } from '../../src/vault/model.ts';
import { utf8 } from './vaults.ts';

const FOLDER = new URL('../../../shared/fixtures/vaults/', import.meta.url).pathname;
const MANIFEST = join(FOLDER, 'MANIFEST.tsv');

export const areFixturesHere = existsSync(MANIFEST);

export interface SharedFixture {
  readonly file: string;
  /** In the manifest's words. */
  readonly format: string;
  readonly passphrase: Uint8Array | undefined;
  readonly keyFile: Uint8Array | undefined;
  /** A number, "?" or "-". */
  readonly entries: string;
  readonly notes: string;
}

/** "secret + keyfile name", "(none) + keyfile name", "(empty)" or nothing. */
function unlockOf(file: string, text: string): Pick<SharedFixture, 'passphrase' | 'keyFile'> {
  const [password = '', keyFile] = text.split(' + keyfile ');
  const isNone = password === '' || password === '(none)';
  return {
    passphrase: isNone ? undefined : utf8(password === '(empty)' ? '' : password),
    keyFile: keyFile === undefined ? undefined : readFileSync(join(FOLDER, dirname(file), keyFile)),
  };
}

/** Every row of the manifest; none where the folder is absent. */
export function sharedFixtures(): readonly SharedFixture[] {
  if (!areFixturesHere) return [];
  const lines = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [file = '', format = '', , , , password = '', entries = '', , notes = ''] = line.split('\t');
    return { file, format, entries, notes, ...unlockOf(file, password) };
  });
}

export function bytesOfFixture({ file }: SharedFixture): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

/** The manifest's names of formats, as they begin. */
const NAMES: readonly (readonly [string, FormatId])[] = [
  ['KDB', 'kdbx'],
  ['Bitwarden JSON (individual', 'bitwarden-json'],
  ['Bitwarden JSON (org', 'bitwarden-json-org'],
  ['Bitwarden encrypted JSON (account', 'bitwarden-account-restricted'],
  ['Bitwarden encrypted JSON (password', 'bitwarden-encrypted'],
  ['CSV Chrome', 'chrome-csv'],
  ['CSV Firefox', 'firefox-csv'],
  ['CSV Apple', 'apple-csv'],
  ['CSV LastPass', 'lastpass-csv'],
  ['CSV Keeper', 'keeper-csv'],
  ['CSV KeePassXC', 'keepassxc-csv'],
  ['CSV KeePass1', 'keepass1-csv'],
  ['CSV Bitwarden', 'bitwarden-csv'],
  ['CSV 1Password old', '1password-csv-windows'],
  ['CSV NordPass', 'nordpass-csv'],
  ['CSV Proton Pass', 'proton-pass-csv'],
  ['CSV RoboForm', 'roboform-csv'],
  ['CSV Zoho Vault', 'zoho-csv'],
  ['CSV Dashlane', 'dashlane-csv'],
  ['CSV Delinea', 'delinea-csv'],
  ['CSV nextcloud', 'nextcloud-csv'],
  ['1PUX export.data', '1pux'],
  ['1Password 1PIF', '1pif'],
  ['KeePass2 XML', 'keepass-xml'],
  ['Keeper JSON', 'keeper-json'],
  // A Mac's 1Password 7, by its columns.
  ['CSV test', '1password-csv-mac'],
];

/** Files that are not what their name in the manifest says, or that need more than that. */
const BY_FILE: Readonly<Record<string, FormatId>> = {};

/** What the manifest's words mean here; undefined for what no reader knows. */
export function formatOfFixture({ file, format }: SharedFixture): FormatId | undefined {
  return BY_FILE[file] ?? NAMES.find(([name]) => format.startsWith(name))?.[1];
}

/** Files in which the manifest counts rows, and not all of them are entries: here, those that are. */
const ENTRIES: Readonly<Record<string, number>> = {
  // Two of the six are folders.
  'buttercup/data.1pif': 4,
};

/** Entries that must be found, the trash among them; undefined where the manifest gives no number. */
export function entriesOfFixture({ file, entries }: SharedFixture): number | undefined {
  return ENTRIES[file] ?? (/^\d+$/.test(entries) ? Number(entries) : undefined);
}

/** Entries in the recycle bin of files whose row does not say so. */
const IN_BIN: Readonly<Record<string, number>> = { 'kdbxweb/demo.xml': 1, 'buttercup/test.kdbx.xml': 2 };

/** Entries in the recycle bin, which the manifest's count includes. */
export function binOfFixture({ file, notes }: SharedFixture): number {
  return IN_BIN[file] ?? Number(/inRecycleBin=(\d+)/.exec(notes)?.[1] ?? 0);
}

/** Rows that are refused on purpose, and the error each is refused with. */
const REFUSED: readonly (readonly [string, object])[] = [
  ['account-encrypted', { code: 'vault.account-restricted' }],
  ['twofish', { code: 'vault.unsupported', facts: { feature: 'twofish' } }],
  ['broken_kdbx_version', { code: 'vault.unsupported', facts: { feature: 'kdbx-version' } }],
  ['kdb_with_password.kdb', { code: 'vault.unsupported', facts: { feature: 'keepass-1' } }],
  // Nothing in the file says that it wants a hardware key: with any passphrase it is a wrong one.
  ['YubiKey', { code: 'vault.wrong-passphrase', facts: { keyFileGiven: false } }],
];

export function refusalOfFixture({ file }: SharedFixture): object | undefined {
  return REFUSED.find(([part]) => file.includes(part))?.[1];
}
