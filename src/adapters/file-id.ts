// Which file a path leads to: two paths of one file, through links or in other spellings, have one id.

import { stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { resolve } from 'node:path';

/** From what the system says of a file; file systems without such numbers say 0, others need all 64 bits. */
export const idOfStats = (path: string, { dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string =>
  ino === 0n ? resolve(path) : `${dev}:${ino}`;

/** Undefined where there is nothing. */
export async function fileId(path: string): Promise<string | undefined> {
  try {
    return idOfStats(path, await stat(path, { bigint: true }));
  } catch {
    return undefined;
  }
}
