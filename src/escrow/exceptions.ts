// What went otherwise at a ceremony, entered at any step and signed into the ledger together with the ceremony:
// one note for each, and their number in the line of the ceremony, so that none can be cut off unseen. The
// ledger is copied anywhere: neither names nor anything off a card may stand in one. Spec: docs/spec/ledger.md.

import type { LedgerEvent } from '../core/record/ledger-event.ts';
import type { ScriptKind } from './ceremony-script.ts';
import { folded } from './plan-names.ts';

export interface CeremonyException {
  /** The number of the step, as on paper and screen. */
  readonly step: number;
  /** UTC time at which it was entered. */
  readonly time: string;
  readonly what: string;
  readonly fix: string;
  /** "lead", "witness" or "card 3". */
  readonly who: string;
}

/** What a guided ceremony leaves besides key and cards. */
export interface CeremonyMinutes {
  readonly script: ScriptKind;
  /** The program's hash as it was read aloud. */
  readonly program: string;
  readonly exceptions: readonly CeremonyException[];
  /** Bag numbers by card. */
  readonly bags: ReadonlyMap<number, string>;
}

const MOST_CHARACTERS = 500;

/** As many as a person can mean to enter; more is something that types by itself. */
export const MOST_EXCEPTIONS = 200;

/** Groups of four, or a run, of the symbols of a card; four short words of a sentence have no digit. */
const LIKE_A_ROW = /(?:\b[0-9A-HJKMNP-TV-Z?]{4}\b[ -]*){3,}|[0-9A-HJKMNP-TV-Z]{12,}/gi;

const showsRow = (text: string): boolean =>
  [...text.matchAll(LIKE_A_ROW)].some(([found]) => /\d/.test(found));

/** Why a text may not stand in the ledger; undefined when it may. @param names - Of people and organisation. */
export function exceptionTextProblem(text: string, names: readonly string[]): string | undefined {
  const plain = text.trim();
  if (plain === '') return 'please write something';
  if (plain.length > MOST_CHARACTERS) return `at most ${MOST_CHARACTERS} characters; the paper has more room`;
  if (/[\p{Cc}\p{Cs}]/u.test(plain)) return 'only plain text';
  const named = names.find((name) => folded(plain).includes(folded(name)));
  if (named !== undefined) return 'this goes wherever the escrow is copied: write "card 3", not a name';
  if (showsRow(plain)) return 'that looks like a row of a card; nothing off a card belongs here';
  return undefined;
}

/** Who enters an exception, without a name. */
export function whoProblem(text: string, cards: number): string | undefined {
  const card = /^card (\d{1,3})$/i.exec(text.trim())?.[1];
  const isKnown = /^(?:lead|witness)$/i.test(text.trim()) || (Number(card) >= 1 && Number(card) <= cards);
  return isKnown ? undefined : `lead, witness, or card 1 to card ${cards}`;
}

/** Further facts of the ceremony's line. */
export function minutesFacts(
  minutes: CeremonyMinutes | undefined,
): Readonly<Record<string, string | number>> {
  if (!minutes) return {};
  const { script, program, exceptions } = minutes;
  return { script, program, exceptions: exceptions.length };
}

/** The lines that follow the ceremony's. */
export function exceptionEvents(minutes: CeremonyMinutes | undefined): LedgerEvent[] {
  return (minutes?.exceptions ?? []).map(({ step, time, what, fix, who }) => ({
    event: 'note',
    facts: { text: what, at: time, fix, kind: 'exception', step, who },
  }));
}
