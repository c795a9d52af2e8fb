// The log in words: what it means, line by line, and as a text that people read without a program. The file for
// programs is in reveal-log.ts.

import { NO_FOLDER } from '../../vault/clients.ts';
import { localeOf, moment } from '../times.ts';
import type { VaultStrings } from '../strings.ts';
import { detailName, isDocument } from './lines.ts';
import type { LogLine, RevealedPart, RevealLog } from './reveal-log.ts';

/** Fields that people made keep the names they gave them. */
function nameIn(strings: VaultStrings, part: RevealedPart, name: string | null): string | null {
  const isDetail = part === 'card' || (name !== null && isDocument(name));
  return name !== null && isDetail ? detailName(strings.details, name) : name;
}

/** What lies in no folder has a name in each language. */
const clientName = (strings: VaultStrings, name: string): string =>
  name === NO_FOLDER ? strings.noFolder : name;

/** One event as a sentence. */
export function tellLine(strings: VaultStrings, line: LogLine): string {
  const named = (client: string): string => clientName(strings, client);
  switch (line.kind) {
    case 'entry': {
      const { entry, part, name, how } = line;
      const what = [strings.revealedParts[part], nameIn(strings, part, name)].filter((word) => word !== null);
      return `${named(entry.client)} · ${entry.title || strings.untitled}: ${what.join(' ')} ${strings.how[how]}`;
    }
    case 'export':
      return strings.logExport(
        strings.targets[line.target] ?? line.target,
        line.client === null ? null : named(line.client),
        line.entries,
        line.binned,
      );
    case 'original':
      return strings.logOriginal(line.path, strings.how[line.how]);
    case 'client':
      return line.instead === null
        ? strings.logClient(named(line.client))
        : strings.logDeviation(named(line.client), line.instead, line.reason ?? '');
    case 'done':
      return strings.logDone(named(line.client), line.done);
    case 'locked':
      return strings.logLocked;
  }
}

/** What all of it comes to, the gravest first: whoever has a saved file has every password in it. */
export function logMeaning(strings: VaultStrings, log: RevealLog): readonly string[] {
  const { lines, revealed } = log;
  if (lines.length === 0) return [strings.logEmpty];
  const isAll = lines.some(
    (line) =>
      (line.kind === 'export' && line.client === null) ||
      (line.kind === 'original' && line.path.startsWith('exports/')),
  );
  const clients = lines.flatMap((line) =>
    line.kind === 'export' && line.client !== null ? [clientName(strings, line.client)] : [],
  );
  return [
    ...(isAll
      ? [strings.logAll]
      : clients.length > 0
        ? [strings.logClients([...new Set(clients)].join(', '))]
        : []),
    ...(revealed > 0 || (!isAll && clients.length === 0) ? [strings.logCount(revealed)] : []),
  ];
}

/** The whole log, the oldest first. */
export function logText(strings: VaultStrings, language: string, log: RevealLog): string {
  const time = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'medium' });
  const { escrow, sequence, sealed } = log.package;
  const events = log.lines.map((line) => `${time.format(new Date(line.time))}  ${tellLine(strings, line)}`);
  return [
    strings.logHeadline,
    strings.logOf(sequence, moment(sealed, language), escrow),
    '',
    ...logMeaning(strings, log),
    '',
    ...events,
    '',
  ].join('\r\n');
}
