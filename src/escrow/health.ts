// Readiness: what would happen if it happened now, in one sentence, and what is weakest. verify judges
// bytes; this judges whether people, cards and packages would do. Requirements (d).

import { entriesOf } from '../vault/findings.ts';
import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';
import { countReady } from './readiness.ts';
import type { Register } from './register.ts';
import { isProven } from './register.ts';
import type { Policy } from '../core/share/policy.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The newest package should not be older than this. */
const FRESH_HOURS = 24;
const STALE_HOURS = 72;
const CHECK_IN_DAYS = 90;
const LOST_AFTER_DAYS = 180;

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
  const usable = cards.filter(({ state }) => state === 'good');
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
  for (const card of input.register.cards) {
    if (card.state !== 'good') {
      findings.push({
        code: 'card-gone',
        severity: card.state === 'destroyed' ? 'warning' : 'error',
        message: `card ${card.card} is ${card.state}`,
        hint:
          card.state === 'destroyed'
            ? 'a quorum can make it again'
            : 'make a new key and set: whoever has it may keep it',
      });
      continue;
    }
    // Times of one spelling sort as texts.
    const seen = [card.issued, card.proof?.time ?? '', card.heard ?? ''].sort().at(-1) ?? card.issued;
    const days = Math.floor((input.now.getTime() - Date.parse(seen)) / DAY_MS);
    if (days > CHECK_IN_DAYS) {
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
  }
}

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
    const total = input.register?.cards.filter(({ state }) => state === 'good').length ?? 0;
    const unread =
      unproven.length > 0
        ? `; ${unproven.length} of the ${total} cards that still count were never read back from paper`
        : '';
    return `If it happened now: ${data}, but the cards known to be readable do not make a quorum${unread}.`;
  }
  const margin = spare === 0 ? 'and no card to spare' : `and ${counted(spare, 'card')} to spare`;
  return `If it happened now: ${data}, opened by a quorum whose cards were all read back, ${margin}.`;
}
