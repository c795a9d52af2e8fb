// GF(32) = GF(2)[x] / (x⁵ + x² + 1), the field of the parity symbols. Spec: docs/spec/share.md, "Parity".
// Addition is exclusive or and is written so where it is used. Not constant time.

const POLYNOMIAL = 0b100101;

/** The number of non-zero elements, and so the order of α. */
const GF32_ORDER = 31;

const POWERS: number[] = [];
const LOGARITHMS: number[] = [];
for (let exponent = 0, element = 1; exponent < GF32_ORDER; exponent += 1) {
  POWERS.push(element);
  LOGARITHMS[element] = exponent;
  element <<= 1;
  if (element > GF32_ORDER) element ^= POLYNOMIAL;
}

/** αⁿ for any n ≥ 0. */
export function alphaPower(exponent: number): number {
  return POWERS[exponent % GF32_ORDER] ?? 0;
}

/** n with αⁿ = element; the element must not be zero. */
export function alphaLogarithm(element: number): number {
  const exponent = LOGARITHMS[element];
  if (exponent === undefined) throw new RangeError('zero has no logarithm');
  return exponent;
}

export function multiplyGf32(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : alphaPower(alphaLogarithm(a) + alphaLogarithm(b));
}

/** a / b; b must not be zero. */
export function divideGf32(a: number, b: number): number {
  return a === 0 ? 0 : alphaPower(alphaLogarithm(a) + GF32_ORDER - alphaLogarithm(b));
}
