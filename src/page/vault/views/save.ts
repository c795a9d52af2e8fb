// The vault for another program, written and read back in the page; and the originals.

import { isEscrowError } from '../../../core/errors.ts';
import type { AssignedClient } from '../../../vault/clients.ts';
import { LEAST_PASSWORD_CHARS } from '../../../vault/new-password.ts';
import { button, el } from '../../element.ts';
import { saveBytes } from '../../save.ts';
import { tellLoss } from '../../strings.ts';
import { sizeOf } from '../../times.ts';
import { setText } from '../../views/frame.ts';
import { BOUNDS } from '../bounds.ts';
import { PAGE_TARGETS } from '../session.ts';
import type { VaultScreen, VaultUi } from '../ui.ts';
import { saveOriginal } from './original.ts';

function field(label: string, input: HTMLElement): HTMLElement {
  // The label's text holds the options of a select as well.
  input.setAttribute('aria-label', label);
  return el('label', { class: 'v-field' }, el('span', {}, label), input);
}

/** Two equal passwords of some length, or one that the page made up. */
function passwordView(ui: VaultUi): {
  fields: HTMLElement;
  made: HTMLElement;
  take(): string | undefined;
} {
  const { strings, session } = ui;
  const input = (): HTMLInputElement => el('input', { type: 'password', autocomplete: 'new-password' });
  const [first, second] = [input(), input()];
  const told = el('p', { class: 'v-told', role: 'alert' });
  const made = el('p', { class: 'v-made', role: 'status' });
  let madeWords = '';
  const make = button(strings.make, () => {
    const words = session.makePassphrase();
    first.value = words;
    second.value = words;
    setText(told, '');
    madeWords = words;
    const copy = button(strings.copy, () => void ui.copy(words));
    copy.setAttribute('aria-label', strings.copyOf(strings.password));
    made.replaceChildren(strings.made, el('strong', {}, words), copy);
  });
  const fields = el(
    'div',
    { class: 'v-fields' },
    field(strings.password, first),
    field(strings.again, second),
    el('p', {}, make),
    told,
  );
  return {
    fields,
    made,
    take() {
      const { value } = first;
      const fault =
        value.length < LEAST_PASSWORD_CHARS ? strings.short : value === second.value ? '' : strings.differ;
      setText(told, fault);
      if (fault !== '') {
        first.focus();
        return undefined;
      }
      first.value = '';
      second.value = '';
      // What was made up stays until somebody leaves: nothing else tells it once the file is there.
      if (value !== madeWords) made.replaceChildren();
      return value;
    },
  };
}

const isEmpty = (ui: VaultUi, place: number): boolean => ui.session.countOf(place) === 0;

/** Of a client without entries there is nothing to write, and no file. */
function clientOption(ui: VaultUi, client: AssignedClient, place: number): HTMLOptionElement {
  const about = isEmpty(ui, place) ? ui.strings.emptyClient : ui.strings.ofEntries(client.entries);
  const words = `${ui.nameOf(client)} · ${about}`;
  return el('option', { value: String(place), disabled: isEmpty(ui, place) }, words);
}

