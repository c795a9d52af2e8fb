// The order of text on paper where scripts run both ways: the part of the Unicode bidirectional
// algorithm (UAX #9) that names need. Paragraph direction is that of the first strong letter (P2, P3);
// numbers and neutrals resolve as in W2–W7 and N1–N2; runs are reversed by level (L2). It knows no
// explicit embeddings or isolates, because fonts.ts refuses those controls.

interface VisualRun {
  readonly text: string;
  readonly direction: 'ltr' | 'rtl';
}

type Kind = 'left' | 'right' | 'number' | 'neutral';

const RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const NUMBER = /\p{Nd}/u;
const LETTER = /[\p{L}\p{Nl}]/u;
const MARK = /[\p{M}\u200c\u200d]/u;
const MIRRORED: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '«': '»',
  '»': '«',
};

function kindsOf(characters: readonly string[]): Kind[] {
  const kinds: Kind[] = [];
  for (const character of characters) {
    if (MARK.test(character)) kinds.push(kinds.at(-1) ?? 'neutral');
    else if (NUMBER.test(character)) kinds.push('number');
    else if (RIGHT.test(character) && LETTER.test(character)) kinds.push('right');
    else if (LETTER.test(character)) kinds.push('left');
    else kinds.push('neutral');
  }
  return kinds;
}

/** Levels: 0 and 2 run left to right, 1 runs right to left. */
function levelsOf(kinds: readonly Kind[], base: 0 | 1): number[] {
  const strongBefore = (at: number): Kind =>
    kinds.slice(0, at).findLast((kind) => kind === 'left' || kind === 'right') ??
    (base === 1 ? 'right' : 'left');
  const sideOf = (kind: Kind | undefined): Kind =>
    kind === undefined ? (base === 1 ? 'right' : 'left') : kind === 'number' ? 'right' : kind;
  return kinds.map((kind, at) => {
    if (kind === 'right') return 1;
    if (kind === 'left') return base === 1 ? 2 : 0;
    // A number behind right-to-left letters reads left to right within them (W7, I1).
    if (kind === 'number') return strongBefore(at) === 'right' ? 2 : base === 1 ? 2 : 0;
    const before = sideOf(kinds.slice(0, at).findLast((other) => other !== 'neutral'));
    const after = sideOf(kinds.slice(at).find((other) => other !== 'neutral'));
    if (before === after && before === 'right') return 1;
    if (before === after && before === 'left') return base === 1 ? 2 : 0;
    return base;
  });
}

/** Splits one line into runs of one direction, from left to right as they stand on paper. */
export function visualRuns(line: string): VisualRun[] {
  // Most text has no letter that runs the other way.
  if (!RIGHT.test(line)) return line === '' ? [] : [{ text: line, direction: 'ltr' }];
  const characters = Array.from(line);
  const kinds = kindsOf(characters);
  const base = kinds.find((kind) => kind === 'left' || kind === 'right') === 'right' ? 1 : 0;
  const levels = levelsOf(kinds, base);
  const runs: { text: string; level: number }[] = [];
  characters.forEach((character, at) => {
    const level = levels[at] ?? base;
    const drawn = level === 1 ? (MIRRORED[character] ?? character) : character;
    const last = runs.at(-1);
    if (last?.level === level) last.text += drawn;
    else runs.push({ text: drawn, level });
  });
  return reorder(runs).map(({ text, level }) => ({ text, direction: level === 1 ? 'rtl' : 'ltr' }));
}

/** Rule L2: from the highest level down to 1, every stretch at that level or above is reversed. */
function reorder<R extends { readonly level: number }>(runs: readonly R[]): R[] {
  let ordered = [...runs];
  for (const level of [2, 1]) {
    const next: R[] = [];
    let stretch: R[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.unshift(run);
      else {
        next.push(...stretch, run);
        stretch = [];
      }
    }
    ordered = [...next, ...stretch];
  }
  return ordered;
}
