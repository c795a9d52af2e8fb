// Everything below a folder, without following a link anywhere.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { atPath } from './os-error.ts';

interface Walked {
  /** Plain files: paths below the folder, with `/`, in the order of their characters. */
  readonly files: readonly string[];
  /** Folders, the same way. */
  readonly folders: readonly string[];
  /** What is neither file nor folder. */
  readonly others: readonly { readonly path: string; readonly isLink: boolean }[];
}

interface Bound {
  /** For the error: "files of the kit". */
  readonly what: string;
  readonly limit: number;
  /** Folders that are passed over as if they were not there. */
  readonly skip?: ((folder: string) => boolean) | undefined;
  /** Is told of a folder that cannot be listed, in whose place there is nothing; otherwise that is thrown. */
  readonly unread?: (path: string, problem: EscrowError) => void;
}

/** @throws {@link EscrowError} `limit.exceeded` for more than that many files, folders and others; `file.*`. */
export async function walkFolder(folder: string, { what, limit, unread, skip }: Bound): Promise<Walked> {
  const files: string[] = [];
  const folders: string[] = [];
  const others: { path: string; isLink: boolean }[] = [];
  const waiting = [''];
  let seen = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await entriesOf(folder, below, unread)) {
      seen += 1;
      if (seen > limit) throw new EscrowError('limit.exceeded', { what, limit });
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && skip?.(path) === true) continue;
      if (entry.isDirectory()) {
        waiting.push(path);
        folders.push(path);
      } else if (entry.isFile()) files.push(path);
      else others.push({ path, isLink: entry.isSymbolicLink() });
    }
  }
  return { files: files.sort(), folders: folders.sort(), others };
}

async function entriesOf(folder: string, below: string, unread: Bound['unread']): Promise<readonly Dirent[]> {
  const at = join(folder, below);
  try {
    return await atPath(at, () => readdir(at, { withFileTypes: true }));
  } catch (error) {
    if (!unread || below === '' || !isEscrowError(error)) throw error;
    unread(below, error);
    return [];
  }
}
