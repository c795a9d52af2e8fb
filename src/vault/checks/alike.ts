// Which entries are alike, exactly and within a few bytes an entry. A set of joined texts would say the
// same; for a million entries it would hold hundreds of megabytes of them, passwords among them.

/** Free places beside each taken one, so that few entries ask for the same place. */
const ROOM = 2;

/** Different in every run, so that no export can be made to put all its entries in one place. */
const SEED = Math.floor(Math.random() * 0x1_0000_0000);

/** A number for texts in this order (FNV-1a); equal texts have equal numbers. */
export function hashOf(first: string, second = '', third = '', fourth = ''): number {
  return mix(mix(mix(mix(SEED, first), second), third), fourth);
}

function mix(hash: number, text: string): number {
  let mixed = hash;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x0100_0193);
  // The end of a text counts, so that "ab", "c" is not "a", "bc".
  mixed = Math.imul(mixed ^ 0x1_ffff, 0x0100_0193);
  return mixed ^ (mixed >>> 15);
}

/**
 * For each item, the place in the list of the first one it is alike to: its own where it is the first.
 *
 * @param hash - Equal for items that are alike.
 */
export function firstsAlike<T>(
  items: readonly T[],
  hash: (item: T) => number,
  areAlike: (a: T, b: T) => boolean,
): Int32Array {
  const size = 2 ** Math.ceil(Math.log2(items.length * ROOM + 2));
  // Places of first ones, plus one; zero is free.
  const slots = new Int32Array(size);
  const hashes = new Int32Array(items.length);
  const firsts = new Int32Array(items.length);
  for (const [index, item] of items.entries()) {
    const wanted = hash(item) | 0;
    hashes[index] = wanted;
    firsts[index] = index;
    for (let at = wanted & (size - 1); ; at = (at + 1) & (size - 1)) {
      const before = (slots[at] ?? 0) - 1;
      if (before < 0) {
        slots[at] = index + 1;
        break;
      }
      const other = items[before];
      if (hashes[before] !== wanted || other === undefined || !areAlike(other, item)) continue;
      firsts[index] = before;
      break;
    }
  }
  return firsts;
}

/** How many are alike to one that came before. */
export function repeatsIn(firsts: Int32Array): number {
  let count = 0;
  for (const [index, first] of firsts.entries()) if (first !== index) count += 1;
  return count;
}
