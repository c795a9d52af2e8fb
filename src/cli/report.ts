// The one table from error code to sentence, hint and exit code. Each message says what is true in
// lower case; each hint says what to do next. A code without a sentence does not compile.

import { EscrowError } from '../core/errors.ts';
import type { ErrorCode, ErrorFacts } from '../core/errors.ts';
import { ExitCode } from './exit-codes.ts';

export interface Report {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string;
}

type Reports = { [C in ErrorCode]: (facts: ErrorFacts[C]) => Report };

const damaged = (message: string, hint: string): Report => ({ exit: ExitCode.Damaged, message, hint });
const unusable = (message: string, hint: string): Report => ({
  exit: ExitCode.ExportUnusable,
  message,
  hint,
});
const notFound = (message: string, hint: string): Report => ({ exit: ExitCode.NotFound, message, hint });
const usage = (message: string, hint: string): Report => ({ exit: ExitCode.Usage, message, hint });

const OTHER_COPY = 'try another copy of the escrow folder, or an older package with --package N';
const ANOTHER_CARD =
  'read the card again, in better light, or type its four rows; type ? for a symbol you cannot read';
const NEWER_PROGRAM = 'use the holdfast of the kit that was made with it, or a newer one';

const INPUT_REPORTS: Pick<
  Reports,
  Extract<ErrorCode, `bytes.${string}` | `limit.${string}` | `input.${string}` | 'usage'>
> = {
  'bytes.bad-encoding': ({ encoding }) => damaged(`the text is not valid ${encoding}`, OTHER_COPY),
  'limit.exceeded': ({ what, limit }) =>
    damaged(
      `${what} is larger than ${limit.toLocaleString('en')} allow`,
      'check that this is the right file',
    ),
  'input.needs-terminal': ({ flag }) => ({
    exit: ExitCode.NeedsTerminal,
    message: `an answer is needed and nobody can be asked`,
    hint: `give ${flag}, or run it in a terminal`,
  }),
  'input.aborted': () => ({
    exit: ExitCode.Interrupted,
    message: 'stopped; nothing was kept',
    hint: 'run the command again to start over',
  }),
  usage: ({ reason }) => usage(reason, 'holdfast --help shows the commands'),
};

const AGE_REPORTS: Pick<Reports, Extract<ErrorCode, `age.${string}`>> = {
  'age.header': ({ reason }) => damaged(`the package's header is damaged: ${reason}`, OTHER_COPY),
  'age.header-mac': () => damaged("the package's header was changed", OTHER_COPY),
  'age.payload': ({ reason }) => damaged(`the package is damaged: ${reason}`, OTHER_COPY),
  'age.armor': ({ reason }) => damaged(`the armored file is damaged: ${reason}`, OTHER_COPY),
  'age.no-match': () =>
    damaged(
      'this key does not open this package',
      'it was sealed for another set of cards; try an older package with --package N',
    ),
  'age.version': ({ version }) => ({
    exit: ExitCode.UnsupportedVersion,
    message: `the package is an age file of version "${version}"`,
    hint: NEWER_PROGRAM,
  }),
  'age.key': ({ reason }) =>
    damaged(`that is not an age key: ${reason}`, 'check that the whole line was copied'),
};

