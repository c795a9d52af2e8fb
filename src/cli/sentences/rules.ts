// Sentences about ceremonies, trust, sealing and recovery.

import { counted } from '../../core/counted.ts';
import type { ErrorCode, RetireRefusal } from '../../core/errors.ts';
import { shortSetId } from '../../core/share/share-record.ts';
import { ExitCode } from '../exit-codes.ts';
import { damaged, unusable, notFound, usage, OTHER_COPY, ANOTHER_CARD } from './sentence.ts';
import type { Reports } from './sentence.ts';

/** Said behind "package 4". */
const RETIRE_REFUSALS: Readonly<Record<RetireRefusal, string>> = {
  'no-number': 'is none: packages are named by their numbers',
  unknown: 'is none of this escrow',
  gone: 'is not here any more',
  accepted: 'is accepted already',
  newest: 'is the newest that the cards in force open, and stays',
  'in-force': 'was sealed for the cards in force: nothing is to be decided on it',
};

export const RULE_REPORTS: Pick<
  Reports,
  Extract<
    ErrorCode,
    | `plan.${string}`
    | `ceremony.${string}`
    | `trust.${string}`
    | `seal.${string}`
    | `package.${string}`
    | `page.${string}`
    | `kit.${string}`
    | `recover.${string}`
    | `check-in.${string}`
    | `contacts.${string}`
    | `register.${string}`
  >
