// The exit codes, once. Unknown non-zero means failure; codes may be added, never changed.
// docs/exit-codes.md is the same list for people.

export const ExitCode = {
  Ok: 0,
  Unexpected: 1,
  Usage: 2,
  Findings: 3,
  NotFound: 10,
  TooFewShares: 11,
  NoQuorum: 12,
  Damaged: 13,
  WrongPassphrase: 14,
  OutputExists: 15,
  NeedsTerminal: 16,
  UnsupportedVersion: 17,
  Busy: 18,
  ExportUnusable: 19,
  Interrupted: 130,
  Terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