const SHARE_REPORTS: Pick<Reports, Extract<ErrorCode, `share.${string}`>> = {
  'share.row-length': ({ row, symbols }) =>
    damaged(`row ${row} has ${symbols} symbols, 24 are on the card`, 'type the row again, in groups of four'),
  'share.row-symbol': ({ row, position }) =>
    damaged(
      `symbol ${position} of row ${row} is not one that cards use`,
      'type ? for a symbol you cannot read',
    ),
  'share.row-unreadable': ({ row }) => damaged(`row ${row} cannot be read`, ANOTHER_CARD),
  'share.rows-unreadable': ({ rows }) => damaged(`rows ${rows.join(' and ')} cannot be read`, ANOTHER_CARD),
  'share.rows-swapped': ({ row, belongs }) =>
    damaged(`row ${row} is really row ${belongs}`, 'type the rows in the order of their numbers'),
  'share.check': () => damaged('the four rows do not belong together', ANOTHER_CARD),
  'share.version': ({ version }) => ({
    exit: ExitCode.UnsupportedVersion,
    message: `the card is of version ${version}`,
    hint: NEWER_PROGRAM,
  }),
  'share.malformed': ({ reason }) =>
    damaged(`the card is not one this program makes: ${reason}`, ANOTHER_CARD),
  'share.policy': ({ reason }) =>
    usage(`the policy cannot be used: ${reason}`, 'change the thresholds in the plan'),
  'share.row-not-exact': ({ row, positions }) =>
    damaged(
      `row ${row} is not as it was printed (symbol ${positions.join(', ')})`,
      'compare each group of four with the paper; a read-back takes no repair',
    ),
  'share.text-length': ({ symbols }) =>
    damaged(`the code has ${symbols} symbols, a card's has 96`, ANOTHER_CARD),
  'share.no-rows': () =>
    damaged('there is not a single row of a card in it', 'write the four rows of each card, one row a line'),
  'share.surplus': ({ have, need, unit }) =>
    usage(`${have} ${unit}s given where ${need} are taken`, 'give fewer'),
  'share.duplicate': ({ label }) =>
    damaged(`two different cards claim to be ${label}`, 'one of them is forged; give more cards'),
  'share.thresholds-differ': ({ label }) =>
    damaged(`${label} claims another threshold than the others of its set`, 'it is forged; leave it out'),
  'share.too-few': ({ have, need }) => ({
    exit: ExitCode.TooFewShares,
    message: `${have} of ${need} cards given`,
    hint: 'ask one more trustee',
  }),
  'share.mixed-sets': () => ({
    exit: ExitCode.NoQuorum,
    message: 'the cards are of different sets',
    hint: 'sort them by the mark on their top',
  }),
  'share.not-this-key': () =>
    damaged('the cards do not give the key they were made for', 'one of them is forged; give more cards'),
};

const RECORD_REPORTS: Pick<
  Reports,
  Extract<
    ErrorCode,
    | `minisign.${string}`
    | `charter.${string}`
    | `record.${string}`
    | `ledger.${string}`
    | `words.${string}`
    | `proof.${string}`
  >
> = {
  'minisign.format': ({ what, reason }) => damaged(`the ${what} is damaged: ${reason}`, OTHER_COPY),
  'minisign.signature': ({ what }) => damaged(`the signature of the ${what} does not hold`, OTHER_COPY),
  'charter.format': ({ reason }) => damaged(`the charter is damaged: ${reason}`, OTHER_COPY),
  'charter.chain': ({ number, reason }) =>
    damaged(`charter ${number} is out of place: ${reason}`, OTHER_COPY),
  'record.format': ({ reason }) => damaged(`a record is damaged: ${reason}`, OTHER_COPY),
  'record.chain': ({ sequence, reason }) =>
    damaged(`record ${sequence} is out of place: ${reason}`, OTHER_COPY),
  'record.version': ({ what, found }) => ({
    exit: ExitCode.UnsupportedVersion,
    message: `the ${what} is a "${found}", made by a newer program`,
    hint: NEWER_PROGRAM,
  }),
  'ledger.format': ({ line, reason }) =>
    damaged(`line ${line} of the ledger is damaged: ${reason}`, OTHER_COPY),
  'ledger.chain': ({ line, reason }) =>
    damaged(`line ${line} of the ledger is out of place: ${reason}`, OTHER_COPY),
  'ledger.signature': ({ line }) =>
    damaged(`the signature of line ${line} of the ledger does not hold`, OTHER_COPY),
  'ledger.signer': ({ line }) =>
    damaged(`line ${line} of the ledger is signed by an unknown key`, OTHER_COPY),
  'words.format': ({ reason }) =>
    usage(`those are not six charter words: ${reason}`, 'read them from the foot of a card'),
  'proof.format': ({ what, reason }) =>
    damaged(`the ${what} is damaged: ${reason}`, `ask for the ${what} again`),
  'proof.refused': ({ card, reason }) =>
    damaged(
      `card ${card} is not proven: ${reason}`,
      'make a new challenge and let its holder answer that one',
    ),
};

