// The page's own limits once a vault is open (docs/page.md, After opening).

const MINUTE = 60_000;

export const BOUNDS = {
  /** Without a key, a touch or a movement of the pointer the page locks, and says so before. */
  idleMs: 10 * MINUTE,
  idleWarningMs: MINUTE,
  /** How long a copied secret stays in the clipboard. */
  clipboardMs: 30_000,
  /** Entries one list shows: browsers draw nothing beyond some 17 million pixels. */
  listedEntries: 150_000,
  /** Clients listed by name; behind these only the search finds them. */
  listedClients: 500,
  /** Characters of one text that the search looks at. */
  searchedChars: 4_000,
  /** Bytes of an attached text that is shown on the screen. */
  shownTextBytes: 200_000,
} as const;
