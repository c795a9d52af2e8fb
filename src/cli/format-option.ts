// The --as option: a format id, or nothing.

import { EscrowError } from '../core/errors.ts';
import { FORMATS, isFormatId } from '../vault/formats.ts';
import type { FormatId } from '../vault/model.ts';

/** What people call a format that has another name here. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  keepass: 'kdbx',
  keepassxc: 'kdbx',
  pdf: 'book',
  text: 'sheet',
  txt: 'sheet',
};

/** "; did you mean kdbx?" for what is nearest to a word among those that are known, or else all of them. */
export function knownInstead(named: string, known: readonly string[]): string {
  const word = named.trim().toLowerCase();
  const also = ALSO_CALLED[word] ?? word;
  const near = known.includes(also) ? [also] : known.filter((id) => word !== '' && id.startsWith(word));
  return near.length === 0 ? `; there are ${known.join(', ')}` : `; did you mean ${near.join(' or ')}?`;
}

/** @throws {@link EscrowError} `usage` with what was meant, or every format there is. */
export function formatNamed(named: string | undefined): FormatId | undefined {
  if (named === undefined || isFormatId(named)) return named;
  const known = FORMATS.map(({ id }) => id);
  throw new EscrowError('usage', {
    reason: `"${named}" is not a format that can be read${knownInstead(named, known)}`,
  });
}
