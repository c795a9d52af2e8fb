// What was revealed, as a list to look at and a file to save.

import { button, el } from '../../element.ts';
import { saveText } from '../../save.ts';
import { localeOf } from '../../times.ts';
import type { LogLine, RevealLog } from '../reveal-log.ts';
import type { VaultStrings } from '../../strings.ts';
import type { VaultUi } from '../ui.ts';

function tell(strings: VaultStrings, line: LogLine): string {
  switch (line.kind) {
    case 'entry': {
      const { entry, part, name, how } = line;
      const what = [strings.revealedParts[part], name].filter((word) => word !== null).join(' ');
      return `${entry.client} · ${entry.title || strings.untitled}: ${what} ${strings.how[how]}`;
    }
    case 'export':
      return strings.logExport(line.target, line.client, line.entries);
    case 'original':
      return strings.logOriginal(line.path, strings.how[line.how]);
    case 'client':
      return line.instead === null
        ? strings.logClient(line.client)
        : strings.logDeviation(line.client, line.instead, line.reason ?? '');
    case 'done':
      return strings.logDone(line.client, line.done);
    case 'locked':
      return strings.logLocked;
  }
}

/** Saves the log under a name that says of which opening it is. */
export function saveLog(log: RevealLog): void {
  const [first] = log.lines;
  const stamp = (first?.time ?? new Date().toISOString()).replace(/[-:]|\.\d+/g, '');
  saveText(`reveal-log-${stamp}.json`, log.document());
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
        el('span', {}, tell(strings, line)),
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
  return el(
    'section',
    { class: 'v-log' },
    el('h1', { tabindex: '-1' }, strings.logHeadline),
    el('p', { class: 'lead' }, strings.logLead),
    el('p', { class: 'ways' }, save),
    el(
      'div',
      { class: 'v-sheet' },
      el('p', { class: 'hint' }, lines.length === 0 ? strings.logEmpty : strings.logCount(log.revealed)),
      el('ol', {}, ...lines),
    ),
  );
}
