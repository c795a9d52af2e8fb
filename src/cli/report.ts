// The one table from error code to sentence, hint and exit code. Each message says what is true in
// lower case; each hint says what to do next. A code without a sentence does not compile. The sentences
// stand in sentences/, by area.

import type { ErrorCode, ErrorFacts, EscrowError } from '../core/errors.ts';
import { ExitCode } from './exit-codes.ts';
import { CARD_REPORTS, PAPER_REPORTS } from './sentences/cards.ts';
import { AGE_REPORTS, INPUT_REPORTS, RECORD_REPORTS } from './sentences/documents.ts';
import { MACHINE_REPORTS } from './sentences/machine.ts';
import { RULE_REPORTS } from './sentences/rules.ts';
import type { Report, Reports } from './sentences/sentence.ts';
import { VAULT_REPORTS } from './sentences/vaults.ts';

const REPORTS: Reports = {
  ...INPUT_REPORTS,
  ...AGE_REPORTS,
  ...CARD_REPORTS,
  ...RECORD_REPORTS,
  ...VAULT_REPORTS,
  ...PAPER_REPORTS,
  ...RULE_REPORTS,
  ...MACHINE_REPORTS,
};

/** The sentence, hint and exit code of one of our errors. */
export function reportOf(error: EscrowError): Report {
  const report = REPORTS[error.code] as (facts: ErrorFacts[ErrorCode]) => Report;
  return report(error.facts);
}

/** What is said of a throw that is not ours: a bug. */
export const UNEXPECTED: Report = {
  exit: ExitCode.Unexpected,
  message: 'something happened that this program does not expect',
  hint: 'your files were not changed half-way; run it again with HOLDFAST_DEBUG=1 and report what it prints',
};
