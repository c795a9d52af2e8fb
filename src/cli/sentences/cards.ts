// Sentences about cards: what was typed, scanned or printed.

import type { ErrorCode } from '../../core/errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { damaged, usage, ANOTHER_CARD, NEWER_PROGRAM } from './sentence.ts';
import type { Reports } from './sentence.ts';

const LOCKED_HINT =
  'its holder types it at the terminal, or give it in a file: --passphrase-file N=FILE, N being the number of the card';

export const CARD_REPORTS: Pick<Reports, Extract<ErrorCode, `share.${string}`>> = {
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
  'share.check': () => damaged('the rows do not belong together', ANOTHER_CARD),
  'share.version': ({ version }) => ({
    exit: ExitCode.UnsupportedVersion,
    message: `the card is of version ${version}`,
    hint: NEWER_PROGRAM,
  }),
  'share.locked': ({ label }) => ({
    exit: ExitCode.NeedsTerminal,
    message: `${label} is locked, and its passphrase was not given`,
    hint: LOCKED_HINT,
  }),
  'share.passphrase': ({ label }) => ({
    exit: ExitCode.WrongPassphrase,
    message: `that is not the passphrase of ${label}`,
    hint: LOCKED_HINT,
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
    damaged(`the code has ${symbols} symbols, a card's has 96, a locked card's 120`, ANOTHER_CARD),
  'share.no-rows': ({ name }) =>
    damaged(`${name} holds not a single row of a card`, 'write the rows of each card, one row a line'),
  'share.sealed': ({ name }) =>
    damaged(
      `${name} is still sealed to its holder's key`,
      `open it first: age -d -i KEY-FILE ${name} > card.txt`,
    ),
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
};

export const PAPER_REPORTS: Pick<Reports, Extract<ErrorCode, `paper.${string}` | `scan.${string}`>> = {
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
      'take the picture again: whole card, flat, in good light; or type its rows',
    ),
  'scan.foreign-code': ({ name }) =>
    damaged(`the code in ${name} is not from a recovery card`, 'show the square of a recovery card'),
  'scan.unreadable': ({ name, reason }) =>
    damaged(`${name} cannot be read as a picture: ${reason}`, 'give a PDF, PNG or JPEG, or type its rows'),
};
