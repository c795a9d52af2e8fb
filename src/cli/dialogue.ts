// What is said to a person between questions: plain lines, not silenced by --quiet, since without them
// nobody knows what to do next. Lines fit a terminal of 80 columns where names and paths allow.

import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { strong } from '../adapters/terminal.ts';
import { holdsRow } from '../core/share/row-check.ts';
import type { Session } from './session.ts';
import { wrapText } from './wrap.ts';

const INDENT = '  ';

/** What a new step is about, set off from what was before. */
export function heading(session: Session, text: string): void {
  session.io.stderr(`\n${strong(session.io, text)}\n`);
}

export function tell(session: Session, text: string): void {
  session.io.stderr(`${wrapText(INDENT + text, INDENT)}\n`);
}

/** Why an answer was not taken; the question comes again. */
export function decline(session: Session, reason: string): void {
  const said = wrapText(`${INDENT}Not accepted: ${reason}.`, INDENT);
  session.io.stderr(`${said.replace('Not accepted:', (words) => strong(session.io, words))}\n`);
}

/** Rows are typed wherever the cursor is; an answer that is taken stays on the screen, and may be written down. */
export const noRow = (answer: string): string | undefined =>
  holdsRow(answer) ? 'that is a row of a card, and none is asked for here; delete it' : undefined;

/** A path as short as it can be said from the folder the program was started in. */
export function shortPath(session: Session, path: string): string {
  const inside = relative(session.io.folder, path);
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
  return isInside ? inside : path;
}

/** In which of a row's groups of four a symbol stands; both count from 1. */
export function groupOf(position: number): number {
  return Math.ceil(position / 4);
}

/**
 * A path as a terminal writes it down when a file is dragged into it: in quotes, or with its spaces escaped.
 */
export function pathTyped(answer: string): string {
  const text = answer.trim();
  const quoted = /^'[^']*'$|^"[^"]*"$/.test(text);
  if (quoted) return text.slice(1, -1);
  // A shell would have put the home folder in its place.
  if (text.startsWith('~/')) return join(homedir(), pathTyped(text.slice(2)));
  return process.platform === 'win32' ? text : text.replaceAll(/\\(.)/g, '$1');
}
