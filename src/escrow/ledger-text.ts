// What people write into the ledger, which is copied wherever the escrow is: neither names nor anything off a card
// may stand in it, and nothing can be taken out again. Spec: docs/spec/ledger.md.

import { folded } from './plan-names.ts';

const MOST_CHARACTERS = 500;

/** Groups of four, or a run, of the symbols of a card; four short words of a sentence have no digit. */
const LIKE_A_ROW = /(?:\b[0-9A-HJKMNP-TV-Z?]{4}\b[ -]*){3,}|[0-9A-HJKMNP-TV-Z]{12,}/gi;

const showsRow = (text: string): boolean =>
  [...text.matchAll(LIKE_A_ROW)].some(([found]) => /\d/.test(found));

/** Why a text may not stand in the ledger; undefined when it may. @param names - Of people and organisation. */
export function ledgerTextProblem(text: string, names: readonly string[]): string | undefined {
  const plain = text.trim();
  if (plain === '') return 'please write something';
  if (plain.length > MOST_CHARACTERS) return `at most ${MOST_CHARACTERS} characters; the paper has more room`;
  if (/[\p{Cc}\p{Cs}]/u.test(plain)) return 'only plain text';
  const named = nameIn(plain, names);
  if (named !== undefined) return `"${named}" is of a name here: write "card 3", not a name`;
  if (showsRow(plain)) return 'that looks like a row of a card; nothing off a card belongs here';
  return undefined;
}

/** Shorter parts of a name are words of a sentence more often than they are somebody. */
const LEAST_PART = 3;

/** As on a keyboard without accents. */
const bare = (text: string): string =>
  folded(text).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ø', 'o');

/** A whole name, or a part of one that stands as a word. */
function nameIn(text: string, names: readonly string[]): string | undefined {
  const words = new Set(bare(text).split(/[^\p{L}\p{N}]+/u));
  for (const name of names) {
    if (bare(text).includes(bare(name))) return name;
    const part = bare(name)
      .split(/[^\p{L}\p{N}]+/u)
      .find((word) => word.length >= LEAST_PART && words.has(word));
    if (part !== undefined) return part;
  }
  return undefined;
}
