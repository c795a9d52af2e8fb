// A kit as it lies on a disk: every file in it, read whole. It believes nothing; escrow/kit-check judges.

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { NOTE_NAME, PAGE_NAME, SUMS_NAME, SUMS_SIGNATURE_NAME } from '../escrow/kit.ts';
import type { KitFile } from '../escrow/kit.ts';
import type { KitContents, Paper, UnreadPart } from '../escrow/kit-check.ts';
import { exists } from './atomic-write.ts';
import { isDiskTop, isOfSystem } from './disk-top.ts';
import { atPath } from './os-error.ts';
import { digestOfFile, readBounded } from './read-file.ts';
import { walkFolder } from './walk-folder.ts';

/** Whether a folder claims to be a kit: either of its two papers will do, for the other may be lost. */
export async function isKit(path: string): Promise<boolean> {
  return (await exists(join(path, NOTE_NAME))) || (await exists(join(path, SUMS_NAME)));
}

/**
 * Reads a kit: every byte of every file. What cannot be read is in it with its reason, so that one bad block of a
 * stick does not hide the rest. At the top of a disk the folders of the system are not of the kit.
 *
 * @param skip - Further names at the top to be passed over.
 * @throws {@link EscrowError} `kit.not-found`, `file.*` for the folder itself, `limit.exceeded`.
 */
export async function readKit(
  folder: string,
  skip: (name: string) => boolean = () => false,
): Promise<KitContents> {
  if (!(await isKit(folder))) throw new EscrowError('kit.not-found', { path: folder });
  const isTop = await isDiskTop(await atPath(folder, () => realpath(folder)));
  const unread: UnreadPart[] = [];
  const walked = await walkFolder(folder, {
    what: 'files of the kit',
    limit: LIMITS.kitFiles,
    unread: (path, problem) => unread.push({ path, problem }),
    skip: (path) => (isTop && isOfSystem(path)) || skip(path),
  });
  const files: KitFile[] = [];
  for (const path of walked.files) {
    const digest = await triedTo(() => digestOfFile(join(folder, path)));
    if (isEscrowError(digest)) unread.push({ path, problem: digest });
    else files.push({ path, ...digest });
  }
  const paper = async (name: string, limit: number): Promise<Paper<Uint8Array>> => {
    const path = join(folder, name);
    const other = walked.others.find((one) => one.path === name);
    if (other) return new EscrowError(other.isLink ? 'file.link' : 'file.special', { path });
    if (walked.folders.includes(name)) return new EscrowError('file.is-directory', { path });
    return walked.files.includes(name) ? triedTo(() => readBounded(path, limit)) : undefined;
  };
  // Latin-1 keeps any byte a character: what is mangled is judged, not choked on.
  const decoders = { latin1: new TextDecoder('latin1'), utf8: new TextDecoder('utf-8', { ignoreBOM: true }) };
  const text = async (name: string, limit: number, as: keyof typeof decoders): Promise<Paper<string>> => {
    const bytes = await paper(name, limit);
    return bytes instanceof Uint8Array ? decoders[as].decode(bytes) : bytes;
  };
  return {
    files,
    folders: walked.folders,
    odd: walked.others.map(({ path }) => path),
    unread,
    note: await paper(NOTE_NAME, LIMITS.kitNoteBytes),
    sums: await paper(SUMS_NAME, LIMITS.kitSumsBytes),
    signature: await text(SUMS_SIGNATURE_NAME, LIMITS.signatureBytes, 'latin1'),
    page: await text(PAGE_NAME, LIMITS.kitPageBytes, 'utf8'),
  };
}

/** What a read gives, or why it gives nothing. */
async function triedTo<T>(read: () => Promise<T>): Promise<T | EscrowError> {
  try {
    return await read();
  } catch (error) {
    if (isEscrowError(error)) return error;
    throw error;
  }
}
