// What the page knows and shows, and how each event changes it. No DOM and no secret work here: cards are
// judged and packages opened in recovery.ts, whose results arrive as events.

import type { EscrowError } from '../core/errors.ts';
import type { Language } from '../core/languages.ts';
import type { Charter } from '../core/record/charter.ts';
import type { CardVerdict } from '../escrow/card-verdict.ts';
import type { SetProgress } from '../escrow/quorum.ts';
import type { CameraFault } from './cards/camera.ts';
import { NOTHING_TYPED } from './cards/typing.ts';
import type { Typing } from './cards/typing.ts';
import { isDamage } from './problem.ts';

export type Screen = 'package' | 'cards' | 'check' | 'opened';
export type Via = 'camera' | 'photo' | 'typed';

/** A passphrase that is being tried, or was not the one. */
export type Trial = 'trying' | 'wrong' | 'failed';

/** One thing that was given as a card: a card with its verdict, or a file without one. */
export type Box = (
  | { readonly kind: 'card'; readonly verdict: CardVerdict; readonly via: Via }
  | { readonly kind: 'file'; readonly name: string; readonly problem: EscrowError }
) & {
  /** When it came. */
  readonly at: number;
  /** Of a locked card: how its passphrase was last tried. */
  readonly trial?: Trial;
  /** It keeps its place in the order, and is no longer shown. */
  readonly isPutAway?: true;
};

type CardBox = Extract<Box, { kind: 'card' }>;

/** Where a box is: among those of a recovery, or the one looked at in a check. */
export type BoxPlace = number | 'checked';

export interface ShownPackage {
  readonly name: string;
  readonly size: number;
  /** By the word of a record nobody has confirmed yet. */
  readonly sealedAt: string | undefined;
  /** By the same word: the size it ought to have, where that is another. */
  readonly recordedSize: number | undefined;
  /** By the same word: when a newer package was sealed. */
  readonly newerAt: string | undefined;
  /** By the same word: its bytes are others, though they are as many. */
  readonly isDamaged: boolean;
  /** Whether it is the one that this page carries. */
  readonly isInside: boolean;
}

/** What became of a file that is no card: told below the headline until something else is done. */
export type Note =
  | { readonly kind: 'charter-taken' | 'record-taken' | 'other-escrow'; readonly name: string }
  | { readonly kind: 'not-package'; readonly name: string };

export type CameraState = 'off' | 'starting' | 'on' | CameraFault;

/** A check-in on this page: one card, and perhaps a challenge to answer with it. */
export interface CheckState {
  readonly challenge: string;
  /** Why the challenge cannot be answered. */
  readonly problem: EscrowError | undefined;
  /** The row to be typed from the paper before a scanned card answers, 1 to 4. */
  readonly askedRow: number | undefined;
  readonly typedRow: string;
  /** It is whole, and another than the card's. */
  readonly isRowWrong: boolean;
  readonly response: { readonly card: number; readonly text: string } | undefined;
}

export interface PageState {
  readonly language: Language;
  readonly startedAt: number;
  readonly now: number;
  readonly isOnline: boolean;
  readonly screen: Screen;
  readonly package: ShownPackage | undefined;
  /** Whether this page carries a package of its own that is not known to be damaged. */
  readonly hasInside: boolean;
  readonly charter: Charter | undefined;
  /** What was given as cards in a recovery, in order; and the last one looked at in a check. */
  readonly boxes: readonly Box[];
  readonly checked: Box | undefined;
  readonly progress: SetProgress | undefined;
  readonly way: 'camera' | 'typing' | undefined;
  readonly camera: CameraState;
  readonly typing: Typing;
  /** Why four complete rows are no card. */
  readonly typingProblem: EscrowError | undefined;
  readonly notes: readonly Note[];
  /** Files that are still to be read. */
  readonly reading: number;
  /** How much of the package was read, while it is opened. */
  readonly opening: { readonly read: number } | undefined;
  /** Why the package did not open. */
  readonly problem: EscrowError | undefined;
  readonly check: CheckState;
}

export type PageEvent =
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'tick'; readonly now: number; readonly isOnline: boolean }
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'package'; readonly package: ShownPackage | undefined; readonly problem?: EscrowError }
  | {
      readonly kind: 'evidence';
      readonly charter: Charter | undefined;
      readonly verdicts: readonly CardVerdict[];
    }
  /** In a recovery with what all cards come to now. */
  | {
      readonly kind: 'card';
      readonly verdict: CardVerdict;
      readonly via: Via;
      readonly progress?: SetProgress | undefined;
    }
  | { readonly kind: 'file'; readonly name: string; readonly problem: EscrowError }
  /** About the locked card in this place. */
  | { readonly kind: 'trial'; readonly place: BoxPlace; readonly trial: Trial }
  | {
      readonly kind: 'unlocked';
      readonly place: BoxPlace;
      readonly verdict: CardVerdict;
      readonly progress?: SetProgress | undefined;
    }
  /** What was given and was no good card is taken off the screen. */
  | { readonly kind: 'tidy'; readonly at: number }
  | { readonly kind: 'progress'; readonly progress: SetProgress | undefined }
  | { readonly kind: 'notes'; readonly notes: readonly Note[] }
  | { readonly kind: 'reading'; readonly files: number }
  | { readonly kind: 'way'; readonly way: PageState['way'] }
  | { readonly kind: 'camera'; readonly camera: CameraState }
  | { readonly kind: 'typed'; readonly typing: Typing; readonly problem?: EscrowError | undefined }
  | { readonly kind: 'opening'; readonly read: number }
  | { readonly kind: 'failed'; readonly problem: EscrowError }
  | { readonly kind: 'opened' }
  | { readonly kind: 'check'; readonly check: Partial<CheckState> };

