// The recovery plan as it was sealed: texts to read, and to print.

import { decodeUtf8 } from '../../../core/bytes.ts';
import { isEscrowError } from '../../../core/errors.ts';
import { button, el } from '../../element.ts';
import type { VaultUi } from '../ui.ts';
import { saveOriginal } from './start.ts';

function textOf(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && decodeUtf8(bytes);
  } catch (error) {
    if (isEscrowError(error, 'bytes.bad-encoding')) return undefined;
    throw error;
  }
}

function fileView(ui: VaultUi, path: string): HTMLElement {
  const { session, strings } = ui;
  const text = textOf(session.opened.files.get(path));
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
  return el(
    'section',
    { class: 'v-plan' },
    el('h1', { tabindex: '-1' }, strings.plan),
    el('p', { class: 'lead' }, paths.length > 0 ? strings.planLead : strings.noPlan),
    ...paths.map((path) => fileView(ui, path)),
  );
}
