// Step 1: which package.

import { button, el } from '../element.ts';
import { isPackageAtFault, isPackageDamaged, tellFailure } from '../told.ts';
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
  const damaged = el('p', { class: 'problem', role: 'alert' });
  const partial = el('p', { class: 'problem', role: 'alert' });
  const reading = el('p', { class: 'hint', role: 'status' });
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
      damaged,
      partial,
      older.root,
      notes.root,
      reading,
      el('p', { class: 'ways' }, first, next, other, inside),
      el('p', { class: 'hint' }, strings.dropHere),
      help,
      el('p', { class: 'aside' }, check),
    ),
    update(state) {
      const { package: shown } = state;
      setText(problem, tellFailure(strings, state));
      problem.hidden = state.problem === undefined;
      setText(chosen, shown ? strings.packageChosen(shown.name, sizeOf(shown.size, state.language)) : '');
      chosen.hidden = shown === undefined;
      const isAtFault = isPackageAtFault(state);
      const isDamaged = isPackageDamaged(state);
      damaged.hidden = shown?.isDamaged !== true || isAtFault;
      setText(damaged, damaged.hidden ? '' : strings.packageDamaged);
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
      const isDoubtful = isDamaged || isAtFault || shown?.recordedSize !== undefined;
      chosen.classList.toggle('bad', isDoubtful);
      next.className = isDoubtful || shown?.newerAt !== undefined ? 'quiet' : 'primary';
      // An older package has the same button in its warning.
      inside.hidden = !state.hasInside || shown?.isInside === true || shown?.newerAt !== undefined;
      inside.className = isDoubtful ? 'primary' : 'secondary';
      const otherButton = other.querySelector('button');
      if (otherButton) otherButton.className = isDoubtful && inside.hidden ? 'primary' : 'secondary';
      older.update(state);
      notes.update(state);
      reading.hidden = state.reading === 0;
      setText(reading, state.reading > 0 ? strings.reading(state.reading) : '');
      const isWhole = shown?.isInside === true && state.charter !== undefined && !isDoubtful;
      // What tells good cards from forged ones may be here, whatever package was chosen.
      help.hidden = !isWhole && shown !== undefined && state.charter !== undefined;
      setText(help, isWhole ? strings.packageWhole : strings.packageHelp);
      first.hidden = shown !== undefined;
      // No card opens it: there is nothing to go on to.
      next.hidden = shown === undefined || isDamaged;
      other.hidden = shown === undefined;
    },
  };
}
