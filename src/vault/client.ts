// What a client is to the vault: a name, a tier, and rules by which entries are theirs.

/** Its name in the plan folder, and so in every package. */
export const CLIENTS_FILE = 'clients.yaml';

/** What an entry must be for a client to have it: everything that is given. Texts are folded. */
export interface ClientRule {
  readonly source?: string;
  /** Names of levels from the top down, `*` for any one; what lies deeper is meant too. */
  readonly folder?: readonly string[];
  readonly tag?: string;
}

export interface Client {
  readonly name: string;
  /** 0 is ourselves: what the others are reached with. */
  readonly tier: number;
  /** Why it has its place in the order. */
  readonly reason?: string;
  /** Of several rules, one is enough. */
  readonly match: readonly ClientRule[];
}

/** Names are compared without case, outer spaces and the spelling of accents. */
export const foldClient = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Names of levels in a path; a slash in a folder's own name parts levels, too. */
export function foldLevels(path: string): readonly string[] {
  return path
    .split('/')
    .map(foldClient)
    .filter((level) => level !== '');
}
