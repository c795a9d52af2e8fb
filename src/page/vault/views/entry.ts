// One entry with everything in it that is read or typed; dates and tags are left to the saved vault.

import type { Attachment } from '../../../vault/model.ts';
import { breakable, button, el } from '../../element.ts';
import { saveBytes } from '../../save.ts';
import { moment, sizeOf } from '../../times.ts';
import { detailName, formerLines, linesOf, seedsOf } from '../lines.ts';
import type { EntryLine } from '../lines.ts';
import type { VaultScreen, VaultUi } from '../ui.ts';
import { codeView, coverOf } from './cover.ts';

/** What a line is called here, and in the log, where it is no part of its own. */
function namesOf(
  { strings }: VaultUi,
  label: EntryLine['label'],
): { name: string | undefined; known: string } {
  if (typeof label === 'string') return { name: undefined, known: strings.lines[label] };
  if ('name' in label) return { name: label.name, known: label.name };
  return { name: label.detail, known: detailName(strings.details, label.detail) };
}

function lineView(ui: VaultUi, index: number, line: EntryLine): HTMLElement {
  const { strings, language, session } = ui;
  const { label, value, part, at } = line;
  const { name, known } = namesOf(ui, label);
  const heading = at === undefined ? known : `${known}, ${strings.changed(moment(at, language))}`;
  const told = part === 'password' ? strings.passwordOf(session.item(index).title) : known;
  if (part !== undefined) {
    const { value: place, copy, show } = coverOf(ui, { index, part, name, told, value });
    return lineElement(heading, place, copy, show);
  }
  const copy = button(
    strings.copy,
    () => {
      void ui.copy(value);
    },
    'quiet',
  );
  copy.setAttribute('aria-label', strings.copyOf(known));
  return lineElement(heading, el('span', { class: 'v-plain' }, ...breakable(value)), copy);
}

function lineElement(heading: string, value: HTMLElement, ...acts: readonly HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: 'v-line' },
    el('dt', {}, heading),
    el('dd', {}, value),
    el('dd', { class: 'v-acts' }, ...acts),
  );
}

function attachmentView(ui: VaultUi, index: number, { name, size, bytes }: Attachment): HTMLElement {
  const { strings, session } = ui;
  if (!bytes) return el('li', {}, `${name} · ${strings.missingFile}`);
  const save = button(
    strings.saveFile,
    () => {
      saveBytes(name, bytes);
      session.revealed(index, 'attachment', 'saved', name);
      ui.noted();
    },
    'quiet',
  );
  save.setAttribute('aria-label', `${strings.saveFile} ${name}`);
  return el('li', { class: 'v-file' }, el('span', {}, `${name} · ${sizeOf(size, ui.language)}`), save);
}

function notesView(ui: VaultUi, index: number): HTMLElement | undefined {
  const { strings, session } = ui;
  const { notes, title } = session.item(index);
  if (notes === '') return undefined;
  const told = `${strings.notes}, ${title}`;
  const { value, copy, show } = coverOf(ui, { index, part: 'notes', told, value: notes });
  value.classList.add('v-notes');
  return lineElement(strings.notes, value, copy, show);
}

export function entryView(
  ui: VaultUi,
  { index, from }: Extract<VaultScreen, { kind: 'entry' }>,
): HTMLElement {
  const { strings, session } = ui;
  const item = session.item(index);
  const codes = seedsOf(item).map((seed) => {
    const { root, copy } = codeView(ui, index, seed);
    return lineElement(strings.code, root, copy);
  });
  const [lines, former] = [linesOf(item), formerLines(item)];
  // A code belongs below the password it is typed after.
  const top = lines.filter(({ label }) => label === 'username' || label === 'password');
  const view = (line: EntryLine): HTMLElement => lineView(ui, index, line);
  const back = button(
    strings.back,
    () => {
      ui.go(from);
    },
    'quiet',
  );
  const [client, folder] = [ui.nameOf(session.clientOf(index)), session.folderOf(index)];
  const where = [client, folder === client ? '' : folder].filter((part) => part).join(' · ');
  return el(
    'section',
    { class: 'v-entry' },
    el('p', {}, back),
    el(
      'div',
      { class: 'v-sheet' },
      el('h1', { tabindex: '-1' }, item.title || strings.untitled),
      el('p', { class: 'hint' }, where),
      el(
        'dl',
        {},
        ...top.map(view),
        ...codes,
        ...lines.filter((line) => !top.includes(line)).map(view),
        notesView(ui, index),
      ),
      ...(item.attachments.length === 0
        ? []
        : [
            el('h2', {}, strings.attachments),
            el('ul', {}, ...item.attachments.map((attachment) => attachmentView(ui, index, attachment))),
          ]),
      former.length === 0
        ? undefined
        : el(
            'details',
            {},
            el('summary', {}, strings.history(former.length)),
            el('dl', {}, ...former.map(view)),
          ),
    ),
  );
}
