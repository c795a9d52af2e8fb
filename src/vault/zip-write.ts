// Files as a ZIP, in memory; the same files and dates give the same bytes.

import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { Bytes } from '../core/bytes.ts';

export interface ZipFile {
  /** With slashes, relative. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly modified: Date;
}

export async function packZip(files: readonly ZipFile[]): Promise<Bytes> {
  // Workers would be fetched from a URL, which the page's policy forbids.
  const zip = new ZipWriter<Bytes>(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const { name, bytes, modified } of files)
    await zip.add(name, new Uint8ArrayReader(new Uint8Array(bytes)), { lastModDate: modified });
  return await zip.close();
}
