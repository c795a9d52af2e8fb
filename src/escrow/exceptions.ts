// What went otherwise at a ceremony, entered at any step and signed into the ledger together with the ceremony:
// one note for each, and their number in the line of the ceremony, so that none can be cut off unseen. The
// ledger is copied anywhere: neither names nor anything off a card may stand in one. Spec: docs/spec/ledger.md.

import type { LedgerEvent } from '../core/record/ledger-event.ts';
import type { ScriptKind } from './ceremony-script.ts';

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

/** What the program sees by itself. */
export type SeenException = Pick<CeremonyException, 'what' | 'fix'> & Partial<Pick<CeremonyException, 'who'>>;

/** What a guided ceremony leaves besides key and cards. */
export interface CeremonyMinutes {
  readonly script: ScriptKind;
  /** The program's hash as it was read aloud. */
  readonly program: string;
  readonly exceptions: readonly CeremonyException[];
  /** Bag numbers by card. */
  readonly bags: ReadonlyMap<number, string>;
}

/** As many as a person can mean to enter; more is something that types by itself. */
export const MOST_EXCEPTIONS = 200;

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
