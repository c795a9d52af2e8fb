// What the owner attached for this night: recovery codes, licence keys. A text can be read on the screen.

import { button, el } from '../../element.ts';
import { sizeOf } from '../../times.ts';
import { setText } from '../../views/frame.ts';
import { BOUNDS } from '../bounds.ts';
import { textOf } from '../text.ts';
import type { VaultUi } from '../ui.ts';
import { saveOriginal } from './original.ts';

/** @returns undefined where nothing is attached. */
export function attachedView(ui: VaultUi): HTMLElement | undefined {
  const { session, strings } = ui;
  const paths = session.opened.manifest.attachments.map(({ path }) => path);
  if (paths.length === 0) return undefined;
  return el(
    'div',
    { class: 'v-sheet v-attached' },
    el('h2', {}, strings.attached),
    el('p', { class: 'hint' }, strings.attachedLead),
    el('ul', {}, ...paths.map((path) => attachedFile(ui, path))),
  );
}

function attachedFile(ui: VaultUi, path: string): HTMLElement {
  const { session, strings } = ui;
  const name = path.replace(/^attachments\//, '');
  const bytes = session.opened.files.get(path);
  const text = bytes && bytes.length <= BOUNDS.shownTextBytes ? textOf(bytes) : undefined;
  const acts = el('span', { class: 'v-acts' });
  const act = (label: string, words: string, done: () => void): HTMLButtonElement => {
    const made = button(label, done, 'quiet');
    made.append(el('span', { class: 'offscreen' }, ` ${words}`));
    return made;
  };
  const shown = el('pre', { hidden: true });
  if (text !== undefined) {
    const show = act(strings.show, name, () => {
      shown.hidden = !shown.hidden;
      // In the page only while it is shown.
      setText(shown, shown.hidden ? '' : text);
      if (!shown.hidden) session.log.add({ kind: 'original', path, how: 'shown' });
      ui.noted();
    });
    acts.append(show);
  }
  acts.append(
    act(strings.saveFile, name, () => {
      saveOriginal(ui, path);
    }),
  );
  return el(
    'li',
    {},
    el('span', { class: 'v-file' }, `${name} · ${sizeOf(bytes?.length ?? 0, ui.language)}`, acts),
    shown,
  );
}
