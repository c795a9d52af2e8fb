// Step 1: which package.

import { button, el } from '../element.ts';
import { tellProblem } from '../told.ts';
import type { Strings } from '../strings.ts';
import { sizeOf } from '../times.ts';
import { fileButton, setText } from './frame.ts';
import type { Actions, View } from './frame.ts';
import { notesView, olderView } from './notes.ts';

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
  const [notes, older] = [notesView(strings), olderView(strings, actions)];
  const help = el('p', { class: 'hint' });
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
      older.root,
      notes.root,
      el('p', { class: 'ways' }, first, next, other, inside),
      el('p', { class: 'hint' }, strings.dropHere),
      help,
      el('p', { class: 'aside' }, check),
    ),
    update(state) {
      const { package: shown } = state;
      setText(problem, state.problem ? tellProblem(strings, state.problem) : '');
      problem.hidden = state.problem === undefined;
      setText(chosen, shown ? strings.packageChosen(shown.name, sizeOf(shown.size, state.language)) : '');
      chosen.hidden = shown === undefined;
      partial.hidden = shown?.recordedSize === undefined;
      setText(
        partial,
        shown?.recordedSize === undefined
          ? ''
          : strings.packagePartial(
              sizeOf(shown.size, state.language),
              sizeOf(shown.recordedSize, state.language),
            ),
      );
      const isDoubtful = shown?.recordedSize !== undefined || shown?.newerAt !== undefined;
      next.className = isDoubtful ? 'quiet' : 'primary';
      // An older package has the same button in its warning.
      inside.hidden = !state.hasInside || shown?.isInside === true || shown?.newerAt !== undefined;
      older.update(state);
      notes.update(state);
      const isWhole = shown?.isInside === true && state.charter !== undefined;
      // What tells good cards from forged ones may be here, whatever package was chosen.
      help.hidden = !isWhole && shown !== undefined && state.charter !== undefined;
      setText(help, isWhole ? strings.packageWhole : strings.packageHelp);
      first.hidden = shown !== undefined;
      next.hidden = shown === undefined;
      other.hidden = shown === undefined;
    },
  };
}
