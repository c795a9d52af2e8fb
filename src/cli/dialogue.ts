// What is said to a person between questions: plain lines, not silenced by --quiet, since without them
// nobody knows what to do next. Lines fit a terminal of 80 columns where names and paths allow.

import { isAbsolute, relative } from 'node:path';
import { strong } from '../adapters/terminal.ts';
import type { Session } from './session.ts';

/** A terminal's usual 80, less the indent and the last column, where some terminals break. */
const COLUMNS = 77;

/** What a new step is about, set off from what was before. */
export function heading(session: Session, text: string): void {
  session.io.stderr(`\n${strong(session.io, text)}\n`);
}

export function tell(session: Session, text: string): void {
  session.io.stderr(`${wrap(text)}\n`);
}

/** Why an answer was not taken; the question comes again. */
export function decline(session: Session, reason: string): void {
  const said = wrap(`Not accepted: ${reason}.`);
  session.io.stderr(`${said.replace('Not accepted:', (words) => strong(session.io, words))}\n`);
}

/** Breaks between words; a path or name that is longer than a line is left whole. */
function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= COLUMNS)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

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
