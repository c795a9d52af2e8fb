// Whether one place lies within another, whatever links lead there. An escrow folder is copied to many
// places: nothing secret may be written into it.

import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep, isAbsolute, basename } from 'node:path';
import { isMissing } from './os-error.ts';

/** A path without links, as far as it exists; the rest of it as it is. */
async function truePath(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch (error) {
    const above = dirname(absolute);
    if (!isMissing(error) || above === absolute) return absolute;
    return join(await truePath(above), basename(absolute));
  }
}

/** Whether `path` is `folder` or lies in it; neither needs to exist. */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const step = relative(await truePath(folder), await truePath(path));
  return step === '' || (step !== '..' && !step.startsWith(`..${sep}`) && !isAbsolute(step));
}
