// What one check-in says of a card, judged: what changes in the register, what the ledger is told, and the
// words for whoever asked. The register itself is written by check-in.

import { readBounded } from '../adapters/read-file.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { charterHash } from '../core/record/charter.ts';
import type { LedgerEvent } from '../core/record/ledger-event.ts';
import { decodeResponse, verifyResponse } from '../core/record/proof.ts';
import { isSameBag } from '../escrow/bags.ts';
import { changeDue, hasOtherBag, withChangesSettled, withStaffChange } from '../escrow/custody.ts';
import { STAFF_CHANGES, withCard } from '../escrow/register.ts';
import type { Register, RegisteredCard, RegisteredState } from '../escrow/register.ts';
import { formatTime } from '../escrow/seal.ts';
import { assertOwnBag, whoseText } from './check-in-bag.ts';
import { custodyFlag, custodyNamed } from './check-in-custody.ts';
import type { Custody, CustodyOptions } from './check-in-custody.ts';
import { changeText, otherBagText } from './custody-words.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import type { Session } from './session.ts';

export interface CheckInOptions extends CustodyOptions {
  readonly card?: number;
  readonly challenge?: boolean;
  readonly response?: string;
  readonly rebagged?: boolean;
  readonly state?: string;
  readonly change?: string;
}

export interface Answer {
  readonly register: Register;
  readonly event: LedgerEvent;
  readonly text: string;
  /** What happened to the card that calls for something to be done. */
  readonly gone?: Exclude<RegisteredState, 'good'> | 'other-bag';
  readonly otherBag?: { readonly closedIn: string; readonly found: string };
  readonly cleared?: Custody['cleared'];
}

/** The register a check-in starts from, and the card it is about. */
interface Asked {
  readonly escrow: TrustedEscrow;
  readonly register: Register;
  readonly entry: RegisteredCard;
}

export async function judgeAnswer(session: Session, asked: Asked, options: CheckInOptions): Promise<Answer> {
  assertThere(asked, options);
  if (options.bag !== undefined && !isReportOnly(asked, options))
    await assertOwnBag(session, asked, options.bag);
  if (options.response !== undefined) return judgeProof(session, asked, options, options.response);
  if (options.state !== undefined) return judgeState(session, asked, options, options.state);
  if (options.change !== undefined) return judgeChange(session, asked, options.change);
  return judgeCustody(session, asked, options);
}

/** Of a card that is not there nobody read the bag, and nobody holds it; a response shows that it is there after all. */
function assertThere({ entry }: Asked, { response, state, change, ...rest }: CheckInOptions): void {
  const { card, state: noted } = entry;
  if (noted !== 'lost' && noted !== 'destroyed') return;
  if (response !== undefined || state !== undefined || change !== undefined) return;
  if (custodyFlag(rest) === undefined) return;
  throw new EscrowError('check-in.gone', { card, state: noted, since: entry.goneSince?.slice(0, 10) });
}

/** A number that was read and is not the one expected is told, and never becomes the number of this card's bag. */
function isReportOnly({ entry }: Asked, { bag, response, state, rebagged }: CheckInOptions): boolean {
  if (bag === undefined || entry.bag === null) return false;
  if (response !== undefined) return hasOtherBag(entry);
  return state === undefined && rebagged !== true && !isSameBag(bag, entry.bag);
}

async function judgeProof(
  session: Session,
  { escrow, register, entry }: Asked,
  options: CheckInOptions,
  response: string,
): Promise<Answer> {
  const { card } = entry;
  const time = formatTime(session.io.now());
  await judgeResponse(session, escrow, entry, response);
  const custody = await custodyNamed(session, entry, options);
  // The bag was opened for the proof. One whose number nobody could explain stays unexplained.
  const bag =
    hasOtherBag(entry) && options.bag !== undefined ? { bag: entry.bag, otherBag: options.bag } : {};
  const change = {
    ...custody?.change,
    ...bag,
    proof: { time, at: 'response' },
    challenge: null,
    heard: time,
  } as const;
  return {
    register: settled(withCard(register, card, change), card, options),
    event: { event: 'check-in', facts: { card, state: 'good', how: 'response' } },
    text: [
      // A card that was lost or seen may have been copied meanwhile: that it is back changes nothing.
      entry.state === 'good'
        ? `Card ${card} proved itself: its code and its rows were read by its holder.`
        : `Card ${card} proved itself, but it stays ${entry.state}: others may have a copy.`,
      ...(custody ? [`Card ${card} is noted${custody.text}.`, ...custody.more] : []),
    ].join('\n'),
    cleared: custody?.cleared ?? [],
  };
}

