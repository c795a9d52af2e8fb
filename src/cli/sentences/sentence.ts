// What a sentence is made of, and the advice that several of them share.

import type { ErrorCode, ErrorFacts } from '../../core/errors.ts';
import { ExitCode } from '../exit-codes.ts';

export interface Report {
  readonly exit: ExitCode;
  /** What is true. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

export type Reports = { [C in ErrorCode]: (facts: ErrorFacts[C]) => Report };

const told =
  (exit: ExitCode) =>
  (message: string, hint: string): Report => ({ exit, message, hint });

export const damaged = told(ExitCode.Damaged);
export const unusable = told(ExitCode.ExportUnusable);
export const notFound = told(ExitCode.NotFound);
export const usage = told(ExitCode.Usage);

export const OTHER_COPY = 'try another copy of the escrow folder, or an older package with --package N';
export const OTHER_FOLDER = 'try another copy of the escrow folder';
export const ANOTHER_CARD =
  'read the card again, in better light, or type its rows; type ? for a symbol you cannot read';
export const NEWER_PROGRAM = 'use the holdfast of the kit that was made with it, or a newer one';
