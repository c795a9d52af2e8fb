// Asks why a client is opened before its turn. The answer is noted; nothing is refused.

import { button, el } from '../../element.ts';
import { setText } from '../../views/frame.ts';
import type { VaultUi } from '../ui.ts';

/**
 * @param what - What is done once there is a reason.
 * @param names - Of the client, undefined for what lies in no folder; and of the one whose turn it is.
 * @returns the reason; undefined when somebody would rather keep to the order.
 */
export function askReason(
  { strings, host }: Pick<VaultUi, 'strings' | 'host'>,
  what: 'open' | 'save',
  { client, next }: { readonly client: string | undefined; readonly next: string },
): Promise<string | undefined> {
  const reason = el('textarea', {
    rows: '2',
    maxlength: '500',
    required: true,
    'aria-label': strings.reason,
    'aria-describedby': 'v-no-reason',
  });
  const missing = el('p', { id: 'v-no-reason', class: 'v-told', role: 'alert' });
  reason.addEventListener('input', () => {
    setText(missing, '');
  });
  const title = client === undefined ? strings.outOfTurnNoFolder : strings.outOfTurn(client);
  const heading = el('h2', { id: 'v-turn' }, title);
  const dialog = el('dialog', { class: 'v-dialog', 'aria-labelledby': 'v-turn' });
  return new Promise((resolve) => {
    const open = button(
      what === 'open' ? strings.reasonAnyway : strings.reasonSave,
      () => {
        const given = reason.value.trim();
        if (given !== '') {
          dialog.close(given);
          return;
        }
        setText(missing, strings.reasonMissing);
        reason.focus();
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
      missing,
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
