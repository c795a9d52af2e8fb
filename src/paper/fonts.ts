// Which face sets which character. One family for a whole text where one can, then for a word, then
// glyph by glyph: "Nguyễn" in two designs would look like a forgery. Pure: the faces themselves are
// files, and adapters/fonts.ts reads them. What no face has is refused before a ceremony starts.

import { EscrowError } from '../core/errors.ts';
import { hasUnseen } from '../core/plain-text.ts';

/** Names one font file, as adapters/fonts.ts knows it. */
export type FaceId = string;

/** The few ways text looks on our paper. */
export type Voice = 'regular' | 'bold' | 'heavy' | 'mono';

export interface Face {
  readonly id: FaceId;
  covers(codePoint: number): boolean;
}

/** Faces of one design; a design's alphabets often come as separate files. */
export interface Family {
  readonly name: string;
  readonly faces: readonly Face[];
}

/** What a run of text covers, in ems: the advance, and the ink from its start and its baseline (up is positive). */
export interface RunInk {
  readonly advance: number;
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
}

/** What layout needs to know of the fonts. */
export interface Fonts {
  /** Families in order of preference. */
  families(voice: Voice): readonly Family[];
  measure(face: FaceId, text: string): RunInk;
}

interface FaceRun {
  readonly face: FaceId;
  readonly text: string;
}

const CLUSTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

// Joiners and variation selectors steer the shaping of their neighbours and need no glyph of their own.
const NEEDS_NO_GLYPH = /^[\u200c\u200d\ufe00-\ufe0f]$/u;

/** What a reader calls characters: a letter with its marks is one. */
export function clustersOf(text: string): string[] {
  return Array.from(CLUSTERS.segment(text), ({ segment }) => segment);
}

/** Names and the like as they are printed: composed, with single spaces. */
export function printedForm(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Found before: a Chinese design alone is a hundred files, and a name is measured many times. */
const FOUND = new WeakMap<readonly Face[], Map<string, Face | undefined>>();

function faceOf(faces: readonly Face[], cluster: string): Face | undefined {
  const found = FOUND.get(faces) ?? new Map<string, Face | undefined>();
  FOUND.set(faces, found);
  if (!found.has(cluster)) found.set(cluster, findFace(faces, cluster));
  return found.get(cluster);
}

function findFace(faces: readonly Face[], cluster: string): Face | undefined {
  const needed = Array.from(cluster).filter((character) => !NEEDS_NO_GLYPH.test(character));
  return faces.find((face) => needed.every((character) => face.covers(character.codePointAt(0) ?? 0)));
}

/** Runs of a text in one family, or undefined when it lacks a letter. A space it lacks is taken from `space`. */
function runsInFamily(family: Family, text: string, space: Face | undefined): FaceRun[] | undefined {
  const runs: { face: FaceId; text: string }[] = [];
  for (const cluster of clustersOf(text)) {
    const last = runs.at(-1);
    // What the run's own file has stays in it (a space does), so that a shaper sees whole phrases.
    const own = family.faces.find((face) => face.id === last?.face);
    const stays = own !== undefined && findFace([own], cluster) !== undefined;
    const face = stays ? own : (faceOf(family.faces, cluster) ?? (cluster === ' ' ? space : undefined));
    if (face === undefined) return undefined;
    if (last?.face === face.id) last.text += cluster;
    else runs.push({ face: face.id, text: cluster });
  }
  return runs;
}

function runsInOneFamily(families: readonly Family[], text: string): FaceRun[] | undefined {
  const space = families.map((family) => faceOf(family.faces, ' ')).find((face) => face !== undefined);
  for (const family of families) {
    const runs = runsInFamily(family, text, space);
    if (runs !== undefined) return runs;
  }
  return undefined;
}

function spell(character: string): string {
  const points = Array.from(
    character,
    (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const shown = Array.from(character).every((c) => NEEDS_NO_GLYPH.test(c) || !hasUnseen(c));
  return !shown ? points.join(' ') : `${character} (${points.join(' ')})`;
}

/**
 * Chooses faces for a text in its printed form.
 *
 * @param what - What the text is, for the error: "name".
 * @throws {@link EscrowError} `paper.unprintable`, naming the first character that no face has.
 */
export function faceRuns(fonts: Fonts, voice: Voice, text: string, what = 'text'): FaceRun[] {
  const families = fonts.families(voice);
  const whole = runsInOneFamily(families, text);
  if (whole !== undefined) return whole;
  const runs: FaceRun[] = [];
  // A word keeps the space behind it.
  for (const word of text.match(/[^ ]* ?/gu)?.filter((part) => part !== '') ?? []) {
    const inOne = runsInOneFamily(families, word);
    if (inOne !== undefined) runs.push(...inOne);
    else runs.push(...clustersOf(word).map((cluster) => clusterRun(families, cluster, what)));
  }
  return mergeRuns(runs);
}

function clusterRun(families: readonly Family[], cluster: string, what: string): FaceRun {
  const run = runsInOneFamily(families, cluster)?.[0];
  if (run === undefined) throw new EscrowError('paper.unprintable', { what, character: spell(cluster) });
  return run;
}

function mergeRuns(runs: readonly FaceRun[]): FaceRun[] {
  const merged: { face: FaceId; text: string }[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last?.face === run.face) last.text += run.text;
    else merged.push({ ...run });
  }
  return merged;
}

/**
 * Refuses characters that must not or cannot be printed. It does not say whether the text fits.
 *
 * @throws {@link EscrowError} `paper.unprintable`.
 */
export function assertGlyphs(fonts: Fonts, voice: Voice, text: string, what: string): void {
  const printed = printedForm(text);
  const control = Array.from(printed).find((c) => hasUnseen(c) && !NEEDS_NO_GLYPH.test(c));
  if (control !== undefined) throw new EscrowError('paper.unprintable', { what, character: spell(control) });
  for (const run of faceRuns(fonts, voice, printed, what)) {
    try {
      fonts.measure(run.face, run.text);
    } catch (cause) {
      // A font file or its reader may trip over letters it claims to have.
      throw new EscrowError('paper.unprintable', { what, character: run.text }, { cause });
    }
  }
}
