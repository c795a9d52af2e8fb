// What the sources of a package are called: after their files, in letters that every system takes, without
// the day that an export is named by, and each once.

import { portableName } from '../escrow/portable-name.ts';

/** A day of this century, perhaps with a time, as exports are named by it. */
const STAMP =
  /(?<![0-9a-z])20\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?:[-_. t]?[0-2]\d[-_.:]?[0-5]\d(?:[-_.:]?[0-5]\d)?z?)?(?![0-9a-z])/i;

/** A source's name in paths of the package: lower case letters, digits, dots and hyphens. */
export function sourceName(named: string): string {
  const plain = named
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  const cut = plain.slice(0, 60).replace(/[-.]+$/, '');
  // A folder of this name is made when it is recovered, perhaps on Windows.
  return cut === portableName(cut) && cut !== '' ? cut : ['export', cut].filter(Boolean).join('-');
}

/** Distinct also where case does not count; the archive refuses the same path twice. */
export function distinctName(wanted: string, taken: Set<string>, ending = ''): string {
  const folded = (name: string): string => name.normalize('NFC').toLowerCase();
  let name = wanted + ending;
  for (let count = 2; taken.has(folded(name)); count += 1) name = `${wanted}-${count}${ending}`;
  taken.add(folded(name));
  return name;
}

/**
 * What the sources in these files are called, before each is made distinct: the names of the files without
 * their endings, and without their day, as the same source would have another name every night. Where that
 * leaves nothing, or leaves two alike, the digits are more than a day, and stay.
 */
function namesOfFiles(fileNames: readonly string[]): readonly string[] {
  const whole = fileNames.map((name) => name.replace(/(?!^)\.[^.]+$/, ''));
  const short = whole.map((name) => sourceName(name.replace(STAMP, '')));
  return whole.map((name, index) => {
    const stem = short[index] ?? '';
    const isTold =
      STAMP.test(name) && stem !== sourceName('') && short.filter((other) => other === stem).length === 1;
    return isTold ? stem : sourceName(name);
  });
}

/** The same, each once. */
export function sourceNames(fileNames: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return namesOfFiles(fileNames).map((name) => distinctName(name, taken));
}
