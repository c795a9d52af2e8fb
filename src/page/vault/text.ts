// A file of the package as text, where it is text.

import { decodeUtf8 } from '../../core/bytes.ts';
import { isEscrowError } from '../../core/errors.ts';

/** @returns undefined for what is not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (isEscrowError(error, 'bytes.bad-encoding')) return undefined;
    throw error;
  }
}
