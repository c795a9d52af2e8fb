// What lies where a kit is to go. A whole kit of the same escrow gives way; anything else is somebody's, and is
// at most moved aside.

import { join } from 'node:path';
import { readKit, isKit } from '../adapters/kit-folder.ts';
import { isPassedOver, isVacant } from '../adapters/kit-writer.ts';
import type { KitTarget } from '../adapters/kit-swap.ts';
import { EscrowError } from '../core/errors.ts';
import { judgeFiles, judgeNote } from '../escrow/kit-check.ts';
import { hasError } from '../core/finding.ts';
import type { Session } from './session.ts';

export interface KitPlace {
  readonly target: KitTarget;
  /** What becomes of what lies there. */
  readonly becomes: 'removed' | 'kept';
  /** Every path of the kit that lies there; none where it is not whole. */
  readonly paths: ReadonlySet<string>;
  /** Programs in the older kit's tools/, which the new one keeps. */
  readonly tools: readonly { readonly name: string; readonly from: string; readonly sha256: string }[];
  /** Whether a whole kit of this escrow lies there, whose packages may be taken. */
  readonly hasKit: boolean;
  /** Whether packages lie in that kit. */
  readonly hasPackages: boolean;
}

const TOOLS = 'tools/';

const NO_KIT = {
  becomes: 'kept',
  paths: new Set<string>(),
  tools: [],
  hasKit: false,
  hasPackages: false,
} as const;

/**
 * @throws {@link EscrowError} `kit.occupied` unless --force, `output.unsafe` for a top of a disk with anything else
 * on it, `file.*`.
 */
export async function lookAtPlace(
  session: Session,
  target: KitTarget,
  { escrow, keys }: { escrow: string; keys: readonly string[] },
): Promise<KitPlace> {
  // Kept, because what appears there meanwhile is somebody's.
  const kept: KitPlace = { target, ...NO_KIT };
  if (await isVacant(target)) return kept;
  const { path, isTop } = target;
  const occupied = (reason: string): KitPlace => {
    if (isTop) {
      const whole = `it is the top of a disk, and it ${reason}; name a folder on it`;
      throw new EscrowError('output.unsafe', { path, reason: whole });
    }
    if (!session.isForced) throw new EscrowError('kit.occupied', { path, reason });
    return kept;
  };
  if (!(await isKit(path))) return occupied('exists already and is not a kit');
  const kit = await readKit(path, (name) => isTop && isPassedOver(name));
  const { note } = judgeNote(kit, undefined);
  if (note?.escrow !== escrow) return occupied('is not a kit of this escrow');
  const { findings } = judgeFiles(await session.crypto(), kit, keys);
  const foreign = findings.find(({ code }) => code === 'kit-file-unknown');
  if (foreign) return occupied(`holds more than a kit: ${foreign.message}`);
  const tools = kit.files
    .filter(({ path: file }) => file.startsWith(TOOLS) && file !== `${TOOLS}README.txt`)
    .map(({ path: file, sha256 }) => ({ name: file.slice(TOOLS.length), from: join(path, file), sha256 }));
  const hasPackages = kit.files.some(
    ({ path: file }) => file.startsWith('packages/') && file.endsWith('.age'),
  );
  const paths = new Set([...kit.files.map((file) => file.path), ...kit.folders]);
  if (!hasError(findings)) return { target, becomes: 'removed', paths, tools, hasKit: true, hasPackages };
  if (isTop) return occupied('holds a kit that is damaged, or signed by a key that is not known here');
  session.warn(
    'the older kit there is damaged, or signed by a key that is not known here: it is kept beside the new one',
  );
  return kept;
}
