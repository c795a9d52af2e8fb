// Asks why a client is opened before its turn. The answer is noted; nothing is refused.

import { button, el } from '../../element.ts';
import type { VaultUi } from '../ui.ts';

/** @returns the reason; undefined when somebody would rather keep to the order. */
export function askReason(
  { strings, host }: Pick<VaultUi, 'strings' | 'host'>,
  client: string,
  next: string,
): Promise<string | undefined> {
  const reason = el('textarea', {
    rows: '2',
    maxlength: '500',
    required: true,
    'aria-label': strings.reason,
  });
  const heading = el('h2', { id: 'v-turn' }, strings.outOfTurn(client));
  const dialog = el('dialog', { class: 'v-dialog', 'aria-labelledby': 'v-turn' });
  return new Promise((resolve) => {
    const open = button(
      strings.reasonAnyway,
      () => {
        const given = reason.value.trim();
        if (given === '') reason.focus();
        else dialog.close(given);
      },
      'primary',
    );
    const keep = button(strings.cancel, () => {
      dialog.close('');
    });
    dialog.append(
      heading,
      el('p', {}, strings.outOfTurnLead(next)),
      el('label', { class: 'v-field' }, el('span', {}, strings.reason), reason),
      el('p', { class: 'ways' }, open, keep),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === '' ? undefined : dialog.returnValue);
    });
    host.append(dialog);
    dialog.showModal();
    reason.focus();
  });
}
