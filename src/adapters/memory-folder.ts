// Whether a place is in memory and never on a disk, as far as the system says, and how much room it has.

import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { exists } from './atomic-write.ts';

/** Magic numbers of file systems that live in memory (statfs(2)): tmpfs and ramfs. */
const MEMORY_FILE_SYSTEMS = new Set([0x01021994, 0x858458f6]);

/** Where Linux keeps files that are in memory only. @returns undefined where there is no such place. */
export async function memoryFolder(): Promise<string | undefined> {
  const place = '/dev/shm';
  return (await exists(place)) ? place : undefined;
}

interface Room {
  readonly isInMemory: boolean;
  readonly freeBytes: number;
}

/** Of a folder, or of the nearest one above that is there. Undefined where the system does not say. */
export async function roomAt(path: string): Promise<Room | undefined> {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      const { type, bavail, bsize } = await statfs(at);
      return { isInMemory: MEMORY_FILE_SYSTEMS.has(type), freeBytes: bavail * bsize };
    } catch {
      if (dirname(at) === at) return undefined;
    }
  }
}
