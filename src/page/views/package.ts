// Step 1: which package.

import { button, el } from '../element.ts';
import { tellProblem } from '../told.ts';
import type { Strings } from '../strings.ts';
import { sizeOf } from '../times.ts';
import { fileButton, setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

export function packageView(strings: Strings, actions: Actions): View {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const chosen = el('p', { class: 'chosen' });
  const next = button(
    strings.goToCards,
    () => {
      actions.go('cards');
    },
    'primary',
  );
  const check = button(
    strings.checkOnly,
    () => {
      actions.go('check');
    },
    'quiet',
  );
  const inside = button(strings.useInside, () => {
    actions.takeInside();
  });
  const partial = el('p', { class: 'problem', role: 'alert' });
  const first = fileButton(strings.chooseFile, actions, { kind: 'primary' });
  const other = fileButton(strings.chooseOther, actions, { kind: 'secondary' });
  return {
    root: el(
      'section',
      {},
      el('h1', { tabindex: '-1' }, strings.packageHeadline),
      el('p', { class: 'lead' }, strings.packageLead),
      problem,
      chosen,
      partial,
      el('p', { class: 'ways' }, first, next, other, inside),
      el('p', { class: 'hint' }, strings.dropHere),
      el('p', { class: 'hint' }, strings.packageHelp),
      el('p', { class: 'aside' }, check),
    ),
    update(state) {
      const { package: shown } = state;
      setText(problem, state.problem ? tellProblem(strings, state.problem) : '');
      problem.hidden = state.problem === undefined;
      setText(chosen, shown ? strings.packageChosen(shown.name, sizeOf(shown.size)) : '');
      chosen.hidden = shown === undefined;
      partial.hidden = shown?.recordedSize === undefined;
      setText(
        partial,
        shown?.recordedSize === undefined
          ? ''
          : strings.packagePartial(sizeOf(shown.size), sizeOf(shown.recordedSize)),
      );
      next.className = shown?.recordedSize === undefined ? 'primary' : 'quiet';
      inside.hidden = !state.hasInside || shown?.isInside === true;
      first.hidden = shown !== undefined;
      next.hidden = shown === undefined;
      other.hidden = shown === undefined;
    },
  };
}
