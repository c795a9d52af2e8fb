// GF(256) over 0x11d for tests, from the definition: shift, and reduce. Shares no code with the package.

export function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    if ((b >> bit) & 1) product ^= a << bit;
  }
  for (let bit = 14; bit >= 8; bit -= 1) {
    if ((product >> bit) & 1) product ^= 0x11d << (bit - 8);
  }
  return product;
}

const INVERSES = Array.from({ length: 256 }, (_, a) => {
  for (let b = 1; b < 256; b += 1) if (multiply(a, b) === 1) return b;
  return 0;
});

export function divide(a: number, b: number): number {
  return multiply(a, INVERSES[b] ?? 0);
}

/** Σ coefficientᵢ · xⁱ. */
export function evaluate(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient, 0);
}

/** The value at `at` of the polynomial of least degree through these points. */
export function interpolate(points: readonly (readonly [x: number, y: number])[], at: number): number {
  return points.reduce((sum, [x, y]) => {
    const weight = points.reduce(
      (product, [other]) => (other === x ? product : multiply(product, divide(at ^ other, x ^ other))),
      1,
    );
    return sum ^ multiply(y, weight);
  }, 0);
}