const VAULT_REPORTS: Pick<Reports, Extract<ErrorCode, `vault.${string}`>> = {
  'vault.unrecognised': ({ name }) =>
    unusable(
      `${name} is not an export this program knows`,
      'export again as JSON, or seal it unexamined with --as file',
    ),
  'vault.format': ({ format, reason }) =>
    unusable(`the ${format} export is damaged: ${reason}`, 'export it again'),
  'vault.account-restricted': ({ name }) =>
    unusable(
      `${name} is an account-restricted Bitwarden export: only the account that made it can read it, so it is worthless once that account or its key is gone`,
      'export again as ".json", or as ".json (Encrypted)" with "Password protected"',
    ),
  'vault.unsupported': ({ name, format, feature }) =>
    unusable(
      `${name} is a ${format} file that needs ${FEATURE_NAMES[feature]}`,
      'save it again in the current KeePass format (KDBX 4, AES or ChaCha20), or seal it with --as file',
    ),
  'vault.passphrase-needed': ({ name, format }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `${name} is locked (${format}), and a quorum must be able to open it`,
    hint: 'give its password with --export-password-file FILE, and its key file with --key-file FILE',
  }),
  'vault.wrong-passphrase': ({ name, keyFileGiven }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `${name} does not open with ${keyFileGiven ? 'that password and key file' : 'that password'}`,
    hint: keyFileGiven
      ? 'check both; a database tied to a hardware key cannot be escrowed'
      : 'check the password file; the database may also need a key file (--key-file) or a hardware key',
  }),
  'vault.key-file': ({ name, reason }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `the key file for ${name} cannot be used: ${reason}`,
    hint: 'give the key file that belongs to this database',
  }),
  'vault.empty': ({ name }) =>
    unusable(`${name} holds no entries`, 'check that the export was made by somebody who can see the vault'),
  'vault.write-mismatch': ({ target, reason }) => ({
    exit: ExitCode.Unexpected,
    message: `the ${target} file that was made is not what went in: ${reason}`,
    hint: 'use the original exports; they were recovered unchanged',
  }),
};

const FEATURE_NAMES: Record<ErrorFacts['vault.unsupported']['feature'], string> = {
  'keepass-1': 'KeePass 1',
  'kdbx-2': 'the old KeePass 2 beta format',
  'kdbx-version': 'a newer KDBX version',
  twofish: 'the Twofish cipher',
  cipher: 'an unknown cipher',
  kdf: 'an unknown key derivation',
  'argon2-version': 'an old Argon2 version',
  'encryption-type': 'an unknown kind of encryption',
};

const PAPER_REPORTS: Pick<Reports, Extract<ErrorCode, `paper.${string}` | `scan.${string}`>> = {
  'paper.unprintable': ({ what, character }) =>
    usage(
      `${what} has a character that cannot be printed: ${character}`,
      'spell it with other letters in the plan',
    ),
  'paper.misprint': ({ card, reason }) => ({
    exit: ExitCode.Unexpected,
    message: `card ${card} came out wrong: ${reason}`,
    hint: 'run the ceremony again; no card of this run is valid',
  }),
  'paper.overflow': ({ what }) => usage(`${what} does not fit on a card`, 'shorten it in the plan'),
  'scan.no-code': ({ name }) =>
    damaged(
      `there is no code to be found in ${name}`,
      'take the picture again: whole card, flat, in good light; or type the four rows',
    ),
  'scan.foreign-code': ({ name }) =>
    damaged(`the code in ${name} is not from a recovery card`, 'show the square of a recovery card'),
  'scan.unreadable': ({ name, reason }) =>
    damaged(
      `${name} cannot be read as a picture: ${reason}`,
      'give a PDF, PNG or JPEG, or type the four rows',
    ),
};

