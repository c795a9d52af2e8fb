// What was revealed, as a list to look at and a file to save.

import { button, el } from '../../element.ts';
import { saveText } from '../../save.ts';
import { localeOf } from '../../times.ts';
import { logMeaning, logText, tellLine } from '../log-text.ts';
import type { RevealLog } from '../reveal-log.ts';
import type { VaultStrings } from '../../strings.ts';
import type { VaultUi } from '../ui.ts';

/** A name that says of which opening it is. */
function fileName({ lines: [first] }: RevealLog, ending: string): string {
  const stamp = (first?.time ?? new Date().toISOString()).replace(/[-:]|\.\d+/g, '');
  return `reveal-log-${stamp}.${ending}`;
}

/** Saves the log for programs. */
export function saveLog(log: RevealLog): void {
  saveText(fileName(log, 'json'), log.document());
}

/** Saves it for people. */
export function saveLogText(strings: VaultStrings, language: string, log: RevealLog): void {
  saveText(fileName(log, 'txt'), logText(strings, language, log));
  log.noteSaved();
}

export function logView(ui: VaultUi): HTMLElement {
  const { session, strings, language } = ui;
  const { log } = session;
  const time = new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'medium' });
  const lines = [...log.lines]
    .reverse()
    .map((line) =>
      el(
        'li',
        { class: 'v-event' },
        el('time', { datetime: line.time }, time.format(new Date(line.time))),
        el('span', {}, tellLine(strings, line)),
      ),
    );
  const save = button(
    strings.saveLog,
    () => {
      saveLog(log);
      ui.noted();
    },
    'primary',
  );
  const saveWords = button(strings.saveLogText, () => {
    saveLogText(strings, language, log);
    ui.noted();
  });
  return el(
    'section',
    { class: 'v-log' },
    el('h1', { tabindex: '-1' }, strings.logHeadline),
    ...logMeaning(strings, log).map((words) => el('p', { class: 'v-meaning' }, words)),
    el('p', { class: 'lead' }, strings.logLead),
    el('p', { class: 'ways' }, save, saveWords),
    el('div', { class: 'v-sheet' }, el('ol', {}, ...lines)),
  );
}
