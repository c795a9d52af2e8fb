// Every bound on input we did not make, checked before anything is allocated. They stand in the
// spec too (docs/spec/limits.md); changing one here changes a promise there.

export const LIMITS = {
  /** Bytes of an age header, all stanzas together. */
  ageHeaderBytes: 65_536,
  ageHeaderStanzas: 64,
  /** A group or a whole set: card numbers and Shamir coordinates are one byte, zero is the secret. */
  cards: 255,
  groups: 255,
  /** Subsets tried when no charter tells the good cards from the bad. */
  recoverSubsets: 10_000,
  /** Candidates tried when a card has rows with two errors or unreadable symbols. */
  shareRepairCandidates: 1_024,
  charterBytes: 262_144,
  chartersInChain: 1_000,
  recordBytes: 262_144,
  signatureBytes: 4_096,
  ledgerBytes: 67_108_864,
  ledgerLineBytes: 65_536,
  planBytes: 1_048_576,
  manifestBytes: 4_194_304,
  /** One photo, scan or PDF of a card; larger is not a card. */
  scanBytes: 67_108_864,
  scanPixels: 67_108_864,
  pdfPages: 300,
  shareFileBytes: 1_048_576,
  /** An export that is looked into; larger ones only `--as file`. */
  exportBytes: 2_147_483_647,
  jsonDepth: 64,
  payloadEntries: 100_000,
  payloadPathBytes: 1_024,
  payloadBytes: 1_099_511_627_776,
  passphraseBytes: 4_096,
  keyFileBytes: 65_536,
} as const;