const RULE_REPORTS: Pick<
  Reports,
  Extract<
    ErrorCode,
    | `plan.${string}`
    | `ceremony.${string}`
    | `trust.${string}`
    | `seal.${string}`
    | `package.${string}`
    | `recover.${string}`
    | `check-in.${string}`
  >
> = {
  'plan.format': ({ reason }) => usage(`the plan cannot be read: ${reason}`, 'docs/ops/plan.md shows a plan'),
  'plan.field': ({ field, line, reason }) =>
    usage(`line ${line} of the plan: "${field}" ${reason}`, 'docs/ops/plan.md shows a plan'),
  'plan.changed': ({ agreed, found }) =>
    usage(
      `the plan is not the agreed one (${found}, agreed ${agreed})`,
      'read the plan aloud again and agree on it',
    ),
  'ceremony.card-differs': ({ card, reason }) =>
    damaged(`what was read is not card ${card}: ${reason}`, 'print the card again and destroy the bad one'),
  'ceremony.subset-fails': ({ cards }) => ({
    exit: ExitCode.Unexpected,
    message: `cards ${cards.join(', ')} did not rebuild the key`,
    hint: 'run the ceremony again; no card of this run is valid',
  }),
  'trust.not-enrolled': ({ folder }) =>
    damaged(
      `this machine was never taught to trust ${folder}`,
      'holdfast enrol DIR --words "…" with the six words on a card',
    ),
  'trust.words': () =>
    damaged(
      'those words are not the ones of this escrow',
      'read the six words again from a card; if they differ, the folder was swapped: do not use it',
    ),
  'trust.mismatch': ({ what, expected, found }) =>
    damaged(
      `the ${what} is not the one this machine was taught (${found}…, expected ${expected}…)`,
      'if there was a new ceremony, enrol again with the words on the new cards; otherwise somebody changed the folder',
    ),
  'trust.rollback': ({ what, pinned, found }) =>
    damaged(
      `this is ${what} ${found}, and this machine has seen ${pinned}`,
      'the folder is an old copy; use the newest one',
    ),
  'trust.no-sealer': () =>
    notFound('this machine has no sealer key', 'holdfast sealer new makes one; name it at the next ceremony'),
  'seal.entries-dropped': ({ source, before, after }) =>
    unusable(
      `${source} had ${before} entries in the last package and has ${after} now`,
      'check the export; if the drop is real, give --accept-drop',
    ),
  'seal.export-changed': ({ name }) =>
    unusable(
      `${name} changed while it was being sealed`,
      'wait until the export is finished, then seal again',
    ),
  'seal.nothing-given': () => usage('no export was given', 'name the export file, or - for standard input'),
  'seal.bad-name': ({ name, reason }) => usage(`"${name}" ${reason}`, 'rename it, or give --name'),
  'seal.no-unlock': ({ name }) =>
    unusable(
      `${name} is locked and nothing to open it was given`,
      'a quorum alone must suffice: give --export-password-file',
    ),
  'package.format': ({ reason }) =>
    damaged(`the package opened, but its content is damaged: ${reason}`, OTHER_COPY),
  'package.altered': ({ file, reason }) =>
    damaged(`${file} is not what its record says: ${reason}`, OTHER_COPY),
  'package.not-found': ({ wanted }) =>
    notFound(`there is no ${wanted} here`, 'holdfast verify DIR lists what is there'),
  'recover.no-cards': () => ({
    exit: ExitCode.TooFewShares,
    message: 'none of what was given is a card that can be read',
    hint: ANOTHER_CARD,
  }),
  'recover.too-few': ({ mark, have, need }) => ({
    exit: ExitCode.TooFewShares,
    message: `${have} ${have === 1 ? 'card' : 'cards'} of the ${mark} set given; still needed: ${need}`,
    hint: 'call the next trustee on the contact sheet',
  }),
  'recover.no-quorum': ({ sets }) => ({
    exit: ExitCode.NoQuorum,
    message: `the cards are of ${sets.length} sets and none is complete: ${sets.map(({ mark, setId, cards, need }) => `${mark} (${setId}): ${cards.join(', ')}; still needed: ${need}`).join(' · ')}`,
    hint: 'cards open only together with cards of the same mark; ask for more of one set',
  }),
  'recover.no-subset': ({ mark, tried }) =>
    damaged(
      `enough ${mark} cards were given, but no quorum of them gives the key (${tried} tried)`,
      'at least one card is forged; give more cards of this set',
    ),
  'recover.other-key': ({ file, mark }) =>
    damaged(
      `the ${mark} cards are whole, but ${file} was sealed for another key`,
      'try an older package with --package N, or cards of another set',
    ),
  'recover.damaged-export': ({ file }) =>
    damaged(`${file} in the package is not what was sealed`, OTHER_COPY),
  'check-in.refused': ({ reason }) =>
    usage(reason, 'let the holder answer a challenge on another device: holdfast prove'),
  'check-in.response': ({ reason }) =>
    damaged(
      `the response does not count: ${reason}`,
      'make a new challenge and let the holder answer that one',
    ),
};