> = {
  'plan.format': ({ reason }) => usage(`the plan cannot be read: ${reason}`, 'docs/ops/plan.md shows a plan'),
  'plan.field': ({ field, line, reason }) =>
    usage(`line ${line} of the plan: "${field}" ${reason}`, 'docs/ops/plan.md shows a plan'),
  'plan.not-agreed': ({ agreed, found }) =>
    damaged(
      `this is not the plan that was agreed: it is "${found}", agreed was "${agreed}"`,
      'find out who changed what; holdfast ceremony plan shows what this plan says',
    ),
  'ceremony.subset-fails': ({ cards }) => ({
    exit: ExitCode.Unexpected,
    message: `cards ${cards.join(', ')} did not rebuild the key`,
    hint: 'run the ceremony again; no card of this run is valid',
  }),
  'ceremony.needs-people': ({ option }) => ({
    exit: ExitCode.NeedsTerminal,
    message: `${option} goes card by card with its trustee, and there is no terminal to lead them`,
    hint: 'run it in a terminal without --no-input and --json; or write all cards as files with --cards DIR',
  }),
  'ceremony.remake-refused': ({ card, state }) =>
    usage(
      `card ${card} is ${state}: whoever has it may keep it, so it is not made again`,
      'make a new key and set: holdfast ceremony rekey',
    ),
  'ceremony.retire-refused': ({ named, why, folder }) =>
    usage(
      `package ${named} ${RETIRE_REFUSALS[why]}`,
      why === 'newest'
        ? `accept it, or seal a newer one first: holdfast seal ${folder} EXPORT`
        : `holdfast ceremony retire ${folder}, without more, shows what is undecided`,
    ),
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
  'trust.damaged': ({ problem, more }) =>
    damaged(
      `this folder is damaged or was changed: ${problem}${more > 0 ? `, and ${more} more` : ''}`,
      'holdfast verify DIR lists what is wrong; go on with another copy of the folder',
    ),
  'trust.no-sealer': () =>
    notFound('this machine has no sealer key', 'holdfast sealer new makes one; name it at the next ceremony'),
  'seal.entries-dropped': ({ source, before, after, uncounted = 0, missing = [] }) => {
    const beside = uncounted === 0 ? '' : `, beside ${counted(uncounted, 'export')} that nobody looked into`;
    const dropped = `${source} had ${before} entries in the last package and has ${after} now${beside}`;
    return missing.length === 0
      ? unusable(dropped, 'check the export; if the drop is real, give --accept-drop')
      : unusable(
          `${dropped}; not named now, and in the last package: ${missing.join(', ')}`,
          'name every export in one command; if these are meant to be left out, give --accept-drop',
        );
  },
  'seal.export-changed': ({ name }) =>
    unusable(
      `${name} changed while it was being sealed`,
      'wait until the export is finished, then seal again',
    ),
  'seal.nothing-given': () => usage('no export was given', 'name the export file, or - for standard input'),
  'seal.bad-name': ({ name, reason }) => usage(`"${name}" ${reason}`, 'rename the file'),
  'page.format': ({ reason }) =>
    damaged(`this is not a whole recovery page: ${reason}`, 'take RECOVER.html from another copy or release'),
  'kit.format': ({ what, reason }) =>
    damaged(`${what} of the kit cannot be read: ${reason}`, 'take another copy of the kit, or make it anew'),
  'kit.not-found': ({ path }) =>
    notFound(`${path} is not a kit`, 'name the folder that holds RECOVER.html and SHA256SUMS'),
  'kit.occupied': ({ path, reason }) => ({
    exit: ExitCode.OutputExists,
    message: `${path} ${reason}`,
    hint: 'choose another name; with --force what lies there is moved aside, and kept',
  }),
  'kit.bad-name': ({ name }) =>
    usage(
      `"${name}" cannot be the name of a further file on every disk`,
      'rename it: letters, digits, dots and hyphens, and no name twice',
    ),
  'package.format': ({ reason }) =>
    damaged(`the package opened, but its content is damaged: ${reason}`, OTHER_COPY),
  'package.altered': ({ file, reason }) =>
    damaged(`${file} is not what its record says: ${reason}`, OTHER_COPY),
  'package.not-found': ({ wanted }) =>
    notFound(
      `there is no ${wanted} here`,
      'look into the folder packages: the numbers are in the file names',
    ),
  'recover.no-cards': () => ({
    exit: ExitCode.TooFewShares,
    message: 'none of what was given is a card that can be read',
    hint: ANOTHER_CARD,
  }),
  'recover.too-few': ({ mark, have, need }) => ({
    exit: ExitCode.TooFewShares,
    message: `${counted(have, 'card')} of the ${mark} set given; still needed: ${need}`,
    hint: 'call the next trustee',
  }),
  'recover.no-quorum': ({ sets }) => ({
    exit: ExitCode.NoQuorum,
    message: `the cards are of ${sets.length} sets and none is complete: ${sets.map(({ mark, setId, cards, need }) => `${mark} (${shortSetId(setId)}): ${cards.join(', ')}; still needed: ${need}`).join(' · ')}`,
    hint: 'cards open only together with cards of the same set: compare the mark, and the set id at the foot of each',
  }),
  'recover.no-subset': ({ mark, tried }) =>
    damaged(
      `enough ${mark} cards were given, but no quorum of them gives the key (${tried} tried)`,
      'at least one card is forged; give more cards of this set',
    ),
  'recover.other-key': ({ file, mark }) =>
    damaged(
      `the ${mark} cards are whole and give their key, but ${file} does not open with it: it was sealed for another key, or is damaged`,
      'try another copy of it, an older package with --package N, or cards of another set',
    ),
  'recover.damaged-export': ({ file }) =>
    damaged(`${file} in the package is not what was sealed`, OTHER_COPY),
  'check-in.refused': ({ reason }) =>
    usage(reason, 'let the holder answer a challenge on another device: holdfast prove'),
  'check-in.gone': ({ card, state, since }) =>
    usage(
      `card ${card} counts as ${state}${since === undefined ? '' : ` since ${since}`}: no bag, holder or contact is noted of it`,
      `was it found, it counts as seen all the same, for others may have a copy: --card ${card} --state seen, with --bag and --holder; then make a new key and set (holdfast ceremony rekey)`,
    ),
  'check-in.no-register': ({ folder }) =>
    notFound(
      `this machine does not keep the register of ${folder}`,
      'do it on the machine where the ceremony was held, or take its register over: holdfast register export, and import here',
    ),
  'check-in.response': ({ reason }) =>
    damaged(
      `the response does not count: ${reason}`,
      'make a new challenge and let the holder answer that one',
    ),
  'contacts.field': ({ field, line, reason }) =>
    usage(
      `line ${line} of plan/contacts.yaml: "${field}" ${reason}`,
      'docs/ops/custody.md shows such a file',
    ),
  'register.other': ({ reason }) =>
    damaged(
      `this is not a register of this escrow as it is now: ${reason}`,
      'take the newest copy, made with holdfast register export',
    ),
  'register.kept': ({ folder }) => ({
    exit: ExitCode.OutputExists,
    message: `this machine keeps a register of ${folder} already`,
    hint: 'compare the two first: holdfast print register; --force replaces the one that is here',
  }),
};
