// Files that came with an export, as attachments of its entries. A file is unpacked once, whatever
// asks for it; what no entry asked for is counted, so that it is not lost unseen.

import { encodeHex, type Bytes } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import type { CryptoPort } from '../core/crypto.ts';
import type { Finding } from '../core/finding.ts';
import { finding } from './findings.ts';
import type { Attachment } from './model.ts';
import type { ZipArchive } from './zip.ts';

/** A file that is there. */
export async function presentFile(crypto: CryptoPort, name: string, bytes: Bytes): Promise<Attachment> {
  const sha256 = encodeHex(await crypto.sha256(bytes));
  return { name, size: bytes.length, sha256, bytes, status: 'present' };
}

/** A file that is only named. */
export function missingFile(name: string, size = 0): Attachment {
  return { name, size: Number.isSafeInteger(size) && size > 0 ? size : 0, status: 'referenced-missing' };
}

/** Last part of a path in an archive. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Takes files out of an archive and remembers which. */
export class ArchiveFiles {
  readonly #taken = new Set<string>();
  /** Unpacked once each: a small archive could name one large file a million times. */
  readonly #present = new Map<string, Attachment>();
  readonly #crypto: CryptoPort;
  readonly #archive: ZipArchive | undefined;

  /** @param archive - Absent when the export came without its files. */
  constructor(crypto: CryptoPort, archive: ZipArchive | undefined) {
    this.#crypto = crypto;
    this.#archive = archive;
  }

  get paths(): readonly string[] {
    return this.#archive?.names ?? [];
  }

  /** A file at a path under a name of its own, present or missing. */
  async take(path: string | undefined, name: string, size?: number): Promise<Attachment> {
    if (path === undefined) return missingFile(name, size);
    const known = this.#present.get(path);
    if (known !== undefined) return { ...known, name };
    const bytes = await this.read(path);
    if (bytes === undefined) return missingFile(name, size);
    const file = await presentFile(this.#crypto, name, bytes);
    this.#present.set(path, file);
    return file;
  }

  /** The bytes at a path, spoken for. */
  async read(path: string): Promise<Bytes | undefined> {
    this.#taken.add(path);
    return this.#archive?.read(path);
  }

  /** What is to be said of files that no entry asked for. */
  findings(isMeant: (path: string) => boolean = () => true): readonly Finding[] {
    return leftOver(this.paths.filter((path) => !this.#taken.has(path) && isMeant(path)).length);
  }
}

/** What is to be said of so many files that belong to no entry. */
export function leftOver(count: number): readonly Finding[] {
  if (count === 0) return [];
  const message = `${counted(count, 'file that belongs', 'files that belong')} to no entry of the export`;
  const hint = 'they stay in the sealed export; a conversion leaves them out';
  return [finding('warning', 'vault.files-left-over', message, hint)];
}
