// Step 2: the cards. The headline says what is missing; every card is judged in a box of its own.

import { setMark } from '../../core/share/set.ts';
import { lacksInPolicy } from '../../escrow/missing-cards.ts';
import { button, el } from '../element.ts';
import type { PageState } from '../state.ts';
import type { Strings } from '../strings.ts';
import { isPackageAtFault, isPackageDamaged, tellBox, tellFailure, tellLacks, wantedMark } from '../told.ts';
import { sizeOf } from '../times.ts';
import { boxElement, markPicture } from './box.ts';
import { notesView, olderView } from './notes.ts';
import { unlockView } from './unlock.ts';
import { waysView } from './ways.ts';
import { setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

/** The headline and the sentence below it. */
export function tellNeed(strings: Strings, state: PageState): { headline: string; lead: string } {
  const { progress, charter, opening, problem } = state;
  const isShut = problem !== undefined && problem.code !== 'recover.other-key';
  if (opening) return { headline: strings.opening, lead: strings.openingLead };
  if (isPackageAtFault(state)) return { headline: strings.notOpened, lead: '' };
  if (isShut) return { headline: strings.needFurther, lead: '' };
  const first = charter && {
    lacks: lacksInPolicy(charter.policy, []),
    mark: setMark(charter.set.number),
  };
  const need = progress ?? first;
  if (!need) return { headline: strings.firstCard, lead: strings.firstCardLead };
  if (need.lacks.length === 0) {
    return state.package
      ? { headline: strings.needFurther, lead: strings.needFurtherLead }
      : { headline: strings.enoughCards, lead: strings.enoughCardsLead };
  }
  const from = need.lacks.flatMap((lack) => (lack.kind === 'cards' ? lack.from : []));
  return {
    headline: tellLacks(strings, need, progress === undefined),
    lead: strings.needLead(need.mark, from),
  };
}

export function cardsView(strings: Strings, actions: Actions): View {
  const headline = el('h1', { tabindex: '-1', 'aria-live': 'polite' });
  const leadMark = el('span');
  const leadText = el('span');
  const lead = el('p', { class: 'lead' }, leadMark, leadText);
  const problem = el('p', { class: 'problem', role: 'alert' });
  const bar = el('progress', { max: '1' });
  const amount = el('p', { class: 'hint' });
  const toPackage = button(
    strings.chooseOther,
    () => {
      actions.go('package');
    },
    'primary',
  );
  const inside = button(strings.useInside, () => {
    actions.takeInside();
  });
  const packageWay = el('p', { class: 'ways' }, toPackage, inside);
  const boxes = el('ul', { class: 'boxes', 'aria-live': 'polite', 'aria-relevant': 'additions' });
  const reading = el('p', { class: 'hint', role: 'status' });
  const ways = waysView(strings, actions);
  const unlock = unlockView(strings, actions);
  const check = button(
    strings.checkOnly,
    () => {
      actions.go('check');
    },
    'quiet',
  );
  const aside = el('p', { class: 'aside' }, check);
  const opening = el('div', { class: 'opening' }, bar, amount);
  const [notes, older] = [notesView(strings), olderView(strings, actions)];
  const damaged = el('p', { class: 'problem', role: 'alert' });
  const calm = el('p', { class: 'hint' }, strings.callHolders);
  let markShown: string | undefined;
  let shown: Pick<PageState, 'boxes' | 'charter' | 'progress'> | undefined;
  return {
    root: el(
      'section',
      {},
      headline,
      lead,
      calm,
      older.root,
      notes.root,
      problem,
      damaged,
      opening,
      packageWay,
      boxes,
      unlock.root,
      reading,
      ways.root,
      aside,
    ),
    update(state) {
      const need = tellNeed(strings, state);
      setText(headline, need.headline);
      setText(leadText, need.lead);
      lead.hidden = need.lead === '';
      const mark = state.opening ? undefined : wantedMark(state);
      if (markShown !== mark?.hex) {
        markShown = mark?.hex;
        leadMark.replaceChildren(...(mark ? [markPicture(mark)] : []));
      }
      setText(problem, tellFailure(strings, state));
      problem.hidden = state.problem === undefined;
      const isAtFault = isPackageAtFault(state);
      const isDamaged = state.package?.isDamaged === true && state.opening === undefined && !isAtFault;
      damaged.hidden = !isDamaged;
      setText(damaged, isDamaged ? strings.packageDamaged : '');
      // Where cards are what is missing, another package is the second thing to try.
      const isSecond = state.problem?.code === 'recover.other-key' && !isAtFault && !isDamaged;
      packageWay.hidden = !isAtFault && !isSecond && !isDamaged && !isQuorumWithoutPackage(state);
      toPackage.className = isSecond ? 'secondary' : 'primary';
      const before = isSecond ? ways.root : opening;
      if (packageWay.previousElementSibling !== before) before.after(packageWay);
      inside.hidden = !state.hasInside || state.package?.isInside === true;
      setText(toPackage, state.package ? strings.chooseOther : strings.chooseFile);
      opening.hidden = state.opening === undefined;
      if (state.opening && state.package) {
        // A file of no bytes is chosen, too.
        bar.value = state.opening.read / Math.max(1, state.package.size);
        setText(
          amount,
          strings.openingProgress(
            sizeOf(state.opening.read, state.language),
            sizeOf(state.package.size, state.language),
          ),
        );
      }
      if (
        shown?.boxes !== state.boxes ||
        shown.charter !== state.charter ||
        shown.progress !== state.progress
      ) {
        drawBoxes(strings, state, boxes, actions);
        shown = state;
      }
      reading.hidden = state.reading === 0;
      setText(reading, state.reading > 0 ? strings.reading(state.reading) : '');
      ways.root.hidden = state.opening !== undefined;
      // Nobody is called for a package that no card opens.
      calm.hidden = state.boxes.length > 0 || state.opening !== undefined || isPackageDamaged(state);
      older.update(state);
      notes.update(state);
      unlock.update(state);
      ways.update(state);
      aside.hidden = state.boxes.length > 0;
    },
  };
}

const isQuorumWithoutPackage = ({ progress, package: shown, problem }: PageState): boolean =>
  problem === undefined && shown === undefined && progress?.lacks.length === 0;

/** The place is an attribute as well: of two boxes that look alike each keeps its own button. */
function putAwayButton(strings: Strings, what: string, at: number, actions: Actions): HTMLElement {
  const act = (): void => {
    actions.putAway(at);
  };
  const made = button(strings.putAway, act, 'quiet');
  made.dataset['at'] = String(at);
  made.append(el('span', { class: 'offscreen' }, ` ${what}`));
  return made;
}

/** Boxes that were there stay as they are, so that only what is new is read out. */
function drawBoxes(strings: Strings, state: PageState, list: HTMLElement, actions: Actions): void {
  const wanted = state.boxes.flatMap((box, at) => {
    if (box.isPutAway) return [];
    const told = tellBox(strings, state, box);
    const element = boxElement(told, box.kind === 'card' ? box.verdict.mark : undefined);
    const isNoUse = told.tone === 'bad' || (box.kind === 'card' && box.verdict.state === 'already-given');
    if (isNoUse) element.append(putAwayButton(strings, told.heading, at, actions));
    return [element];
  });
  const waiting = el(
    'li',
    { class: 'box waiting' },
    el('h2', {}, strings.nextCard),
    el('p', {}, strings.waiting),
  );
  const all = state.progress?.lacks.length === 0 ? wanted : [...wanted, waiting];
  all.forEach((box, index) => {
    const old = list.children[index];
    if (!old) list.append(box);
    else if (old.outerHTML !== box.outerHTML) old.replaceWith(box);
  });
  while (list.children.length > all.length) list.lastElementChild?.remove();
}
