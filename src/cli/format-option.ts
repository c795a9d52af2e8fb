// The --as option: a format id, or nothing.

import { EscrowError } from '../core/errors.ts';
import { FORMATS, isFormatId } from '../vault/formats.ts';
import type { FormatId } from '../vault/model.ts';

/** @throws {@link EscrowError} `usage` listing the formats there are. */
export function formatNamed(named: string | undefined): FormatId | undefined {
  if (named === undefined || isFormatId(named)) return named;
  const known = FORMATS.map(({ id }) => id).join(', ');
  throw new EscrowError('usage', {
    reason: `"${named}" is not a format that can be read; there are ${known}`,
  });
}
