// Sentences about exports.

import { shownName } from '../shown-text.ts';
import type { ErrorCode, ErrorFacts, OtherFile } from '../../core/errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { unusable } from './sentence.ts';
import type { Reports } from './sentence.ts';

const UNEXAMINED = 'seal takes anything unexamined with --as file';

export const VAULT_REPORTS: Pick<Reports, Extract<ErrorCode, `vault.${string}`>> = {
  'vault.ambiguous': ({ name, candidates }) =>
    unusable(
      candidates.length === 1
        ? `${name} looks like ${candidates.join('')}, and its content does not say so for sure`
        : `${name} could be ${candidates.join(' or ')}, and its content does not say which`,
      `if you know that it is, add --as ${candidates[0] ?? 'FORMAT'}; guessing wrong could lose its first entry`,
    ),
  'vault.unrecognised': ({ name, seems }) =>
    seems === undefined
      ? unusable(
          `${name} is not an export this program knows`,
          'export again in a form that docs/vaults.md lists, or say with --columns what the columns of a CSV are; seal takes anything unexamined with --as file',
        )
      : unusable(`${name} is no export: it is ${OTHER_FILES[seems]}`, OTHER_FILE_HINTS[seems]),
  'vault.format': ({ format, reason, name }) =>
    unusable(
      `${name === undefined ? `the ${format} export` : `${name} (${format})`} cannot be used: ${reason}`,
      'take another copy of it, or export it again; if --as was given, check that it is that format',
    ),
  'vault.account-restricted': ({ name }) =>
    unusable(
      `${name} is an account-restricted Bitwarden export: only the account that made it can read it, so it is worthless once that account or its key is gone`,
      'export again as ".json", or as ".json (Encrypted)" with "Password protected"',
    ),
  'vault.unsupported': ({ name, format, feature }) =>
    unusable(
      feature === 'keepass-1'
        ? `${name} is a database of KeePass 1 (.kdb)`
        : `${name} is a ${format} file that needs ${FEATURE_NAMES[feature]}`,
      feature === 'pgp'
        ? 'export it again without a passphrase, as JSON or ZIP, or seal it with --as file'
        : 'save it again as KDBX 4 with AES or ChaCha20, or seal it with --as file',
    ),
  'vault.passphrase-needed': ({ name, format }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `${name} is locked (${format})`,
    hint: `give its password with --export-password-file FILE${format === 'kdbx' ? ', and its key file, if it has one, with --key-file FILE' : ''}; seal keeps both with it, so that a quorum is enough`,
  }),
  'vault.wrong-passphrase': ({ name, format, keyFileGiven, passphraseGiven = true, isEmpty }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `${name} does not open with ${keyFileGiven ? (passphraseGiven ? 'that password and key file' : 'that key file alone') : isEmpty === true ? 'an empty password' : 'that password'}`,
    hint: keyFileGiven
      ? passphraseGiven
        ? 'check both; a database tied to a hardware key cannot be escrowed'
        : 'it may also need a password (--export-password-file); a database tied to a hardware key cannot be escrowed'
      : `check the password: in a file, a space at its end or a second line counts as part of it${format === 'kdbx' ? '; the database may also need a key file (--key-file) or a hardware key' : ''}`,
  }),
  'vault.key-file': ({ name, reason }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `the key file for ${name} cannot be used: ${reason}`,
    hint: 'give the key file that belongs to this database',
  }),
  'vault.columns': ({ reason }) =>
    unusable(
      `the column mapping cannot be used: ${reason}`,
      'give it with --columns, written as docs/vaults.md shows: columns, and under it title, username, password and so on, each with the name of a column',
    ),
  'vault.clients': ({ field, line, reason }) => ({
    exit: ExitCode.Usage,
    message: `line ${line} of the list of clients: ${field} ${reason}`,
    hint: 'docs/ops/clients.md shows a list of clients',
  }),
  'vault.stays-locked': ({ name, format }) =>
    unusable(
      `${name} (${format}) stays locked here, so it cannot be converted`,
      'open it with pass or gopass and the private key; seal and recover keep it whole',
    ),
  'vault.book-too-long': ({ entries, limit }) => ({
    exit: ExitCode.Usage,
    message: `${entries.toLocaleString('en')} entries are too many for one book; it holds ${limit.toLocaleString('en')}`,
    hint: 'print what is needed first, with --tier 0 or --client NAME',
  }),
  'vault.no-client': ({ wanted, known, more }) => ({
    exit: ExitCode.NotFound,
    message: `there is no ${wanted} in this vault`,
    hint:
      known.length === 0
        ? 'only a list of clients gives tiers (docs/ops/clients.md)'
        : `there are ${known.map(shownName).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }),
  'vault.no-entries': ({ wanted, known, more }) => ({
    exit: ExitCode.NotFound,
    message: `${wanted} has no entries in this vault`,
    hint:
      known.length === 0
        ? 'nobody has any'
        : `these have some: ${known.map(shownName).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }),
  'vault.empty': ({ name }) =>
    unusable(`${name} holds no entries`, 'check that the export was made by somebody who can see the vault'),
  'vault.write-mismatch': ({ target, reason }) => ({
    exit: ExitCode.Unexpected,
    message: `the ${target} file that was made is not what went in: ${reason}`,
    hint: 'use the original exports; they were recovered unchanged',
  }),
};

const OTHER_FILES: Record<OtherFile, string> = {
  'sealed-package': 'sealed with age, as packages of holdfast are',
  picture: 'a picture',
  pdf: 'a PDF',
  spreadsheet: 'a workbook of a spreadsheet program',
  database: "a database, a program's own data",
  archive: 'an archive of a kind that no product exports',
};

const NAME_THE_EXPORT = `name the file that your password manager exported; ${UNEXAMINED}`;

const OTHER_FILE_HINTS: Record<OtherFile, string> = {
  'sealed-package':
    'its cards open it: holdfast recover DIR CARD…; without them, holdfast verify DIR checks it',
  picture: NAME_THE_EXPORT,
  pdf: NAME_THE_EXPORT,
  spreadsheet: `save the sheet as CSV (UTF-8), and say with --columns what its columns are; ${UNEXAMINED}`,
  database: `export from the program itself, in a form that docs/vaults.md lists; ${UNEXAMINED}`,
  archive: `unpack it and name the export inside; ${UNEXAMINED}`,
};

const FEATURE_NAMES: Record<ErrorFacts['vault.unsupported']['feature'], string> = {
  'keepass-1': 'KeePass 1',
  'kdbx-2': 'the old KeePass 2 beta format',
  'kdbx-version': 'a newer KDBX version',
  twofish: 'the Twofish cipher',
  cipher: 'an unknown cipher, if its header is not damaged',
  kdf: 'an unknown key derivation',
  'argon2-version': 'an old Argon2 version',
  'encryption-type': 'an unknown kind of encryption',
  pgp: 'PGP decryption',
};
