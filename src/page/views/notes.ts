// What is said about the files that were given and are no cards: taken, of another escrow, or no package.

import { button, el } from '../element.ts';
import type { Note, PageState } from '../state.ts';
import type { Strings } from '../strings.ts';
import { moment } from '../times.ts';
import { setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

function tellNote(strings: Strings, { kind, name }: Note): string {
  switch (kind) {
    case 'charter-taken':
      return strings.charterTaken(name);
    case 'record-taken':
      return strings.recordTaken(name);
    case 'other-escrow':
      return strings.otherEscrow(name);
    case 'not-package':
      return strings.notPackage(name);
  }
}

const isGood = ({ kind }: Note): boolean => kind === 'charter-taken' || kind === 'record-taken';

export function notesView(strings: Strings): View {
  const root = el('div', { class: 'notes', role: 'status' });
  let shown: readonly Note[] | undefined;
  return {
    root,
    update({ notes }) {
      if (shown === notes) return;
      shown = notes;
      root.hidden = notes.length === 0;
      root.replaceChildren(
        ...notes.map((note) =>
          el('p', { class: isGood(note) ? 'chosen' : 'problem' }, tellNote(strings, note)),
        ),
      );
    },
  };
}

/** Told before the cards are fetched: the package that was chosen is not the newest. */
export function olderView(strings: Strings, actions: Actions): View {
  const told = el('p');
  const inside = button(
    strings.useInside,
    () => {
      actions.takeInside();
    },
    'primary',
  );
  const root = el('div', { class: 'problem older', role: 'alert' }, told, inside);
  return {
    root,
    update({ package: shown, hasInside, language, opening }: PageState) {
      const newerAt = opening ? undefined : shown?.newerAt;
      root.hidden = newerAt === undefined;
      setText(told, newerAt === undefined ? '' : strings.packageOlder(moment(newerAt, language)));
      inside.hidden = !hasInside || shown?.isInside === true;
    },
  };
}
