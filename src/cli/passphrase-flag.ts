// The flag that names the passphrase of a locked card, the same wherever cards are read.

/** Of every command that reads cards. */
export const PASSPHRASE_FILE = [
  '--passphrase-file <file>',
  'passphrase of a locked card, instead of being asked; N=FILE for card N alone; repeatable',
] as const;
