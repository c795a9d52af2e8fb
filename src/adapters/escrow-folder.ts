// The escrow folder on disk (docs/spec/folder.md): where packages, records and the ledger lie and in which
// order a new package becomes visible. It believes nothing it reads; escrow/ judges.

import { join } from 'node:path';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import {
  PUBLIC_FILE,
  PUBLIC_FOLDER,
  STAGED_PREFIX,
  exists,
  makeFolder,
  stageFile,
  writeFileAtomic,
} from './atomic-write.ts';
import type { StagedFile } from './atomic-write.ts';
import { BEFORE_CHARTER, CHARTER, CHARTERS, CharterFiles, FIRST_CHARTER } from './charter-files.ts';
import {
  EMPTY_DOCUMENT,
  SIGNATURE,
  entriesOf,
  namesIn,
  readDocument,
  readUnsigned,
  readableOrEmpty,
  removeFile,
  writeDocument,
} from './documents.ts';
import { isAbandoned, LOCK_DRAFT_PREFIX, LOCK_NAME } from './lock.ts';
import { fileSize, readBounded } from './read-file.ts';

export const PACKAGES = 'packages';
const LEDGER = 'ledger.jsonl';

const PACKAGE_NAME = /^(\d{6,15})-\d{8}T\d{6}Z\.tar(?:\.gz)?\.age$/;
const RECORD_NAME = /^\d{6,15}-\d{8}T\d{6}Z\.json$/;

