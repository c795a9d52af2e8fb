// A number given on the command line.

import { EscrowError } from '../core/errors.ts';

/** Reads a whole number that is not below `least`. @throws {@link EscrowError} `usage`. */
export const wholeNumber =
  (least: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d{1,15}$/.test(value) || number < least) {
      throw new EscrowError('usage', { reason: `"${value}" is not a whole number from ${least} up` });
    }
    return number;
  };
