// What the page's bundle puts in the place of Node's `crypto`, which secrets.js-grempe and libsodium
// ask for by name. secrets.js draws from it only for the self-test of its own generator; the
// coefficients of a split come from libsodium (core/share/shamir.ts).

/** Fills the array from the browser's generator, and returns it. */
export function getRandomValues(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return crypto.getRandomValues(array);
}