const MACHINE_REPORTS: Pick<
  Reports,
  Extract<ErrorCode, `file.${string}` | `output.${string}` | `escrow.${string}` | `home.${string}`>
> = {
  'file.not-found': ({ path }) => notFound(`there is no ${path}`, 'check the path'),
  'file.is-directory': ({ path }) => notFound(`${path} is a folder, a file is needed`, 'name the file in it'),
  'file.not-directory': ({ path }) => notFound(`${path} is not a folder`, 'check the path'),
  'file.denied': ({ path }) =>
    notFound(
      `the system does not allow access to ${path}`,
      'check who owns it and whether the disk is read-only',
    ),
  'file.no-space': ({ path }) => ({
    exit: ExitCode.Unexpected,
    message: `the disk is full, ${path} was not written`,
    hint: 'make room or choose another disk; nothing was left half-written',
  }),
  'file.empty': ({ path }) =>
    notFound(
      `${path === '-' ? 'standard input' : path} is empty`,
      'check that the file was written completely',
    ),
  'file.failed': ({ path, reason }) => ({
    exit: ExitCode.Unexpected,
    message: `${path} cannot be used (${reason})`,
    hint: 'check the disk and the path',
  }),
  'output.exists': ({ path }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} exists already`,
    hint: 'choose another name, or give --force to write into it',
  }),
  'output.unsafe': ({ path, reason }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} will not be written: ${reason}`,
    hint: 'choose another place',
  }),
  'escrow.not-found': ({ path }) =>
    notFound(`${path} is not an escrow folder`, 'name the folder that holds charter.json and packages'),
  'escrow.busy': ({ path, holder }) => ({
    exit: ExitCode.Busy,
    message: `the escrow is in use by ${holder}`,
    hint: `wait for it to end; if it is gone for sure, delete ${path}`,
  }),
  'home.format': ({ path, reason }) =>
    damaged(`${path} is damaged: ${reason}`, 'move it away and enrol this machine again'),
};

const REPORTS: Reports = {
  ...INPUT_REPORTS,
  ...AGE_REPORTS,
  ...SHARE_REPORTS,
  ...RECORD_REPORTS,
  ...VAULT_REPORTS,
  ...PAPER_REPORTS,
  ...RULE_REPORTS,
  ...MACHINE_REPORTS,
};

/** The sentence, hint and exit code of one of our errors. */
export function reportOf(error: EscrowError): Report {
  const report = REPORTS[error.code] as (facts: ErrorFacts[ErrorCode]) => Report;
  return report(error.facts);
}

/** What is said of a throw that is not ours: a bug. */
export const UNEXPECTED: Report = {
  exit: ExitCode.Unexpected,
  message: 'something happened that this program does not expect',
  hint: 'your files were not changed half-way; run it again with HOLDFAST_DEBUG=1 and report what it prints',
};
