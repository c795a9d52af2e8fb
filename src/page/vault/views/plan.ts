// The recovery plan as it was sealed: texts to read, and to print.

import { button, el } from '../../element.ts';
import { textOf } from '../text.ts';
import type { VaultUi } from '../ui.ts';
import { saveOriginal } from './original.ts';

function fileView(ui: VaultUi, path: string): HTMLElement {
  const { session, strings } = ui;
  const bytes = session.opened.files.get(path);
  const text = bytes && textOf(bytes);
  const save = button(
    strings.saveOriginal,
    () => {
      saveOriginal(ui, path);
    },
    'quiet',
  );
  const body = text === undefined ? el('p', { class: 'hint' }, strings.planFile) : el('pre', {}, text);
  return el(
    'article',
    { class: 'v-sheet' },
    el('div', { class: 'v-head' }, el('h2', {}, path.replace(/^plan\//, '')), save),
    body,
  );
}

export function planView(ui: VaultUi): HTMLElement {
  const { session, strings } = ui;
  // What people wrote for people comes before what programs read.
  const isText = (path: string): number => (/\.(?:md|txt)$/i.test(path) ? 0 : 1);
  const paths = session.opened.manifest.plan
    .map(({ path }) => path)
    .sort((a, b) => isText(a) - isText(b) || (a < b ? -1 : 1));
  const print = button(strings.printPlan, () => {
    window.print();
  });
  return el(
    'section',
    { class: 'v-plan' },
    el('h1', { tabindex: '-1' }, strings.plan),
    el('p', { class: 'lead' }, paths.length > 0 ? strings.planLead : strings.noPlan),
    paths.length > 0 ? el('p', { class: 'ways v-print' }, print) : undefined,
    ...paths.map((path) => fileView(ui, path)),
  );
}