async function judgeState(
  session: Session,
  { register, entry }: Asked,
  options: CheckInOptions,
  named: string,
): Promise<Answer> {
  const { card } = entry;
  const state = stateNamed(named);
  await confirmState(session, card, state);
  const custody = await custodyNamed(session, entry, options);
  const heard = custody ? { ...custody.change, heard: formatTime(session.io.now()) } : {};
  // What its bag looked like no longer matters.
  const unmarked = hasOtherBag(entry) ? { otherBag: null } : {};
  // Told again, the first day counts.
  const known = entry.state === state ? entry.goneSince : undefined;
  const gone = { state, goneSince: known ?? formatTime(session.io.now()) };
  return {
    register: withChangesSettled(
      withCard(register, card, { ...heard, ...unmarked, ...gone }),
      card,
      'holder',
    ),
    event: { event: 'check-in', facts: { card, state } },
    text: [`Card ${card} is ${state}${custody?.text ?? ''}.`, ...(custody?.more ?? [])].join('\n'),
    gone: state,
    cleared: custody?.cleared ?? [],
  };
}

function judgeChange(session: Session, { register, entry }: Asked, named: string): Answer {
  const { card } = entry;
  const change = STAFF_CHANGES.find((known) => known === named);
  if (!change)
    throw new EscrowError('usage', { reason: `"${named}" is none of ${STAFF_CHANGES.join(', ')}` });
  const told = { card, change, time: formatTime(session.io.now()) };
  const updated = withStaffChange(register, told);
  // Told before: the first day counts.
  const open = updated.changes?.find((known) => known.card === card && known.change === change) ?? told;
  return {
    register: updated,
    event: { event: 'note', facts: { text: `a change about the holder of card ${card}: ${change}`, card } },
    text: changeText(open, { due: changeDue(open).toISOString().slice(0, 10), bag: entry.bag }),
  };
}

async function judgeCustody(session: Session, asked: Asked, options: CheckInOptions): Promise<Answer> {
  const { register, entry } = asked;
  const { card } = entry;
  const { bag } = options;
  const isOther = bag !== undefined && entry.bag !== null && !isSameBag(bag, entry.bag);
  if (isOther && options.rebagged !== true) return judgeOtherBag(session, asked, options, bag);
  const custody = await custodyNamed(session, entry, options);
  if (!custody)
    throw new EscrowError('usage', {
      reason:
        'say what to record: --challenge, --response, --bag, --state, --holder, --contact, --place or --change',
    });
  const { how, cleared, more } = custody;
  if (how === undefined)
    return {
      register: withCard(register, card, custody.change),
      event: { event: 'note', facts: { text: `how the holder of card ${card} is reached`, card } },
      text: `Card ${card} is noted${custody.text}.`,
    };
  // Whoever tells of a bag or a holder has heard of the card; the right number clears a slip of the finger.
  const unmarked = bag !== undefined && hasOtherBag(entry) ? { otherBag: null } : {};
  const change = { ...custody.change, ...unmarked, heard: formatTime(session.io.now()) };
  return {
    register: settled(withCard(register, card, change), card, options),
    event: { event: 'check-in', facts: { card, state: 'heard', how } },
    text: [`Card ${card} is noted${custody.text}${stillText(entry)}`, ...more].join('\n'),
    cleared,
  };
}