const NO_CHECK: CheckState = {
  challenge: '',
  problem: undefined,
  askedRow: undefined,
  typedRow: '',
  isRowWrong: false,
  response: undefined,
};

export function firstState(language: Language, now: number, isOnline: boolean): PageState {
  return {
    language,
    startedAt: now,
    now,
    isOnline,
    screen: 'package',
    package: undefined,
    hasInside: false,
    charter: undefined,
    boxes: [],
    checked: undefined,
    progress: undefined,
    way: undefined,
    camera: 'off',
    typing: NOTHING_TYPED,
    typingProblem: undefined,
    notes: [],
    reading: 0,
    opening: undefined,
    problem: undefined,
    check: NO_CHECK,
  };
}

/** The state after an event. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.kind) {
    case 'language':
      return { ...state, language: event.language };
    case 'tick':
      return { ...state, now: event.now, isOnline: event.isOnline };
    case 'screen':
      return enter(state, event.screen);
    case 'package':
      return {
        ...state,
        package: event.package,
        hasInside: event.package?.isInside === true ? !event.package.isDamaged : state.hasInside,
        problem: event.problem,
      };
    case 'evidence':
      return { ...state, charter: event.charter, boxes: rejudged(state.boxes, event.verdicts) };
    case 'card':
      return withBox(
        { ...state, progress: event.progress ?? state.progress },
        { kind: 'card', verdict: event.verdict, via: event.via, at: state.now },
      );
    case 'trial':
      return changeBox(state, event.place, (box) => ({ ...box, trial: event.trial }));
    case 'unlocked':
      return changeBox(
        { ...state, progress: event.progress ?? state.progress, problem: undefined },
        event.place,
        ({ via, at }) => ({ kind: 'card', verdict: event.verdict, via, at }),
      );
    case 'file':
      return withBox(state, { kind: 'file', name: event.name, problem: event.problem, at: state.now });
    case 'tidy':
      return {
        ...state,
        boxes: state.boxes.map((box, at) => (at === event.at ? { ...box, isPutAway: true } : box)),
      };
    case 'progress':
      return { ...state, progress: event.progress };
    case 'notes':
      return { ...state, notes: event.notes };
    case 'reading':
      return { ...state, reading: Math.max(0, state.reading + event.files) };
    case 'way':
      return { ...state, way: event.way, typing: NOTHING_TYPED, typingProblem: undefined };
    case 'camera':
      return { ...state, camera: event.camera };
    case 'typed':
      return { ...state, typing: event.typing, typingProblem: event.problem };
    case 'opening':
      return { ...state, opening: { read: event.read }, problem: undefined };
    case 'failed':
      return {
        ...state,
        opening: undefined,
        problem: event.problem,
        hasInside: state.hasInside && !(state.package?.isInside === true && isDamage(event.problem)),
      };
    case 'opened':
      return { ...enter(state, 'opened'), opening: undefined, boxes: [], progress: undefined };
    case 'check':
      return { ...state, check: { ...state.check, ...event.check } };
  }
}

/** Another screen: whatever way of giving cards was open is closed, and a check begins anew. */
function enter(state: PageState, screen: Screen): PageState {
  return {
    ...state,
    screen,
    notes: [],
    way: undefined,
    typing: NOTHING_TYPED,
    typingProblem: undefined,
    checked: undefined,
    check: NO_CHECK,
  };
}

/** A card looked at in a check is shown in the place of the one before; in a recovery it joins the others. */
function withBox(state: PageState, box: Box): PageState {
  if (state.screen === 'check') {
    const { challenge } = state.check;
    return { ...state, checked: box, check: { ...NO_CHECK, challenge } };
  }
  return { ...state, boxes: [...state.boxes, box], problem: undefined };
}

/** What is known of a card by now, in the place it had. */
function changeBox(state: PageState, place: BoxPlace, change: (box: CardBox) => Box): PageState {
  const changed = <B extends Box | undefined>(box: B): B | Box => (box?.kind === 'card' ? change(box) : box);
  return place === 'checked'
    ? { ...state, checked: changed(state.checked) }
    : { ...state, boxes: state.boxes.map((box, at) => (at === place ? changed(box) : box)) };
}

/** The same cards with the verdicts of another charter, in the order they were given. */
function rejudged(boxes: readonly Box[], verdicts: readonly CardVerdict[]): readonly Box[] {
  let next = 0;
  return boxes.map((box) => {
    if (box.kind === 'file') return box;
    const verdict = verdicts[next] ?? box.verdict;
    next += 1;
    return { ...box, verdict };
  });
}