/** A package file and where its record lies. Sequence numbers are read from the name: not believed. */
export interface PackageFile {
  readonly sequence: number;
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** The number in the name of a package file; undefined for any other name. */
export function sequenceIn(name: string): number | undefined {
  const digits = PACKAGE_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** One escrow folder. */
export class EscrowFolder {
  readonly path: string;
  readonly charters: CharterFiles;

  constructor(path: string) {
    this.path = path;
    this.charters = new CharterFiles(path);
  }

  /** @throws {@link EscrowError} `escrow.not-found` when there is no charter and no package in it. */
  static async open(path: string): Promise<EscrowFolder> {
    const folder = new EscrowFolder(path);
    if (!(await exists(path))) throw new EscrowError('escrow.not-found', { path });
    const hasContent = (await exists(join(path, CHARTER))) || (await exists(join(path, PACKAGES)));
    if (!hasContent) throw new EscrowError('escrow.not-found', { path });
    return folder;
  }

  /** Package files, newest first. */
  async packages(): Promise<readonly PackageFile[]> {
    const found: PackageFile[] = [];
    for (const name of await this.#names()) {
      const sequence = sequenceIn(name);
      if (sequence === undefined) continue;
      const path = this.packagePath(name);
      const size = await sizeOfFile(path);
      if (size !== undefined) found.push({ sequence, name, path, size });
    }
    return found.sort((a, b) => b.sequence - a.sequence || (a.name < b.name ? 1 : -1));
  }

  /** Records, oldest first, by the sequence in their names. */
  async records(): Promise<readonly { name: string; document: UntrustedDocument }[]> {
    const names = (await this.#names()).filter((name) => RECORD_NAME.test(name));
    names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
    const records: { name: string; document: UntrustedDocument }[] = [];
    for (const name of names) {
      const path = this.packagePath(name);
      const document =
        (await readableOrEmpty(readDocument(path, LIMITS.recordBytes))) ??
        // A record whose signature is gone is shown as one that does not verify, not passed over.
        (await readableOrEmpty(readUnsigned(path, LIMITS.recordBytes)));
      records.push({ name, document: document ?? EMPTY_DOCUMENT });
    }
    return records;
  }

  /** The record beside one package, if it is there. */
  async recordOf(packageName: string): Promise<UntrustedDocument | undefined> {
    return readDocument(this.#recordPath(packageName), LIMITS.recordBytes);
  }

  async ledger(): Promise<Uint8Array> {
    const path = join(this.path, LEDGER);
    return (await exists(path)) ? readBounded(path, LIMITS.ledgerBytes) : new Uint8Array();
  }

  async writeLedger(bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(join(this.path, LEDGER), bytes, { overwrite: true, mode: PUBLIC_FILE });
  }

  /** Starts a package under a temporary name. One of that name without a record never counted, and goes. */
  async stagePackage(name: string): Promise<StagedFile> {
    await makeFolder(this.pathOf(PACKAGES), PUBLIC_FOLDER);
    const isRecorded = await exists(this.#recordPath(name));
    return stageFile(this.packagePath(name), { mode: PUBLIC_FILE, overwrite: !isRecorded });
  }

  /** Where a file lies that this folder named. */
  pathOf(name: string): string {
    return join(this.path, ...name.split('/'));
  }

  packagePath(name: string): string {
    return join(this.path, PACKAGES, name);
  }

  /**
   * Makes a record visible. The signature goes first: the record's own name is what makes the package
   * count, so a kill in between leaves a package that nobody sees as one.
   */
  async writeRecord(packageName: string, record: UntrustedDocument): Promise<void> {
    await writeDocument(this.#recordPath(packageName), record);
  }

  /**
   * Removes what killed writers left. Only whoever holds the lock may: of others' files it would be a theft.
   * Whoever waits for the lock has a draft of it here, and a folder of that name is no file of a writer.
   */
  async removeUnfinished(): Promise<void> {
    for (const folder of ['.', PACKAGES, CHARTERS]) {
      for (const entry of await entriesOf(join(this.path, folder))) {
        const { name } = entry;
        if (!name.startsWith(STAGED_PREFIX) || !entry.isFile()) continue;
        const path = join(this.path, folder, name);
        if (name.startsWith(LOCK_DRAFT_PREFIX) && !(await isAbandoned(path))) continue;
        await removeFile(path);
      }
    }
  }

  /** Destroys a package here. Its record stays: it says what there was. */
  async destroyPackage(name: string): Promise<void> {
    await removeFile(this.packagePath(name));
  }

  /** Takes a package back that does not count yet, with what there is of its record. */
  async removePackage(name: string): Promise<void> {
    const record = this.#recordPath(name);
    for (const path of [record, `${record}${SIGNATURE}`, this.packagePath(name)]) await removeFile(path);
  }

  /**
   * Takes back what a first ceremony wrote. Only whoever holds the lock may, of a folder that was empty before
   * and whose cards are worth nothing.
   */
  async removeFounding(): Promise<void> {
    await this.removeUnfinished();
    await this.charters.removeFounding();
    await removeFile(join(this.path, LEDGER));
  }

  /** Whether all there is was left by a first ceremony that was killed before its charter, locks aside. */
  async isUnfounded(): Promise<boolean> {
    const known = [LEDGER, LOCK_NAME, ...BEFORE_CHARTER];
    const around = await namesIn(this.path);
    const chained = await namesIn(join(this.path, CHARTERS));
    return (
      around.every((name) => known.includes(name) || name.startsWith(STAGED_PREFIX)) &&
      chained.every((name) => FIRST_CHARTER.includes(name) || name.startsWith(STAGED_PREFIX))
    );
  }

  #recordPath(packageName: string): string {
    return join(this.path, PACKAGES, recordName(packageName));
  }

  async #names(): Promise<string[]> {
    return namesIn(join(this.path, PACKAGES));
  }
}

/** Undefined for a folder, a pipe, a link to nothing: whatever its name, it is not a package. */
async function sizeOfFile(path: string): Promise<number | undefined> {
  try {
    return await fileSize(path);
  } catch (error) {
    if (isEscrowError(error)) return undefined;
    throw error;
  }
}

/** `000042-….tar.gz.age` → `000042-….json`. */
function recordName(packageName: string): string {
  return packageName.replace(/\.tar(?:\.gz)?\.age$/, '.json');
}
