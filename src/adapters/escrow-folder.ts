// The escrow folder on disk (docs/spec/folder.md): where each document lies and in which
// order a new package becomes visible. It believes nothing it reads; escrow/ judges.

import type { Dirent } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { equalBytes } from '../core/bytes.ts';
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
import { isAbandoned, LOCK_DRAFT_PREFIX, LOCK_NAME } from './lock.ts';
import { atPath, isMissing } from './os-error.ts';
import { fileSize, readBounded } from './read-file.ts';

const CHARTER = 'charter.json';
const SIGNATURE = '.minisig';
/** By the key of the charter before. */
const OLD_SIGNATURE = '.old.minisig';
const PACKAGES = 'packages';
const CHARTERS = 'charters';
const LEDGER = 'ledger.jsonl';
/** What a first ceremony writes before there is a charter. */
const BEFORE_CHARTER = ['sealer.pub', LEDGER, `${CHARTER}${SIGNATURE}`];
const FIRST_CHARTER = ['0001.json', `0001.json${SIGNATURE}`];
/** Public documents: anybody on the machine may read them. */

const PACKAGE_NAME = /^(\d{6,15})-\d{8}T\d{6}Z\.tar(?:\.gz)?\.age$/;

/** A package file and where its record lies. Sequence numbers are read from the name: not believed. */
export interface PackageFile {
  readonly sequence: number;
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** Public keys beside the charter, as files. */
export interface CharterKeyFiles {
  readonly charter: string;
  /** Of the first sealer; undefined where the charter names none. */
  readonly sealer: string | undefined;
}

/** One escrow folder. */
export class EscrowFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws {@link EscrowError} `escrow.not-found` when there is no charter and no package in it. */
  static async open(path: string): Promise<EscrowFolder> {
    const folder = new EscrowFolder(path);
    if (!(await exists(path))) throw new EscrowError('escrow.not-found', { path });
    const hasContent = (await exists(join(path, CHARTER))) || (await exists(join(path, PACKAGES)));
    if (!hasContent) throw new EscrowError('escrow.not-found', { path });
    return folder;
  }

