// Asks once before somebody locks the vault by hand: a button pressed by mistake would cost all cards again.

import { button, el } from '../../element.ts';
import type { VaultUi } from '../ui.ts';

/** @returns whether it is to be locked. */
export function confirmLock({ strings, host }: Pick<VaultUi, 'strings' | 'host'>): Promise<boolean> {
  const dialog = el('dialog', { class: 'v-dialog', 'aria-labelledby': 'v-lock' });
  return new Promise((resolve) => {
    // At once and not with the event of closing: what is being written must not leave in between.
    const answer = (isSure: boolean) => (): void => {
      dialog.close();
      dialog.remove();
      resolve(isSure);
    };
    const lock = button(strings.lockNow, answer(true), 'primary');
    const keep = button(strings.lockNot, answer(false));
    dialog.append(
      el('h2', { id: 'v-lock' }, strings.lockQuestion),
      el('p', {}, strings.lockPrice),
      el('p', { class: 'ways' }, lock, keep),
    );
    dialog.addEventListener('close', answer(false));
    host.append(dialog);
    dialog.showModal();
    keep.focus();
  });
}