/** The number on the bag is not the one it was closed in, and nobody says why. */
async function judgeOtherBag(
  session: Session,
  { register, entry }: Asked,
  options: CheckInOptions,
  found: string,
): Promise<Answer> {
  const { card } = entry;
  const closedIn = entry.bag ?? '';
  await confirmOtherBag(session, card, closedIn, found);
  const custody = await custodyNamed(session, entry, { ...options, bag: undefined });
  const change = { ...custody?.change, otherBag: found, heard: formatTime(session.io.now()) };
  return {
    register: settled(withCard(register, card, change), card, options),
    event: { event: 'check-in', facts: { card, state: 'heard', how: 'other-bag' } },
    text: [
      ...(custody ? [`Card ${card} is noted${custody.text}.`, ...custody.more] : []),
      otherBagText(card, closedIn, found),
      ...whoseText(register, card, found),
    ].join('\n'),
    gone: 'other-bag',
    otherBag: { closedIn, found },
    cleared: custody?.cleared ?? [],
  };
}

const stillText = ({ state }: RegisteredCard): string =>
  state === 'good'
    ? '. That it can be read, only a response proves.'
    : `, and stays ${state}: others may have a copy.`;

const settled = (register: Register, card: number, { holder }: CheckInOptions): Register =>
  withChangesSettled(register, card, holder === undefined ? 'check-in' : 'holder');

/** Two answers at once would leave one of them unheard; a bag or a holder goes with a card that is still there. */
export function assertOneAnswer(options: CheckInOptions): void {
  const { challenge, response, state, change, bag, rebagged } = options;
  const answers = [
    ...(challenge === true ? ['--challenge'] : []),
    ...(response === undefined ? [] : ['--response']),
    ...(state === undefined ? [] : [`--state ${state}`]),
    ...(change === undefined ? [] : [`--change ${change}`]),
  ];
  const where = custodyFlag(options);
  const takesWhere = response !== undefined || state === 'seen' || answers.length === 0;
  const said = where !== undefined && !takesWhere ? [...answers, where] : answers;
  if (said.length > 1)
    throw new EscrowError('usage', { reason: `${said.join(' and ')} do not go together: one at a time` });
  if (rebagged === true && (bag === undefined || answers.length > 0))
    throw new EscrowError('usage', {
      reason:
        '--rebagged goes with --bag and no other answer: the new number of a bag that was opened on purpose',
    });
}

/** A slip of the finger costs a card: nothing but a new ceremony makes it count again. */
async function confirmState(session: Session, card: number, state: string): Promise<void> {
  const question = `Card ${card} is ${state}: it will not count again before a new ceremony. Is that so?`;
  await confirm(session, question);
}

async function confirmOtherBag(
  session: Session,
  card: number,
  closedIn: string,
  found: string,
): Promise<void> {
  const question = `Card ${card} was closed in bag ${closedIn}. Was ${found} read on the bag, and read twice?`;
  await confirm(session, question);
}

async function confirm(session: Session, question: string): Promise<void> {
  if (!session.canAsk) return;
  const prompter = await session.prompter('--no-input');
  if (!(await prompter.confirm(question, false))) throw new EscrowError('input.aborted', {});
}

function stateNamed(state: string): Exclude<RegisteredState, 'good'> {
  if (state === 'lost' || state === 'seen' || state === 'destroyed') return state;
  throw new EscrowError('usage', { reason: `"${state}" is none of lost, seen, destroyed` });
}

async function judgeResponse(
  session: Session,
  { document, charter }: TrustedEscrow,
  entry: RegisteredCard,
  named: string,
): Promise<void> {
  const crypto = await session.crypto();
  if (entry.challenge === null)
    throw new EscrowError('check-in.response', { reason: `no challenge for card ${entry.card} is open` });
  const hash = await charterHash(crypto, document.bytes);
  const response = decodeResponse(await readBounded(session.path(named), LIMITS.proofResponseBytes));
  const asked = { escrow: charter.escrow, charter: hash, card: entry.card, challenge: entry.challenge };
  verifyResponse(crypto, response, asked, { charter, hash });
}
