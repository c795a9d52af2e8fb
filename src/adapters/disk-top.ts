// The top of a disk, where people want the kit on a stick: the one folder that cannot be renamed, and in which
// systems keep folders of their own.

import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { atPath } from './os-error.ts';

/** Whether a folder is one. @param path - Without links. */
export async function isDiskTop(path: string): Promise<boolean> {
  const above = dirname(path);
  if (above === path) return true;
  const [found, around] = await atPath(path, () => Promise.all([stat(path), stat(above)]));
  return found.dev !== around.dev;
}

const OF_SYSTEMS =
  /^(?:System Volume Information|\$RECYCLE\.BIN|lost\+found|\.(?:Trashes|Spotlight-V100|fseventsd|TemporaryItems|DocumentRevisions-V100|Trash-\d+))$/i;

/** Whether Windows, macOS or Linux makes a folder of that name there, unasked; often nobody may look into it. */
export const isOfSystem = (name: string): boolean => OF_SYSTEMS.test(name);
