// The passphrases of locked cards: a field for each card that is in and waits for one.

import { button, el } from '../element.ts';
import type { Box, BoxPlace, PageState } from '../state.ts';
import type { Strings } from '../strings.ts';
import { cardName } from '../told.ts';
import { setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

interface Field {
  readonly root: HTMLElement;
  update(box: Box): void;
}

function passphraseField(strings: Strings, place: BoxPlace, actions: Actions): Field {
  const id = `passphrase-${place}`;
  const label = el('label', { for: id });
  // Nothing here may be offered to a password manager: it would keep the one thing that is kept nowhere.
  const input = el('input', { id, type: 'password', autocomplete: 'off', spellcheck: 'false' });
  const told = el('p', { class: 'hint', role: 'status' });
  const unlock = button(
    strings.unlock,
    () => {
      if (input.value !== '') actions.unlock(place, input.value);
      input.value = '';
    },
    'primary',
  );
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') unlock.click();
  });
  return {
    root: el('div', { class: 'panel' }, label, el('p', { class: 'ways' }, input, unlock), told),
    update(box) {
      if (box.kind !== 'card') return;
      setText(label, strings.passphraseOf(cardName(strings, box.verdict)));
      const { trial } = box;
      const words = { trying: strings.unlocking, wrong: strings.wrongPassphrase, failed: strings.lockFailed };
      setText(told, trial === undefined ? strings.passphraseHelp : words[trial]);
      told.className = trial === 'wrong' || trial === 'failed' ? 'problem' : 'hint';
      unlock.disabled = trial === 'trying';
      if (trial === 'wrong' && document.activeElement === document.body) input.focus();
    },
  };
}

const isClosed = (box: Box | undefined): box is Box =>
  box?.kind === 'card' && box.verdict.lock === 'closed' && box.verdict.state !== 'already-given';

export function unlockView(strings: Strings, actions: Actions): View {
  const fields = new Map<BoxPlace, Field>();
  const root = el('div');
  return {
    root,
    update({ boxes, checked, screen, opening }: PageState) {
      const shown: readonly (readonly [BoxPlace, Box | undefined])[] =
        screen === 'check' ? [['checked', checked]] : boxes.map((box, place) => [place, box] as const);
      const waiting = new Map(
        shown.flatMap(([place, box]) => (isClosed(box) ? [[place, box] as const] : [])),
      );
      for (const [place, field] of fields) {
        if (waiting.has(place)) continue;
        field.root.remove();
        fields.delete(place);
      }
      for (const [place, box] of waiting) {
        const known = fields.get(place) ?? passphraseField(strings, place, actions);
        if (!fields.has(place)) {
          fields.set(place, known);
          root.append(known.root);
        }
        known.update(box);
      }
      root.hidden = opening !== undefined || fields.size === 0;
    },
  };
}
