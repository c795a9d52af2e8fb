// Whether the export is all of the vault: empty or smaller than it was, folders and files that are named
// and not there, and entries that are not in use any more.

import { counted } from '../../core/counted.ts';
import { entriesOf, finding } from '../findings.ts';
import { countOf, type Check } from './check.ts';

export const checkEmpty: Check = (_vault, live) => {
  if (live.length > 0) return undefined;
  const hint = 'export it again, as somebody who sees the whole vault, and look whether that has entries';
  return finding('error', 'vault.empty', 'the export holds no entries', hint);
};

export const checkShrunk: Check = (_vault, live, { previous }) => {
  if (previous === undefined || live.length === 0) return undefined;
  const seeds = live.reduce((sum, { totp }) => sum + countOf(totp, ({ valid }) => valid), 0);
  const lost = [
    { now: live.length, before: previous.entries, one: 'entry', many: 'entries' },
    { now: seeds, before: previous.totp ?? 0, one: 'one-time-code seed', many: 'one-time-code seeds' },
  ].filter(({ now, before }) => now < before);
  if (lost.length === 0) return undefined;
  const parts = lost.map(
    ({ now, before, one, many }) => `${counted(now, one, many)} where there were ${before}`,
  );
  const hint =
    'if nobody deleted them, whoever exported sees less than before: export it again as somebody who sees all';
  return finding('warning', 'vault.shrunk', parts.join(', and '), hint);
};

export const checkAttachments: Check = (_vault, live) => {
  let missing = 0;
  for (const { attachments } of live)
    missing += countOf(attachments, ({ status }) => status === 'referenced-missing');
  if (missing === 0) return undefined;
  const attachments = counted(missing, 'attachment that is', 'attachments that are');
  const hint = 'download them and seal them beside the export';
  return finding('warning', 'vault.attachments-missing', `${attachments} named but not in the export`, hint);
};

export const checkFolders: Check = ({ containers }, live) => {
  const ids = new Set(containers.map(({ id }) => id));
  const count = countOf(live, ({ containerIds }) => containerIds.some((id) => !ids.has(id)));
  if (count === 0) return undefined;
  const hint = 'they will lie at the top; the one who exported could perhaps not see those folders';
  return finding(
    'info',
    'vault.lost-folders',
    `${entriesOf(count)} in a folder that is not in the export`,
    hint,
  );
};

export const checkExpired: Check = (_vault, live, { now }) => {
  const time = Date.parse(now ?? '');
  // What is no time is neither before nor after.
  const count = countOf(live, ({ expires }) => expires !== undefined && Date.parse(expires) < time);
  if (count === 0) return undefined;
  const hint = 'they are kept; whether their passwords still hold, only a try will tell';
  return finding('info', 'vault.expired', `${entriesOf(count)} past the day they expire`, hint);
};

export const checkTrash: Check = ({ items }) => {
  const count = countOf(items, ({ state }) => state === 'trashed');
  if (count === 0) return undefined;
  const hint = 'they are kept and marked, and not counted as entries';
  return finding('info', 'vault.trashed', `${entriesOf(count)} in the trash`, hint);
};

export const checkArchive: Check = (_vault, live) => {
  const count = countOf(live, ({ state }) => state === 'archived');
  if (count === 0) return undefined;
  const hint = 'other programs may skip them on import; conversions here keep them, marked';
  return finding('info', 'vault.archived', `${entriesOf(count)} archived`, hint);
};
