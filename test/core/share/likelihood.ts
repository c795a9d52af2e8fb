// Statistics for tests of randomness. A verdict must be wrong about fair bytes less often than once in
// 10⁹ runs, so that a failure is worth looking into.

export const FALSE_ALARM = 1e-9;

/** How likely a count at least as far on its side as `found` is: the smaller tail of Binomial(n, p), exactly. */
export function binomialTail(n: number, p: number, found: number): number {
  let logProbability = n * Math.log1p(-p);
  let below = 0;
  let above = 0;
  for (let count = 0; count <= n; count += 1) {
    if (count <= found) below += Math.exp(logProbability);
    if (count >= found) above += Math.exp(logProbability);
    logProbability += Math.log((n - count) / (count + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(below, above);
}

/**
 * How far a histogram of byte values is from uniform, in standard deviations (Pearson's χ² with 255
 * degrees of freedom, made normal by Wilson and Hilferty). 6.1 is passed once in 10⁹ fair runs.
 */
export function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - 1 + spread) / Math.sqrt(spread);
}
