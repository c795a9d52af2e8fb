// Every bound on input we did not make, checked before anything is allocated. They stand in the
// spec too (docs/spec/limits.md); changing one here changes a promise there.

export const LIMITS = {
  /** Bytes of an age header, all stanzas together. */
  ageHeaderBytes: 65_536,
  ageHeaderStanzas: 64,
  /** Characters of an identity or recipient; a post-quantum recipient has 1,959. */
  ageKeyCharacters: 4_096,
  /** White space before, and again after, the armor of an age file. */
  ageArmorBlankBytes: 1_024,
  /** A group or a whole set: card numbers and Shamir coordinates are one byte, zero is the secret. */
  cards: 255,
  groups: 255,
  /** Subsets tried when no charter tells the good cards from the bad. */
  recoverSubsets: 10_000,
  /** Candidates tried when a card has rows with two errors or unreadable symbols. */
  shareRepairCandidates: 1_024,
  /** Unreadable symbols in one row; each above four multiplies the candidates by 32. */
  shareRowErasures: 6,
  charterBytes: 262_144,
  chartersInChain: 1_000,
  recordBytes: 262_144,
  signatureBytes: 4_096,
  ledgerBytes: 67_108_864,
  ledgerLineBytes: 65_536,
  /** Problems listed for one ledger before reading stops: a ruined file needs no longer list. */
  ledgerProblems: 100,
  ledgerFacts: 64,
  /** Texts in one list of a ledger line's facts, and UTF-16 units in each text. */
  ledgerFactTexts: 1_000,
  ledgerFactChars: 4_096,
  /** UTF-16 units of fingerprint words or a challenge, as typed or pasted. */
  typedChars: 1_000,
  /** Rolls of dice that are mixed into a key. */
  diceRolls: 1_000,
  /** Keys named in one charter as allowed to seal. */
  sealers: 255,
  /** A card's answer to a challenge, as a file. */
  proofResponseBytes: 4_096,
  planBytes: 131_072,
  registerBytes: 1_048_576,
  manifestBytes: 4_194_304,
  /** What one recovery page carries of its escrow: the package, all signed records, and all of it as text. */
  pagePackageBytes: 5_000_000,
  pageRecords: 1_000,
  pageBlockChars: 16_777_216,
  /** Files of a kit: three for each package that ever was, and some. */
  kitFiles: 100_000,
  kitSumsBytes: 33_554_432,
  kitNoteBytes: 1_048_576,
  /** A recovery page with all it may carry. */
  kitPageBytes: 33_554_432,
  /** A package that a page unpacks, since it does so in memory. */
  pagePayloadBytes: 1_073_741_824,
  /** Pins name each source of a package once more, in fewer bytes than its manifest does. */
  pinsBytes: 4_456_448,
  /** One photo, scan or PDF of a card; larger is not a card. */
  scanBytes: 67_108_864,
  scanPixels: 67_108_864,
  pdfPages: 300,
  /** A page that declares more at the wanted resolution is drawn smaller: A4 at 450 dpi. */
  pdfPagePixels: 20_000_000,
  /** Looked at in one PDF: its most pages as A4 at 150 dpi, or half a minute of noise. */
  pdfPixels: 671_088_640,
  shareFileBytes: 1_048_576,
  shareFileCards: 1_020,
  /** Tries of passphrases from files on locked cards that no charter lists; each try takes a good part of a second. */
  lockedCardTries: 255,
  /** An export that is looked into; larger ones only `--as file`. */
  exportBytes: 2_147_483_647,
  /** Characters of one value in a JSON export: the longest string V8 holds. */
  exportJsonChars: 536_870_888,
  jsonDepth: 64,
  vaultItems: 2_000_000,
  vaultContainers: 200_000,
  /** Levels a folder name's slashes may make; what lies deeper stays in the last one's name. */
  vaultFolderDepth: 64,
  /** Levels of folders that name their parents; KDBX, whose XML is bounded, nests no deeper. */
  vaultContainerDepth: 128,
  /** What a locked export may make us compute before its passphrase is known to be right. */
  pbkdf2Iterations: 10_000_000,
  argon2MemoryMiB: 1_024,
  /** Memory in MiB times iterations: a minute or two. */
  argon2MemoryPasses: 16_384,
  argon2Parallelism: 255,
  aesKdfRounds: 250_000_000,
  kdbxHeaderBytes: 1_048_576,
  /** A KDBX payload once decompressed, attachments included. */
  kdbxPayloadBytes: 1_073_741_824,
  /** Its XML, and the elements in it: each becomes an object of about a hundred bytes. */
  kdbxXmlChars: 402_653_184,
  kdbxXmlElements: 8_000_000,
  /** A person's mapping of columns. */
  csvMappingBytes: 65_536,
  /** The list of clients, and the rules in it. */
  clientsBytes: 262_144,
  clientRules: 4_096,
  /** One row of a CSV export, all its cells together. */
  csvRowChars: 16_777_216,
  xmlBytes: 268_435_456,
  xmlElements: 4_000_000,
  xmlDepth: 128,
  zipEntries: 100_000,
  /** All files of a ZIP export together, unpacked. */
  zipUnpackedBytes: 2_147_483_647,
  /** Of a printed book: nearly 900 pages, half a minute, and nearly a gigabyte while they are drawn. */
  bookEntries: 5_000,
  payloadEntries: 100_000,
  payloadPathBytes: 1_024,
  /** One name of such a path: what every file system takes. */
  payloadStepBytes: 255,
  payloadBytes: 1_099_511_627_776,
  passphraseBytes: 4_096,
  keyFileBytes: 65_536,
} as const;
