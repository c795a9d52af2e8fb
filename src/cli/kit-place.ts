// What lies where a kit is to go. A whole kit of the same escrow gives way; anything else is somebody's, and is
// at most moved aside.

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
  /** Whether a whole kit of this escrow lies there, whose packages may be taken. */
  readonly hasKit: boolean;
  /** Whether packages lie in that kit. */
  readonly hasPackages: boolean;
}

const TOOLS = 'tools/';

/** @throws {@link EscrowError} `kit.occupied` unless --force; `file.*`. */
export async function lookAtPlace(
  session: Session,
  path: string,
  { escrow, keys }: { escrow: string; keys: readonly string[] },
): Promise<KitPlace> {
  // Kept, because what appears there meanwhile is somebody's.
  const kept: KitPlace = { path, old: 'keep', tools: [], hasKit: false, hasPackages: false };
  if (await isVacant(path)) return kept;
  const occupied = (reason: string): KitPlace => {
    if (!session.isForced) throw new EscrowError('kit.occupied', { path, reason });
    return kept;
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
  const hasPackages = kit.files.some(
    ({ path: file }) => file.startsWith('packages/') && file.endsWith('.age'),
  );
  if (!hasError(findings)) return { path, old: 'remove', tools, hasKit: true, hasPackages };
  session.warn(
    'the older kit there is damaged, or signed by a key that is not known here: it is kept beside the new one',
  );
  return kept;
}
