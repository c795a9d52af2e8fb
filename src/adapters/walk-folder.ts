// Everything below a folder, without following a link anywhere.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { atPath } from './os-error.ts';

interface Walked {
  /** Plain files: paths below the folder, with `/`, in the order of their characters. */
  readonly files: readonly string[];
  /** What is neither file nor folder. */
  readonly others: readonly { readonly path: string; readonly isLink: boolean }[];
}

interface Bound {
  /** For the error: "files of the kit". */
  readonly what: string;
  readonly limit: number;
}

/** @throws {@link EscrowError} `limit.exceeded` for more than that many files, folders and others; `file.*`. */
export async function walkFolder(folder: string, { what, limit }: Bound): Promise<Walked> {
  const files: string[] = [];
  const others: { path: string; isLink: boolean }[] = [];
  const waiting = [''];
  let seen = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const at = join(folder, below);
    for (const entry of await atPath(at, () => readdir(at, { withFileTypes: true }))) {
      seen += 1;
      if (seen > limit) throw new EscrowError('limit.exceeded', { what, limit });
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.push(path);
      else others.push({ path, isLink: entry.isSymbolicLink() });
    }
  }
  return { files: files.sort(), others };
}
