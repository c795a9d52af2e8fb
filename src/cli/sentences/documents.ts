// Sentences about what is signed or encrypted, and about what was typed at the program.

import type { ErrorCode, ProofFault } from '../../core/errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { damaged, usage, OTHER_COPY, OTHER_FOLDER, NEWER_PROGRAM } from './sentence.ts';
import type { Reports } from './sentence.ts';

const PROOF_FAULTS: Readonly<Record<ProofFault, string>> = {
  'other-card': 'this is another card',
  'other-escrow': 'the challenge is about another escrow',
  'other-charter': 'the challenge is about another charter',
  'no-such-card': 'there is no such card',
  'answer-of-other-card': 'it is the answer of another card',
  'answer-of-other-escrow': 'it answers for another escrow',
  'answer-to-other-challenge': 'it answers another challenge',
  signature: 'its signature does not match',
  'row-of-other-card': 'the row that was given is none of the rows of the card that was scanned',
};

export const INPUT_REPORTS: Pick<
  Reports,
  Extract<ErrorCode, `bytes.${string}` | `limit.${string}` | `input.${string}` | 'usage'>
> = {
  'bytes.bad-encoding': ({ encoding }) =>
    damaged(`the text is not valid ${encoding}`, 'check that this is the right file'),
  'limit.exceeded': ({ what, limit }) =>
    damaged(`${what}: over the limit of ${limit.toLocaleString('en')}`, 'check that this is the right file'),
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
  'input.not-text': ({ path }) =>
    usage(
      `${path === '-' ? 'standard input' : path} is not a text that a password could be`,
      'save it as plain text in UTF-8, the password alone in one line',
    ),
  'input.new-password': ({ path, fault, least }) =>
    fault === 'line-break'
      ? usage(
          `${path === '-' ? 'standard input' : path} has more than one line, and a password has one`,
          'put nothing but the password of the new vault into it',
        )
      : usage(
          `the password in ${path === '-' ? 'standard input' : path} is too short: a new vault's has ${least} characters or more`,
          'take a longer one; without --password-file, in a terminal, one is made up and shown',
        ),
  usage: ({ reason, command = '' }) =>
    usage(
      reason,
      command === ''
        ? 'holdfast --help shows the commands'
        : `holdfast ${command} --help shows how it is used`,
    ),
};

export const AGE_REPORTS: Pick<Reports, Extract<ErrorCode, `age.${string}`>> = {
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

export const RECORD_REPORTS: Pick<
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
  'minisign.format': ({ what, reason }) => damaged(`the ${what} is damaged: ${reason}`, OTHER_FOLDER),
  'minisign.signature': ({ what }) => damaged(`the signature of the ${what} does not hold`, OTHER_FOLDER),
  'charter.format': ({ reason }) => damaged(`the charter is damaged: ${reason}`, OTHER_FOLDER),
  'charter.chain': ({ number, reason }) =>
    damaged(`charter ${number} is out of place: ${reason}`, OTHER_FOLDER),
  'record.format': ({ reason }) => damaged(`a record is damaged: ${reason}`, OTHER_FOLDER),
  'record.chain': ({ sequence, reason }) =>
    damaged(`record ${sequence} is out of place: ${reason}`, OTHER_FOLDER),
  'record.version': ({ what, found }) => ({
    exit: ExitCode.UnsupportedVersion,
    message: `the ${what} is a "${found}", made by a newer program`,
    hint: NEWER_PROGRAM,
  }),
  'ledger.format': ({ line, reason }) =>
    damaged(`line ${line} of the ledger is damaged: ${reason}`, OTHER_FOLDER),
  'ledger.chain': ({ line, reason }) =>
    damaged(`line ${line} of the ledger is out of place: ${reason}`, OTHER_FOLDER),
  'ledger.signature': ({ line }) =>
    damaged(`the signature of line ${line} of the ledger does not hold`, OTHER_FOLDER),
  'ledger.signer': ({ line }) =>
    damaged(`line ${line} of the ledger is signed by an unknown key`, OTHER_FOLDER),
  'words.format': ({ reason, of }) =>
    of === 'plan'
      ? usage(
          `those are not the six words of a plan: ${reason}`,
          'holdfast ceremony plan --plan FILE shows them',
        )
      : usage(`those are not six charter words: ${reason}`, 'read them from the foot of a card'),
  'proof.format': ({ what, reason }) =>
    damaged(`the ${what} is damaged: ${reason}`, `ask for the ${what} again`),
  'proof.refused': ({ card, reason }) =>
    damaged(
      `card ${card} is not proven: ${PROOF_FAULTS[reason]}`,
      'see that card, challenge and escrow folder belong together, or make a new challenge',
    ),
};
