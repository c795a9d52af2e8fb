// RS(25,21) over GF(32): the parity of a row and its correction. The first of the 25 symbols is the row
// number; it is known, never printed and never corrected. Spec: docs/spec/share.md, "Parity".
// Decodes 2·errors + erasures ≤ 4, where the answer is unique, and nothing beyond.

import { alphaLogarithm, alphaPower, divideGf32, multiplyGf32 } from './gf32.ts';

/** Symbols of a word: the row number, 20 of data, 4 of parity. */
export const WORD_SYMBOLS = 25;
export const PARITY_SYMBOLS = 4;

/** One symbol that had to be changed; `index` counts from 0 and is never 0. */
interface Correction {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** α¹…α⁴ as roots give x⁴ + 30x³ + 6x² + 9x + 17; below, without the leading 1. */
const GENERATOR = [30, 6, 9, 17] as const;

/** The four parity symbols of a row number and 20 data symbols. */
export function parityOf(message: readonly number[]): number[] {
  const remainder = [0, 0, 0, 0];
  for (const symbol of message) {
    const factor = symbol ^ (remainder.shift() ?? 0);
    remainder.push(0);
    GENERATOR.forEach((coefficient, i) => {
      remainder[i] = (remainder[i] ?? 0) ^ multiplyGf32(factor, coefficient);
    });
  }
  return remainder;
}

/** The word's values at α¹…α⁴: all zero for a codeword. */
function syndromesOf(word: readonly number[]): number[] {
  return Array.from({ length: PARITY_SYMBOLS }, (_, i) =>
    word.reduce((sum, symbol) => multiplyGf32(sum, alphaPower(i + 1)) ^ symbol, 0),
  );
}

const isZero = (values: readonly number[]): boolean => values.every((value) => value === 0);

/** The power of α that stands for a place in the word. */
const locatorOf = (index: number): number => alphaPower(WORD_SYMBOLS - 1 - index);

/** The place a locator stands for, or undefined when it is outside the word or the row number itself. */
function indexOf(locator: number): number | undefined {
  const index = WORD_SYMBOLS - 1 - alphaLogarithm(locator);
  return index >= 1 ? index : undefined;
}

/**
 * Syndromes in which errors at these places no longer show, one shorter for each: the sequence of an
 * error at X is a multiple of X, X², X³, …, which Sᵢ₊₁ + X·Sᵢ turns into zeros.
 */
function withoutPlaces(syndromes: readonly number[], indexes: readonly number[]): number[] {
  let left = [...syndromes];
  for (const index of indexes) {
    const locator = locatorOf(index);
    left = left.slice(1).map((value, i) => value ^ multiplyGf32(locator, left[i] ?? 0));
  }
  return left;
}

/** Where the fewest errors lie that explain these syndromes, with 2·errors ≤ their number. */
function errorPlaces(syndromes: readonly number[]): number[] | undefined {
  if (isZero(syndromes)) return [];
  return (
    singlePlace(syndromes) ?? (syndromes.length === PARITY_SYMBOLS ? doublePlaces(syndromes) : undefined)
  );
}

/** One error at X: each syndrome is X times the one before. */
function singlePlace(syndromes: readonly number[]): number[] | undefined {
  const [first = 0, second = 0] = syndromes;
  if (syndromes.length < 2 || first === 0 || second === 0) return undefined;
  const locator = divideGf32(second, first);
  const fits = syndromes.slice(1).every((value, i) => value === multiplyGf32(locator, syndromes[i] ?? 0));
  const index = fits ? indexOf(locator) : undefined;
  return index === undefined ? undefined : [index];
}

/** Two errors at the roots of X² + aX + b, where Sᵢ₊₂ = a·Sᵢ₊₁ + b·Sᵢ. */
function doublePlaces(syndromes: readonly number[]): number[] | undefined {
  const [s1 = 0, s2 = 0, s3 = 0, s4 = 0] = syndromes;
  const determinant = multiplyGf32(s2, s2) ^ multiplyGf32(s1, s3);
  if (determinant === 0) return undefined;
  const a = divideGf32(multiplyGf32(s2, s3) ^ multiplyGf32(s1, s4), determinant);
  const b = divideGf32(multiplyGf32(s3, s3) ^ multiplyGf32(s2, s4), determinant);
  const places: number[] = [];
  for (let index = 1; index < WORD_SYMBOLS; index += 1) {
    const locator = locatorOf(index);
    if ((multiplyGf32(locator, locator ^ a) ^ b) === 0) places.push(index);
  }
  return places.length === 2 ? places : undefined;
}

/** What must be added at one of several places: with the others taken out, only its own error shows. */
function errorValue(syndromes: readonly number[], index: number, places: readonly number[]): number {
  const others = places.filter((place) => place !== index);
  const locator = locatorOf(index);
  const weight = others.reduce(
    (product, other) => multiplyGf32(product, locator ^ locatorOf(other)),
    locator,
  );
  return divideGf32(withoutPlaces(syndromes, others)[0] ?? 0, weight);
}

/**
 * Finds the one codeword within reach of a word: 2·errors + erasures ≤ 4.
 *
 * @param word - 25 symbols, the row number first; erased ones hold any value.
 * @param erasures - Indexes of erased symbols, distinct, none of them 0; at most four.
 * @returns every place where a symbol changed, erased ones included; undefined when there is no such codeword.
 */
export function correctWord(word: readonly number[], erasures: readonly number[]): Correction[] | undefined {
  const syndromes = syndromesOf(word);
  const errors = errorPlaces(withoutPlaces(syndromes, erasures));
  if (errors === undefined) return undefined;
  const places = [...erasures, ...errors].sort((a, b) => a - b);
  const corrections = places.map((index) => {
    const from = word[index] ?? 0;
    return { index, from, to: from ^ errorValue(syndromes, index, places) };
  });
  const corrected = [...word];
  for (const { index, to } of corrections) corrected[index] = to;
  // Syndromes can point at a place that was erased anyway, and then nothing fits; this settles every case.
  return isZero(syndromesOf(corrected)) ? corrections : undefined;
}