  /**
   * The current charter, or undefined when its file or signature is missing. Whoever was killed between the
   * charter and its signature left that of the charter before: then the one in charters/ is the right one.
   */
  async charter(): Promise<UntrustedDocument | undefined> {
    const document = await this.#document(CHARTER, LIMITS.charterBytes);
    if (!document) return undefined;
    const { current, before } = placeIn(await this.#chained(), document);
    const isHalf = current !== undefined && before?.signature === document.signature;
    const signature = isHalf ? current.signature : document.signature;
    return { ...document, signature, oldSignature: current?.oldSignature };
  }

  /**
   * Every charter so far, oldest first, from charters/. One that cannot be read is there all the same, empty. What
   * was written beyond the current one is no part of it: that ceremony was not finished.
   */
  async charterChain(): Promise<readonly UntrustedDocument[]> {
    return (await this.#charters()).chain;
  }

  /** Charters beyond the current one: of a ceremony that was killed, or of a folder that was put back. */
  async pendingCharters(): Promise<readonly UntrustedDocument[]> {
    return (await this.#charters()).pending;
  }

  async #charters(): Promise<{ chain: readonly UntrustedDocument[]; pending: readonly UntrustedDocument[] }> {
    const all = await this.#chained();
    const document = await readableOrEmpty(this.#document(CHARTER, LIMITS.charterBytes));
    const { end } = document ? placeIn(all, document) : { end: 0 };
    return end === 0 ? { chain: all, pending: [] } : { chain: all.slice(0, end), pending: all.slice(end) };
  }

  async #chained(): Promise<readonly UntrustedDocument[]> {
    const names = (await this.#list(CHARTERS)).filter((name) => /^\d{4}\.json$/.test(name)).sort();
    const documents: UntrustedDocument[] = [];
    for (const name of names.slice(0, LIMITS.chartersInChain)) {
      const document = await readableOrEmpty(this.#document(join(CHARTERS, name), LIMITS.charterBytes));
      if (document) documents.push(document);
    }
    return documents;
  }

  /** Package files, newest first. */
  async packages(): Promise<readonly PackageFile[]> {
    const found: PackageFile[] = [];
    for (const name of await this.#list(PACKAGES)) {
      const sequence = PACKAGE_NAME.exec(name)?.[1];
      if (sequence === undefined) continue;
      const path = join(this.path, PACKAGES, name);
      const size = await sizeOfFile(path);
      if (size !== undefined) found.push({ sequence: Number(sequence), name, path, size });
    }
    return found.sort((a, b) => b.sequence - a.sequence || (a.name < b.name ? 1 : -1));
  }

  /** Records, oldest first, by the sequence in their names. */
  async records(): Promise<readonly { name: string; document: UntrustedDocument }[]> {
    const names = (await this.#list(PACKAGES)).filter((name) => /^\d{6,15}-\d{8}T\d{6}Z\.json$/.test(name));
    names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
    const records: { name: string; document: UntrustedDocument }[] = [];
    for (const name of names) {
      const path = join(PACKAGES, name);
      const document =
        (await readableOrEmpty(this.#document(path, LIMITS.recordBytes))) ??
        // A record whose signature is gone is shown as one that does not verify, not passed over.
        (await readableOrEmpty(this.#unsigned(path, LIMITS.recordBytes)));
      records.push({ name, document: document ?? EMPTY_DOCUMENT });
    }
    return records;
  }

  /** The record beside one package, if it is there. */
  async recordOf(packageName: string): Promise<UntrustedDocument | undefined> {
    return this.#document(join(PACKAGES, recordName(packageName)), LIMITS.recordBytes);
  }

  /** The files of its charters as they lie there, with the signatures that the formats know: paths with `/`. */
  async charterFiles(): Promise<readonly string[]> {
    const top = (await this.#list('.')).filter((name) =>
      /^charter\.json(?:(?:\.old)?\.minisig)?$/.test(name),
    );
    const { chain: inForce, pending } = await this.#charters();
    const chain = (await this.#list(CHARTERS)).filter(
      (name) =>
        /^\d{4}\.json(?:(?:\.old)?\.minisig)?$/.test(name) &&
        (pending.length === 0 || Number.parseInt(name, 10) <= inForce.length),
    );
    return [...top, ...chain.map((name) => `${CHARTERS}/${name}`)].sort();
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
    await makeFolder(join(this.path, PACKAGES), PUBLIC_FOLDER);
    const isRecorded = await exists(join(this.path, PACKAGES, recordName(name)));
    return stageFile(join(this.path, PACKAGES, name), { mode: PUBLIC_FILE, overwrite: !isRecorded });
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
    const path = join(this.path, PACKAGES, recordName(packageName));
    await this.#writePublic(`${path}${SIGNATURE}`, new TextEncoder().encode(record.signature));
    await this.#writePublic(path, record.bytes);
  }

  /**
   * Removes what killed writers left. Only whoever holds the lock may: of others' files it would be a theft.
   * Whoever waits for the lock has a draft of it here, and a folder of that name is no file of a writer.
   */
  async removeUnfinished(): Promise<void> {
    for (const folder of ['.', PACKAGES, CHARTERS]) {
      for (const entry of await this.#entries(folder)) {
        const { name } = entry;
        if (!name.startsWith(STAGED_PREFIX) || !entry.isFile()) continue;
        const path = join(this.path, folder, name);
        if (name.startsWith(LOCK_DRAFT_PREFIX) && !(await isAbandoned(path))) continue;
        await atPath(path, () => rm(path, { force: true }));
      }
    }
  }

  /** Destroys a package here. Its record stays: it says what there was. */
  async destroyPackage(name: string): Promise<void> {
    const path = this.packagePath(name);
    await atPath(path, () => rm(path, { force: true }));
  }

  /** Takes a package back that does not count yet, with what there is of its record. */
  async removePackage(name: string): Promise<void> {
    const record = recordName(name);
    for (const part of [record, `${record}${SIGNATURE}`, name]) {
      const path = join(this.path, PACKAGES, part);
      await atPath(path, () => rm(path, { force: true }));
    }
  }

  /** Writes a charter as the current one and into the chain, chain first. */
  async writeCharter(number: number, charter: UntrustedDocument, charterKeyFile: string): Promise<void> {
    const chained = join(this.path, CHARTERS, `${String(number).padStart(4, '0')}.json`);
    await makeFolder(join(this.path, CHARTERS), PUBLIC_FOLDER);
    for (const path of [chained, join(this.path, CHARTER)]) {
      await this.#writePublic(`${path}${SIGNATURE}`, new TextEncoder().encode(charter.signature));
      await this.#writePublic(path, charter.bytes);
    }
    await this.#writePublic(join(this.path, 'charter.pub'), new TextEncoder().encode(charterKeyFile));
  }

  /**
   * Puts a charter in the place of the current one. It is in force from the rename of charter.json on, which is
   * why its signature lies in charters/ before, and beside it only afterwards.
   */
  async replaceCharter(
    number: number,
    charter: UntrustedDocument,
    keyFiles: CharterKeyFiles,
    whenInForce: () => Promise<void>,
  ): Promise<void> {
    const chained = join(this.path, CHARTERS, `${String(number).padStart(4, '0')}.json`);
    // The signature of this charter beside the text of one that was never in force would stop every reader.
    await this.removePending(number);
    await this.#writeSignatures(chained, charter);
    await this.#writePublic(chained, charter.bytes);
    await this.#writePublic(join(this.path, CHARTER), charter.bytes);
    await whenInForce();
    await this.finishCharter(charter, keyFiles);
  }

  /**
   * Takes back charters of that number and above, which were written into charters/ and are not in force. The
   * newest goes first, and the text before its signatures: what is left at any moment is a chain.
   */
  async removePending(number: number): Promise<void> {
    const pending = (await this.#list(CHARTERS))
      .filter((name) => /^\d{4}\.json(?:(?:\.old)?\.minisig)?$/.test(name))
      .filter((name) => Number.parseInt(name, 10) >= number)
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10) || a.length - b.length);
    for (const name of pending) {
      const path = join(this.path, CHARTERS, name);
      await atPath(path, () => rm(path, { force: true }));
    }
  }

  /** Whether the signature beside the current charter is still that of the one before. */
  async isCharterHalfWritten(): Promise<boolean> {
    const beside = await this.#document(CHARTER, LIMITS.charterBytes);
    return beside !== undefined && (await this.charter())?.signature !== beside.signature;
  }

  /** What lies beside charter.json for other programs. The signature goes last: by it, all of this is known to be done. */
  async finishCharter(charter: UntrustedDocument, keyFiles: CharterKeyFiles): Promise<void> {
    await this.#writePublic(join(this.path, 'charter.pub'), new TextEncoder().encode(keyFiles.charter));
    if (keyFiles.sealer !== undefined) await this.writeSealerKey(keyFiles.sealer);
    await this.#writeSignatures(join(this.path, CHARTER), charter);
  }

  async #writeSignatures(path: string, { signature, oldSignature }: UntrustedDocument): Promise<void> {
    if (oldSignature === undefined) await rm(`${path}${OLD_SIGNATURE}`, { force: true });
    else await this.#writePublic(`${path}${OLD_SIGNATURE}`, new TextEncoder().encode(oldSignature));
    await this.#writePublic(`${path}${SIGNATURE}`, new TextEncoder().encode(signature));
  }

  /**
   * Takes back what a first ceremony wrote. Only whoever holds the lock may, of a folder that was empty before
   * and whose cards are worth nothing.
   */
  async removeFounding(): Promise<void> {
    await this.removeUnfinished();
    for (const name of [CHARTER, ...BEFORE_CHARTER, 'charter.pub'])
      await rm(join(this.path, name), { force: true });
    for (const name of FIRST_CHARTER) await rm(join(this.path, CHARTERS, name), { force: true });
    await rmdir(join(this.path, CHARTERS)).catch(() => undefined);
  }

  /** Whether all there is was left by a first ceremony that was killed before its charter, locks aside. */
  async isUnfounded(): Promise<boolean> {
    const [around, chained] = [await this.#entries('.'), await this.#entries(CHARTERS)];
    const known = [...BEFORE_CHARTER, CHARTERS, LOCK_NAME, ...FIRST_CHARTER];
    return [...around, ...chained].every(
      ({ name }) => known.includes(name) || name.startsWith(STAGED_PREFIX),
    );
  }

  async writeSealerKey(publicKeyFile: string): Promise<void> {
    await this.#writePublic(join(this.path, 'sealer.pub'), new TextEncoder().encode(publicKeyFile));
  }

  async #writePublic(path: string, bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(path, bytes, { overwrite: true, mode: PUBLIC_FILE });
  }

  async #document(name: string, limit: number): Promise<UntrustedDocument | undefined> {
    const path = join(this.path, name);
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

  async #unsigned(name: string, limit: number): Promise<UntrustedDocument> {
    return { bytes: await readBounded(join(this.path, name), limit), signature: '' };
  }

  async #list(name: string): Promise<string[]> {
    return (await this.#entries(name)).map((entry) => entry.name);
  }

  async #entries(name: string): Promise<Dirent[]> {
    const path = join(this.path, name);
    return atPath(path, async () => {
      try {
        return await readdir(path, { withFileTypes: true });
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    });
  }
}

/** Where the current charter stands among those in charters/: the length of the chain that ends with it, or 0. */
function placeIn(
  chained: readonly UntrustedDocument[],
  { bytes }: UntrustedDocument,
): { end: number; current?: UntrustedDocument | undefined; before?: UntrustedDocument | undefined } {
  const at = chained.findIndex((document) => equalBytes(document.bytes, bytes));
  return { end: at + 1, current: chained[at], before: chained[at - 1] };
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

/** What is told as damaged wherever it is judged. */
const EMPTY_DOCUMENT: UntrustedDocument = { bytes: new Uint8Array(), signature: '' };

/** One file that cannot be read must not hide the others, nor stop a recovery. */
async function readableOrEmpty(
  reading: Promise<UntrustedDocument | undefined>,
): Promise<UntrustedDocument | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isEscrowError(error)) return EMPTY_DOCUMENT;
    throw error;
  }
}

/** `000042-….tar.gz.age` → `000042-….json`. */
function recordName(packageName: string): string {
  return packageName.replace(/\.tar(?:\.gz)?\.age$/, '.json');
}

/** A bare package file named on the command line, with the escrow folder around it when there is one. */
export async function barePackage(
  path: string,
): Promise<{ file: PackageFile; folder: EscrowFolder | undefined }> {
  const size = await fileSize(path);
  const name = basename(path);
  const sequence = Number(PACKAGE_NAME.exec(name)?.[1] ?? 0);
  const above = dirname(dirname(path));
  const inFolder = basename(dirname(path)) === PACKAGES && (await exists(join(above, CHARTER)));
  return { file: { sequence, name, path, size }, folder: inFolder ? new EscrowFolder(above) : undefined };
}