function writeView(ui: VaultUi, chosen: number | undefined): HTMLElement {
  const { session, strings } = ui;
  const { clients } = session.order;
  const which = el(
    'select',
    {},
    el('option', { value: '' }, strings.everything),
    ...clients
      .slice(0, session.order.decided + BOUNDS.listedClients)
      .map((client, place) => clientOption(ui, client, place)),
  );
  which.value = chosen === undefined ? '' : String(chosen);
  const format = el(
    'select',
    {},
    ...PAGE_TARGETS.map(({ id }) => el('option', { value: id }, strings.targets[id] ?? id)),
  );
  const use = el('p', { class: 'hint' });
  const password = passwordView(ui);
  const result = el('div', { class: 'v-result', role: 'status' });
  const target = (): (typeof PAGE_TARGETS)[number] | undefined =>
    PAGE_TARGETS.find(({ id }) => id === format.value);
  const follow = (): void => {
    setText(use, strings.uses[format.value] ?? '');
    password.fields.hidden = target()?.isLocked !== true;
    password.made.hidden = password.fields.hidden;
    // What was saved before is not of this choice.
    result.replaceChildren();
  };
  format.addEventListener('change', follow);
  which.addEventListener('change', follow);
  follow();
  const start = button(
    strings.write,
    () => {
      const wanted = target();
      const passphrase = wanted?.isLocked === true ? password.take() : '';
      if (!wanted || passphrase === undefined) return;
      const place = which.value === '' ? undefined : Number(which.value);
      if (place !== undefined && isEmpty(ui, place)) {
        setText(result, strings.nothingToSave);
        return;
      }
      start.disabled = true;
      setText(result, strings.writing);
      void write(place, passphrase, wanted).finally(() => {
        start.disabled = false;
      });
    },
    'primary',
  );
  async function write(
    place: number | undefined,
    passphrase: string,
    wanted: (typeof PAGE_TARGETS)[number],
  ): Promise<void> {
    // So that the words are on the screen before the work begins.
    await new Promise((resolve) => setTimeout(resolve));
    if (place !== undefined && !(await ui.admit(place, 'save'))) {
      setText(result, '');
      return;
    }
    try {
      const saved = await session.write(wanted, place, passphrase);
      const { fileName, bytes, losses } = saved;
      // Locked meanwhile: nothing leaves a locked page.
      const isThere = ui.host.isConnected;
      if (isThere) saveBytes(fileName, bytes);
      // The browser has its own copy by now.
      bytes.fill(0);
      if (!isThere) return;
      session.handedOut(wanted, place, saved);
      ui.noted();
      const lost = losses.map((loss) => el('li', {}, tellLoss(ui.language, loss)));
      result.replaceChildren(
        el('p', { class: 'v-good' }, `✓ ${strings.written(fileName)}`),
        wanted.isLocked ? el('p', {}, strings.openWith) : el('p', { class: 'v-told' }, strings.clearWarning),
        ...(lost.length === 0
          ? []
          : [el('details', {}, el('summary', {}, strings.losses), el('ul', {}, ...lost))]),
      );
    } catch (error) {
      if (!isEscrowError(error)) console.error(error);
      setText(result, strings.failed(isEscrowError(error) ? error.code : 'unexpected'));
    }
  }
  return el(
    'div',
    { class: 'v-sheet' },
    field(strings.what, which),
    field(strings.format, format),
    use,
    password.fields,
    password.made,
    el('p', { class: 'ways' }, start),
    result,
  );
}

function originalsView(ui: VaultUi): HTMLElement {
  const { session, strings } = ui;
  const isLocked = [...session.opened.files.keys()].some((path) => path.startsWith('unlock/'));
  const paths = [...session.opened.files.keys()].filter((path) => !path.startsWith('plan/'));
  const views = paths.map((path) => {
    const save = button(
      strings.saveFile,
      () => {
        saveOriginal(ui, path);
      },
      'quiet',
    );
    save.setAttribute('aria-label', `${strings.saveFile} ${path}`);
    const size = sizeOf(session.opened.files.get(path)?.length ?? 0, ui.language);
    return el('li', { class: 'v-file' }, el('span', {}, `${path} · ${size}`), save);
  });
  return el(
    'div',
    { class: 'v-sheet' },
    el('h2', {}, strings.originals),
    el('p', { class: 'hint' }, strings.originalsLead),
    isLocked ? el('p', { class: 'hint' }, strings.originalsLocked) : undefined,
    el('ul', {}, ...views),
  );
}

export function saveView(ui: VaultUi, { client }: Extract<VaultScreen, { kind: 'save' }>): HTMLElement {
  const { session, strings } = ui;
  return el(
    'section',
    { class: 'v-save' },
    el('h1', { tabindex: '-1' }, strings.saveHeadline),
    ...(session.read.vault ? [el('p', { class: 'lead' }, strings.saveLead), writeView(ui, client)] : []),
    originalsView(ui),
  );
}
