// A kit as it lies on a disk: every file in it, read whole. It believes nothing; escrow/kit-check judges.

import { join } from 'node:path';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { NOTE_NAME, PAGE_NAME, SUMS_NAME, SUMS_SIGNATURE_NAME } from '../escrow/kit.ts';
import type { KitFile } from '../escrow/kit.ts';
import type { KitContents } from '../escrow/kit-check.ts';
import { exists } from './atomic-write.ts';
import { digestOfFile, readBounded } from './read-file.ts';
import { walkFolder } from './walk-folder.ts';

/** Whether a folder claims to be a kit: either of its two papers will do, for the other may be lost. */
export async function isKit(path: string): Promise<boolean> {
  return (await exists(join(path, NOTE_NAME))) || (await exists(join(path, SUMS_NAME)));
}

/**
 * Reads a kit: every byte of every file.
 *
 * @throws {@link EscrowError} `kit.not-found`, `file.*`, `limit.exceeded`.
 */
export async function readKit(folder: string): Promise<KitContents> {
  if (!(await isKit(folder))) throw new EscrowError('kit.not-found', { path: folder });
  const { files: names, others } = await walkFolder(folder, {
    what: 'files of the kit',
    limit: LIMITS.kitFiles,
  });
  const files: KitFile[] = [];
  for (const path of names) files.push({ path, ...(await digestOfFile(join(folder, path))) });
  const ifAny = async (name: string, limit: number): Promise<Uint8Array | undefined> =>
    names.includes(name) ? readBounded(join(folder, name), limit) : undefined;
  const signature = await ifAny(SUMS_SIGNATURE_NAME, LIMITS.signatureBytes);
  const page = await ifAny(PAGE_NAME, LIMITS.kitPageBytes);
  return {
    files,
    odd: others.map(({ path }) => path),
    note: await ifAny(NOTE_NAME, LIMITS.kitNoteBytes),
    sums: await ifAny(SUMS_NAME, LIMITS.kitSumsBytes),
    // Latin-1 keeps any byte a character: what is mangled is judged, not choked on.
    signature: signature && new TextDecoder('latin1').decode(signature),
    page: page && new TextDecoder('utf-8', { ignoreBOM: true }).decode(page),
  };
}
