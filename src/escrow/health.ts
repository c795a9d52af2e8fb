// Readiness: what would happen if it happened now, in one sentence, and what is weakest. verify judges
// bytes; this judges whether people, cards and packages would do. Requirements (d).

import { entriesOf } from '../vault/findings.ts';
import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';
import {
  CHANGE_DAYS,
  CHANGE_GRAVE_DAYS,
  cardsAsFiles,
  isOverdue,
  daysSince,
  hasOtherBag,
  isCounted,
  lastHeard,
  LOST_AFTER_DAYS,
  openChanges,
  PROOF_DAYS,
} from './custody.ts';
import { countReady } from './readiness.ts';
import type { Register, RegisteredCard } from './register.ts';
import { isProven } from './register.ts';
import type { Policy } from '../core/share/policy.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The newest package should not be older than this. */
const FRESH_HOURS = 24;
const STALE_HOURS = 72;

interface HealthInput {
  readonly policy: Policy;
  /** Absent on a machine that does not keep the register. */
  readonly register: Register | undefined;
  /** When the newest verified package was made; absent when there is none. */
  readonly newest:
    { readonly created: string; readonly entries: number; readonly sequence: number } | undefined;
  readonly now: Date;
}

export interface Health {
  /** What would happen if it happened now. */
  readonly sentence: string;
  readonly findings: readonly Finding[];
  readonly packageAgeHours: number | null;
  readonly unprovenCards: readonly number[];
  readonly spareCards: number | null;
}

/** "9 hours", "3 days": the coarsest unit that still says something. */
function describeAge(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return counted(hours, 'hour');
  return `${Math.floor(milliseconds / DAY_MS)} days`;
}

/** Judges readiness at a moment. Pure: the same input gives the same sentence. */
export function judgeHealth(input: HealthInput): Health {
  const findings: Finding[] = [];
  const ageMs = input.newest ? input.now.getTime() - Date.parse(input.newest.created) : undefined;
  packageFindings(input, ageMs, findings);
  const cards = input.register?.cards ?? [];
  const usable = cards.filter(isCounted);
  const unproven = usable.filter((card) => !isProven(card)).map(({ card }) => card);
  cardFindings(input, unproven, findings);
  const spare = input.register
    ? countReady(
        input.policy,
        usable.filter(isProven).map(({ card }) => card),
      )
    : null;
  return {
    sentence: sentence(input, ageMs, spare, unproven),
    findings,
    packageAgeHours: ageMs === undefined ? null : Math.floor(ageMs / HOUR_MS),
    unprovenCards: unproven,
    spareCards: spare,
  };
}

function packageFindings({ newest }: HealthInput, ageMs: number | undefined, findings: Finding[]): void {
  if (!newest || ageMs === undefined) {
    findings.push({
      code: 'no-package',
      severity: 'error',
      message: 'nothing has been sealed yet',
      hint: 'run holdfast seal with the newest vault export',
    });
    return;
  }
  if (ageMs < -HOUR_MS) {
    findings.push({
      code: 'package-from-future',
      severity: 'warning',
      message: `the newest package is dated ${describeAge(-ageMs)} ahead of this machine's clock`,
      hint: 'set the clocks right: a wrong one hides that packages grow old',
    });
  }
  if (ageMs <= FRESH_HOURS * HOUR_MS) return;
  findings.push({
    code: 'package-old',
    severity: ageMs > STALE_HOURS * HOUR_MS ? 'error' : 'warning',
    message: `the newest package is ${describeAge(ageMs)} old`,
    hint: 'seal today, and let a nightly job do it',
  });
}

function cardFindings(input: HealthInput, unproven: readonly number[], findings: Finding[]): void {
  if (!input.register) {
    findings.push({
      code: 'no-register',
      severity: 'warning',
      message: 'this machine does not keep the register of cards',
      hint: 'ask on the machine where the ceremony was held',
    });
    return;
  }
  if (unproven.length > 0) {
    findings.push({
      code: 'cards-unproven',
      severity: 'warning',
      message: `${listCards(unproven)} never read back from paper`,
      hint: 'send each holder a challenge (holdfast check-in DIR --card N --challenge) and take the response',
    });
  }
  lockFindings(input, findings);
  fileFindings(input.register, findings);
  for (const card of input.register.cards) {
    if (card.state !== 'good') {
      findings.push({
        code: 'card-gone',
        severity: card.state === 'destroyed' ? 'warning' : 'error',
        message: `card ${card.card} is ${card.state}`,
        hint:
          card.state === 'destroyed'
            ? `a quorum can make it again${fileHint(card)}`
            : `make a new key and set: whoever has it may keep it${fileHint(card)}`,
      });
      continue;
    }
    if (hasOtherBag(card)) {
      findings.push({
        code: 'bag-differs',
        severity: 'error',
        message: `the bag of card ${card.card} bears another number than the one it was closed in`,
        hint: 'count it as seen: read the number again; if it is so, make a new key and set',
      });
    }
    dueFindings(card, input.now, findings);
  }
  changeFindings(input.register, input.now, findings);
}

