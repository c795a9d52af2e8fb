// A signed document on disk (docs/spec/README.md, "Documents"): its bytes, and signatures beside it in files of
// their own. What is read is not believed; what is written, anybody on the machine may read.

import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { PUBLIC_FILE, exists, writeFileAtomic } from './atomic-write.ts';
import { atPath, isMissing } from './os-error.ts';
import { readBounded } from './read-file.ts';

export const SIGNATURE = '.minisig';
/** By the key of the charter before. */
const OLD_SIGNATURE = '.old.minisig';

/** What is told as damaged wherever it is judged. */
export const EMPTY_DOCUMENT: UntrustedDocument = { bytes: new Uint8Array(), signature: '' };

/** Undefined when the file or its signature is missing. @param limit - Bytes. @throws {@link EscrowError} `file.*`. */
export async function readDocument(path: string, limit: number): Promise<UntrustedDocument | undefined> {
  if (!(await exists(path)) || !(await exists(path + SIGNATURE))) return undefined;
  // Latin-1 keeps any byte a character: a mangled signature file is judged, not choked on.
  const text = async (of: string): Promise<string> =>
    new TextDecoder('latin1').decode(await readBounded(of, LIMITS.signatureBytes));
  const hasOld = await exists(path + OLD_SIGNATURE);
  return {
    bytes: await readBounded(path, limit),
    signature: await text(path + SIGNATURE),
    ...(hasOld ? { oldSignature: await text(path + OLD_SIGNATURE) } : {}),
  };
}

/** A document whose signature is gone. */
export async function readUnsigned(path: string, limit: number): Promise<UntrustedDocument> {
  return { bytes: await readBounded(path, limit), signature: '' };
}

/** One file that cannot be read must not hide the others, nor stop a recovery. */
export async function readableOrEmpty(
  reading: Promise<UntrustedDocument | undefined>,
): Promise<UntrustedDocument | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isEscrowError(error)) return EMPTY_DOCUMENT;
    throw error;
  }
}

/** The signature goes first: the document's own name is what makes it count. */
export async function writeDocument(path: string, document: UntrustedDocument): Promise<void> {
  await writeSignatures(path, document);
  await writePublic(path, document.bytes);
}

/** The signatures alone, that of the charter before first. One that a document of this name had before goes. */
export async function writeSignatures(
  path: string,
  { signature, oldSignature }: UntrustedDocument,
): Promise<void> {
  if (oldSignature === undefined) await removeFile(`${path}${OLD_SIGNATURE}`);
  else await writePublic(`${path}${OLD_SIGNATURE}`, oldSignature);
  await writePublic(`${path}${SIGNATURE}`, signature);
}

export async function writePublic(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await writeFileAtomic(path, bytes, { overwrite: true, mode: PUBLIC_FILE });
}

/** Whether or not it is there. */
export async function removeFile(path: string): Promise<void> {
  await atPath(path, () => rm(path, { force: true }));
}

/** What lies in a folder; nothing where there is none. */
export async function entriesOf(path: string): Promise<Dirent[]> {
  return atPath(path, async () => {
    try {
      return await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  });
}

export async function namesIn(path: string): Promise<string[]> {
  return (await entriesOf(path)).map(({ name }) => name);
}
