// Counting, listing and drawing combinations. Numbers of quorums are bigints: 128 of 255 has 76 digits.

/** All ways to choose `count` of the items, in order. */
export function* combinations<T>(items: readonly T[], count: number): Generator<T[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= items.length - count; first += 1) {
    for (const rest of combinations(items.slice(first + 1), count - 1)) yield [items[first] as T, ...rest];
  }
}

/** All ways to take one result from each source. A source is called anew each time it is walked. */
export function* product<T>(sources: readonly (() => Iterable<T>)[]): Generator<T[]> {
  const [first, ...others] = sources;
  if (!first) {
    yield [];
    return;
  }
  for (const item of first()) {
    for (const rest of product(others)) yield [item, ...rest];
  }
}

/**
 * The sum, over all ways to choose `count` of the factors, of their products: with factors of one, the
 * number of combinations; with numbers of options, the number of choices.
 */
export function countChoices(factors: readonly bigint[], count: number): bigint {
  const sums: bigint[] = [1n, ...Array.from({ length: count }, () => 0n)];
  for (const factor of factors) {
    for (let size = count; size >= 1; size -= 1)
      sums[size] = (sums[size] ?? 0n) + (sums[size - 1] ?? 0n) * factor;
  }
  return sums[count] ?? 0n;
}

/** The number of ways to choose `count` of `size` things. */
export function countCombinations(size: number, count: number): bigint {
  return countChoices(
    Array.from({ length: size }, () => 1n),
    count,
  );
}

/** A uniform whole number from 0 to `bound` − 1. */
export type DrawBelow = (bound: number) => number;

/** `count` of the items, uniformly drawn and in drawn order. */
export function draw<T>(items: readonly T[], count: number, below: DrawBelow): T[] {
  const pool = [...items];
  for (let at = 0; at < count; at += 1) {
    const other = at + below(pool.length - at);
    [pool[at], pool[other]] = [pool[other] as T, pool[at] as T];
  }
  return pool.slice(0, count);
}