/** A second copy of a card, in nobody's bag. */
function fileFindings({ cards }: Register, findings: Finding[]): void {
  const files = cardsAsFiles(cards);
  if (files.length === 0) return;
  findings.push({
    code: 'cards-as-files',
    severity: 'info',
    message: `${files.length === 1 ? 'card' : 'cards'} ${files.join(', ')} also ${files.length === 1 ? 'exists' : 'exist'} as a file sealed to a key of a trustee`,
    hint: 'a key that somebody else has means that the card was seen; the file goes when the set does',
  });
}

/** Paper that is there and a passphrase that is forgotten are no card. */
function lockFindings({ policy, register }: HealthInput, findings: Finding[]): void {
  const usable = register?.cards.filter(isCounted) ?? [];
  const locked = usable.filter(({ lock }) => lock === 'passphrase').map(({ card }) => card);
  if (locked.length === 0) return;
  const open = usable.map(({ card }) => card).filter((card) => !locked.includes(card));
  const isNeeded = countReady(policy, open) < 0;
  const cards = locked.length === 1 ? `card ${locked[0]} is` : `cards ${locked.join(', ')} are`;
  findings.push({
    code: 'cards-locked',
    severity: isNeeded ? 'warning' : 'info',
    message: `${cards} locked by a passphrase${isNeeded ? ', and without one nothing opens' : ''}`,
    hint: 'ask at each check-in whether the holder can still type it; who cannot has lost the card: make new cards',
  });
}

const fileHint = ({ sealedFile }: RegisteredCard): string =>
  typeof sealedFile === 'string' ? `; until then ${sealedFile} still holds its rows` : '';

function dueFindings(card: RegisteredCard, now: Date, findings: Finding[]): void {
  const days = daysSince(lastHeard(card), now);
  if (isOverdue(card, now)) {
    findings.push({
      code: 'check-in-overdue',
      severity: days > LOST_AFTER_DAYS ? 'error' : 'warning',
      message: `card ${card.card} has not been heard of for ${days} days`,
      hint:
        days > LOST_AFTER_DAYS
          ? 'count it as lost until its holder answers'
          : 'ask its holder for a check-in',
    });
  }
  // A card that was never read back has a finding of its own.
  if (card.proof !== null && daysSince(card.proof.time, now) > PROOF_DAYS) {
    findings.push({
      code: 'proof-overdue',
      severity: 'warning',
      message: `the paper of card ${card.card} has not been read for ${daysSince(card.proof.time, now)} days`,
      hint: 'send its holder a challenge (holdfast check-in DIR --card N --challenge) and take the response',
    });
  }
}

/** Who left, and is still down as a holder, is the one that was forgotten at every company. */
function changeFindings(register: Register, now: Date, findings: Finding[]): void {
  for (const { card, change, time } of openChanges(register)) {
    const days = daysSince(time, now);
    if (days > CHANGE_DAYS) {
      findings.push({
        code: 'change-overdue',
        severity: days > CHANGE_GRAVE_DAYS ? 'error' : 'warning',
        message: `a change about the holder of card ${card} (${change}) has been waiting for ${days} days`,
        hint: CHANGE_HINT,
      });
    } else {
      findings.push({
        code: 'change-open',
        severity: 'info',
        message: `a change about the holder of card ${card} (${change}) is to be dealt with in ${counted(CHANGE_DAYS - days, 'day')}`,
        hint: CHANGE_HINT,
      });
    }
  }
}

const CHANGE_HINT =
  'record who holds the card now (holdfast check-in DIR --card N --holder NAME --bag ID), or that it is lost';

const listCards = (cards: readonly number[]): string =>
  cards.length === 1 ? `card ${cards[0]} was` : `cards ${cards.join(', ')} were`;

function sentence(
  input: HealthInput,
  ageMs: number | undefined,
  spare: number | null,
  unproven: readonly number[],
): string {
  if (!input.newest || ageMs === undefined)
    return 'If it happened now: there is nothing to recover, no package has been sealed.';
  // What was sealed unexamined is not counted, and an export without entries is never sealed.
  const entries = input.newest.entries === 0 ? 'not looked into' : entriesOf(input.newest.entries);
  const data = `the vault of ${describeAge(ageMs)} ago, ${entries} (package ${input.newest.sequence})`;
  if (spare === null)
    return `If it happened now: ${data}, if enough cards are found; this machine does not know who holds them.`;
  if (spare < 0) {
    const total = input.register?.cards.filter(isCounted).length ?? 0;
    const unread =
      unproven.length > 0
        ? `; ${unproven.length} of the ${total} cards that still count were never read back from paper`
        : '';
    return `If it happened now: ${data}, but the cards known to be readable do not make a quorum${unread}.`;
  }
  const margin = spare === 0 ? 'and no card to spare' : `and ${counted(spare, 'card')} to spare`;
  return `If it happened now: ${data}, opened by a quorum whose cards were all read back, ${margin}.`;
}
