// What the sources of a package are called: after their files, in letters that every system takes, without
// the day that an export is named by, and each once.

import { portableName } from '../escrow/portable-name.ts';

/** A day, perhaps with a time, as exports are named by it: the same source has another name every night. */
const STAMP =
  /[-_. ]?(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d(?:[-_. t]?\d\d[-_.:]?\d\d(?:[-_.:]?\d\d)?z?)?(?!\d)/gi;

/** A source's name in paths of the package: lower case letters, digits, dots and hyphens. */
export function sourceName(named: string): string {
  const plain = named
    .replaceAll(STAMP, '')
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

/** A file's name without its ending. */
export function nameOfFile(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '');
}

/** Gives the source of each file a name, one after the other. */
export function sourceNames(): (fileName: string) => string {
  const taken = new Set<string>();
  return (fileName) => distinctName(sourceName(nameOfFile(fileName)), taken);
}
