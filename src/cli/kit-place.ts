// What lies where a kit is to go. An older kit of the same escrow gives way; anything else is somebody's,
// and is at most moved aside.

import { join } from 'node:path';
import { readKit, isKit } from '../adapters/kit-folder.ts';
import { isVacant } from '../adapters/kit-writer.ts';
import { EscrowError } from '../core/errors.ts';
import { judgeFiles, judgeNote } from '../escrow/kit-check.ts';
import { hasError } from './findings.ts';
import type { Session } from './session.ts';

export interface KitPlace {
  readonly path: string;
  /** What becomes of what lies there. */
  readonly old: 'remove' | 'keep';
  /** Programs in the older kit's tools/, which the new one keeps. */
  readonly tools: readonly { readonly name: string; readonly from: string }[];
}

const TOOLS = 'tools/';

/** @throws {@link EscrowError} `kit.occupied` unless --force; `file.*`. */
export async function lookAtPlace(
  session: Session,
  path: string,
  { escrow, keys }: { escrow: string; keys: readonly string[] },
): Promise<KitPlace> {
  if (await isVacant(path)) return { path, old: 'remove', tools: [] };
  const occupied = (reason: string): KitPlace => {
    if (!session.isForced) throw new EscrowError('kit.occupied', { path, reason });
    return { path, old: 'keep', tools: [] };
  };
  if (!(await isKit(path))) return occupied('exists already and is not a kit');
  const kit = await readKit(path);
  const { note } = judgeNote(kit, undefined);
  if (note?.escrow !== escrow) return occupied('is not a kit of this escrow');
  const { findings } = judgeFiles(await session.crypto(), kit, keys);
  const foreign = findings.find(({ code }) => code === 'kit-file-unknown');
  if (foreign) return occupied(`holds more than a kit: ${foreign.message}`);
  const tools = kit.files
    .filter(({ path: file }) => file.startsWith(TOOLS) && file !== `${TOOLS}README.txt`)
    .map(({ path: file }) => ({ name: file.slice(TOOLS.length), from: join(path, file) }));
  if (!hasError(findings)) return { path, old: 'remove', tools };
  session.warn('the older kit there is damaged, and is replaced; what lay in its tools is not taken over');
  return { path, old: 'remove', tools: [] };
}
