// How deep YAML nests, counted before it is parsed: the parser calls itself for each level, so that a file
// of a few thousand brackets could end the whole program.

import { Lexer } from 'yaml';
import { LIMITS } from '../core/limits.ts';

/**
 * Whether a text nests deeper than `jsonDepth`. Counted are brackets that are open and marks that nest
 * within one entry (`- - -`, `[a: a: a`): an entry ends with its line, between brackets with its comma.
 * Indentation costs a space a level.
 */
export function nestsTooDeeply(source: string): boolean {
  const marks = [0];
  const reset = (): void => void (marks[marks.length - 1] = 0);
  for (const token of new Lexer().lex(source)) {
    if (token === '[' || token === '{') marks.push(0);
    else if ((token === ']' || token === '}') && marks.length > 1) marks.pop();
    else if (token === '-' || token === '?' || token === ':')
      marks[marks.length - 1] = (marks.at(-1) ?? 0) + 1;
    else if (marks.length > 1 ? token === ',' : /^\s*[\n\r]\s*$/.test(token)) reset();
    const depth = marks.reduce((sum, count) => sum + count, marks.length - 1);
    if (depth > LIMITS.jsonDepth || /^ {256}/.test(token)) return true;
  }
  return false;
}
