// Verdicts, problems and doubts as sentences of one language.

import type { EscrowError } from '../core/errors.ts';
import { isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { SetMark } from '../core/share/set.ts';
import { setMark } from '../core/share/set.ts';
import { shortSetId } from '../core/share/share-record.ts';
import type { CardVerdict } from '../escrow/card-verdict.ts';
import type { SetProgress } from '../escrow/quorum.ts';
import { isDamage } from './problem.ts';
import type { Doubt } from './recovery/recovery.ts';
import type { Box, PageState } from './state.ts';
import type { Strings } from './strings.ts';
import { clock, moment } from './times.ts';

export type Tone = 'good' | 'repaired' | 'bad' | 'plain';

/** What a box says: a heading, a few words below it, and its colour, which never says more than the words. */
export interface ToldBox {
  readonly heading: string;
  readonly details: readonly string[];
  readonly tone: Tone;
}

export function cardName(strings: Strings, { card, place }: CardVerdict): string {
  if (card !== undefined) return strings.card(card);
  if (!place) return strings.someCard;
  return place.group === undefined
    ? strings.card(place.member)
    : strings.groupCard(place.group, place.member);
}

function whence(strings: Strings, state: PageState, box: Box): string {
  const time = clock(box.at - state.startedAt);
  if (box.kind === 'file') return strings.photoAt(time, box.name);
  switch (box.via) {
    case 'camera':
      return strings.scannedAt(time);
    case 'photo':
      return strings.photoAt(time, box.verdict.from);
    case 'typed':
      return strings.typedAt(time);
  }
}

/** A box of the cards screen. */
export function tellBox(strings: Strings, state: PageState, box: Box): ToldBox {
  const where = whence(strings, state, box);
  if (box.kind === 'file') {
    const isTooLarge = box.problem.code === 'limit.exceeded';
    const why = isTooLarge ? strings.problemTooLarge : tellProblem(strings, box.problem);
    return { heading: box.name, details: [why], tone: 'bad' };
  }
  const { verdict } = box;
  const { mark, repairs } = verdict;
  const told = (state: string, tone: Tone, ...help: string[]): ToldBox => ({
    heading: `${cardName(strings, verdict)} · ${state}`,
    details: [where, ...(verdict.lock === 'open' ? [strings.unlocked] : []), ...help],
    tone,
  });
  const repaired = repairs
    .map(({ row, position, from, to }) => strings.repairedSymbol(row, position, from, to))
    .join('; ');
  const mended = repairs.length > 0 ? [strings.repairedHelp(repaired)] : [];
  if (verdict.lock === 'closed' && (verdict.state === 'good' || verdict.state === 'readable'))
    return told(`${strings[verdict.state]}, ${strings.locked}`, 'plain', strings.lockedHelp, ...mended);
  switch (verdict.state) {
    case 'good':
      return mended.length > 0
        ? told(`${strings.good}, ${strings.repaired}`, 'repaired', ...mended)
        : told(strings.good, 'good');
    case 'readable':
      return told(
        strings.readable,
        mended.length > 0 ? 'repaired' : 'plain',
        strings.readableHelp,
        ...mended,
      );
    case 'already-given':
      return told(strings.alreadyGiven, 'plain', strings.alreadyGivenHelp);
    case 'other-set': {
      const wanted = wantedMark(state);
      const ids = [verdict.setId, wantedSet(state)].map((id) => (id === undefined ? '' : shortSetId(id)));
      const [own = '', asked = ''] = ids;
      return told(
        verdict.isRetired === true ? strings.retiredSet : strings.otherSet,
        'bad',
        ...(mark && wanted ? [strings.otherSetHelp(mark, wanted, own, asked)] : []),
      );
    }
    case 'not-listed':
      return told(strings.forged, 'bad', strings.forgedHelp);
    case 'unreadable':
      return told(
        unreadableState(strings, verdict.problem),
        'bad',
        ...(verdict.problem ? [tellProblem(strings, verdict.problem)] : []),
      );
  }
}

/** The id of the set that is asked for. */
function wantedSet({ charter, progress }: PageState): string | undefined {
  return charter ? charter.set.id : progress?.setId;
}

/** The mark of the set that is asked for. */
export function wantedMark({ charter, progress }: PageState): SetMark | undefined {
  return charter ? setMark(charter.set.number) : progress?.mark;
}

function unreadableState(strings: Strings, problem: EscrowError | undefined): string {
  if (isEscrowError(problem, 'share.row-unreadable')) return strings.typingError(problem.facts.row);
  if (isEscrowError(problem, 'share.rows-unreadable')) return strings.typingErrors(problem.facts.rows);
  return strings.unreadable;
}

/** Why something did not work, and what to do now. */
export function tellProblem(strings: Strings, problem: EscrowError): string {
  const { code } = problem;
  if (isEscrowError(problem, 'limit.exceeded') && problem.facts.limit === LIMITS.pagePayloadBytes)
    return strings.problemTooBig;
  if (isEscrowError(problem, 'scan.unreadable'))
    return problem.facts.reason === 'PDF' ? strings.problemPdf : strings.problemPicture;
  if (isEscrowError(problem, 'share.rows-swapped'))
    return strings.problemSwapped(problem.facts.row, problem.facts.belongs);
  switch (code) {
    case 'scan.no-code':
      return strings.problemNoCode;
    case 'scan.foreign-code':
      return strings.problemForeignCode;
    case 'share.no-rows':
    case 'file.empty':
    case 'share.text-length':
      return strings.problemNoRows;
    case 'share.check':
    case 'share.malformed':
      return strings.problemCheck;
    case 'share.row-unreadable':
    case 'share.rows-unreadable':
    case 'share.row-length':
    case 'share.row-symbol':
      return strings.rowUnreadable;
    case 'share.version':
      return strings.problemVersion;
    case 'recover.other-key':
      return strings.problemOtherKey;
    case 'recover.no-subset':
    case 'recover.no-quorum':
      return strings.problemNoSubset;
    case 'package.not-found':
      return strings.packageMissing;
    case 'age.no-match':
      return strings.problemNotForKey;
    case 'page.format':
    case 'bytes.bad-encoding':
      return strings.problemPage;
    case 'usage':
      return strings.problemUnexpected;
    default:
      return isDamage(problem) ? strings.problemDamagedPackage : strings.problemOther(code);
  }
}

/** Whether another copy of the package may help. */
function isPackageProblem({ code }: EscrowError): boolean {
  return /^(?:age|package|limit)\.|^file\.failed$|^recover\.(?:damaged-export|other-key)$/.test(code);
}

/** Whether cards are what is missing: those that are in are not of the package's set, and that set is known. */
function areCardsWanted({ problem, charter, progress }: PageState): boolean {
  return problem?.code === 'recover.other-key' && charter !== undefined && progress?.lacks.length !== 0;
}

/** Whether it is the package that keeps it shut. */
export function isPackageAtFault(state: PageState): boolean {
  return state.problem !== undefined && isPackageProblem(state.problem) && !areCardsWanted(state);
}

/** Whether the package is known to be damaged: by its record, or because it did not open. */
export function isPackageDamaged({ package: shown, problem }: PageState): boolean {
  return shown?.isDamaged === true || (problem !== undefined && isDamage(problem));
}

/** What keeps it shut, and what to do now; nothing where nothing does. */
export function tellFailure(strings: Strings, state: PageState): string {
  if (state.problem === undefined) return '';
  return areCardsWanted(state) ? strings.problemOtherCards : tellProblem(strings, state.problem);
}

export function tellDoubt(strings: Strings, doubt: Doubt, language: string): string {
  switch (doubt.kind) {
    case 'charter-forged':
      return strings.doubtForged;
    case 'charter-replaced':
      return strings.doubtReplaced;
    case 'charter-missing':
      return strings.doubtMissing;
    case 'charter-unreadable':
      return strings.doubtUnreadable;
    case 'not-vouched':
      return strings.doubtNotVouched;
    case 'older':
      return strings.doubtOlder(moment(doubt.created, language));
  }
}

/** What is missing, as the headline. */
export function tellLacks(
  strings: Strings,
  { lacks, mark }: Pick<SetProgress, 'lacks' | 'mark'>,
  isFirst: boolean,
): string {
  const parts = lacks.map((lack) => {
    if (lack.kind === 'groups') return strings.needGroups(lack.more);
    return lack.group === undefined
      ? strings.needCards(lack.more, mark.colour, isFirst)
      : strings.needOfGroup(lack.more, mark.colour, lack.group);
  });
  return parts
    .map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)))
    .join(strings.and);
}
