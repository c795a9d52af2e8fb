// The charters of an escrow folder (docs/spec/folder.md): the one in force as charter.json with the keys beside it,
// and every one so far in charters/. Which of them is in force is read here, whether it is true is judged in escrow/.

import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes } from '../core/bytes.ts';
import { LIMITS } from '../core/limits.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { PUBLIC_FOLDER, makeFolder } from './atomic-write.ts';
import {
  SIGNATURE,
  namesIn,
  readDocument,
  readableOrEmpty,
  removeFile,
  writeDocument,
  writePublic,
  writeSignatures,
} from './documents.ts';

export const CHARTER = 'charter.json';
export const CHARTERS = 'charters';
const CHARTER_KEY = 'charter.pub';
const SEALER_KEY = 'sealer.pub';

/** Names at the top that {@link CharterFiles.found} writes before charter.json. */
export const BEFORE_CHARTER: readonly string[] = [SEALER_KEY, `${CHARTER}${SIGNATURE}`, CHARTERS];
/** Names in charters/ that it writes. */
export const FIRST_CHARTER: readonly string[] = [chainName(1), `${chainName(1)}${SIGNATURE}`];

/** 3 → `0003.json`. */
function chainName(number: number): string {
  return `${String(number).padStart(4, '0')}.json`;
}

const TOP_FILE = /^charter\.json(?:(?:\.old)?\.minisig)?$/;
const CHAINED = /^\d{4}\.json$/;
const CHAINED_FILE = /^\d{4}\.json(?:(?:\.old)?\.minisig)?$/;

/** Public keys beside the charter, as files. */
export interface CharterKeyFiles {
  readonly charter: string;
  /** Of the first sealer; undefined where the charter names none. */
  readonly sealer: string | undefined;
}

/** The charters of one escrow folder. */
export class CharterFiles {
  readonly #folder: string;
  readonly #current: string;
  readonly #chain: string;
  readonly #charterKey: string;
  readonly #sealerKey: string;

  /** @param folder - Path of the escrow folder. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#current = join(folder, CHARTER);
    this.#chain = join(folder, CHARTERS);
    this.#charterKey = join(folder, CHARTER_KEY);
    this.#sealerKey = join(folder, SEALER_KEY);
  }

  /**
   * The charter in force, or undefined when its file or signature is missing. Whoever was killed between the
   * charter and its signature left that of the charter before: then the one in charters/ is the right one.
   */
  async current(): Promise<UntrustedDocument | undefined> {
    const document = await this.#beside();
    if (!document) return undefined;
    const { current, before } = placeIn(await this.#chained(), document);
    const isHalf = current !== undefined && before?.signature === document.signature;
    const signature = isHalf ? current.signature : document.signature;
    return { ...document, signature, oldSignature: current?.oldSignature };
  }

  /** Whether the signature beside the current charter is still that of the one before. */
  async isHalfWritten(): Promise<boolean> {
    const beside = await this.#beside();
    return beside !== undefined && (await this.current())?.signature !== beside.signature;
  }

  /**
   * Every charter so far, oldest first, from charters/. One that cannot be read is there all the same, empty. What
   * was written beyond the current one is no part of it: that ceremony was not finished.
   */
  async chain(): Promise<readonly UntrustedDocument[]> {
    return (await this.chainAndPending()).chain;
  }

  /** {@link chain}, and beyond it what a ceremony that was killed left, or a folder that was put back. */
  async chainAndPending(): Promise<{
    readonly chain: readonly UntrustedDocument[];
    readonly pending: readonly UntrustedDocument[];
  }> {
    const all = await this.#chained();
    const document = await readableOrEmpty(this.#beside());
    const { end } = document ? placeIn(all, document) : { end: 0 };
    return end === 0 ? { chain: all, pending: [] } : { chain: all.slice(0, end), pending: all.slice(end) };
  }

  /** The files of charters in force now or before, with the signatures that the formats know: paths with `/`. */
  async files(): Promise<readonly string[]> {
    const top = (await namesIn(this.#folder)).filter((name) => TOP_FILE.test(name));
    const { chain, pending } = await this.chainAndPending();
    const chained = (await this.#chainedFiles()).filter(
      (name) => pending.length === 0 || numberIn(name) <= chain.length,
    );
    return [...top, ...chained.map((name) => `${CHARTERS}/${name}`)].sort();
  }

  /** Writes the first charter, into charters/ first: an escrow is one from charter.json on. */
  async found(number: number, charter: UntrustedDocument, keyFiles: CharterKeyFiles): Promise<void> {
    if (keyFiles.sealer !== undefined) await writePublic(this.#sealerKey, keyFiles.sealer);
    await makeFolder(this.#chain, PUBLIC_FOLDER);
    await writeDocument(this.#chainedPath(number), charter);
    await writeDocument(this.#current, charter);
    await writePublic(this.#charterKey, keyFiles.charter);
  }

  /**
   * Puts a charter in the place of the current one. It is in force from the rename of charter.json on, which is
   * why its signature lies in charters/ before, and beside it only afterwards.
   */
  async replace(
    number: number,
    charter: UntrustedDocument,
    keyFiles: CharterKeyFiles,
    whenInForce: () => Promise<void>,
  ): Promise<void> {
    // The signature of this charter beside the text of one that was never in force would stop every reader.
    await this.removePending(number);
    await writeDocument(this.#chainedPath(number), charter);
    await writePublic(this.#current, charter.bytes);
    await whenInForce();
    await this.finish(charter, keyFiles);
  }

  /** What lies beside charter.json for other programs. The signature goes last: by it, all of this is known to be done. */
  async finish(charter: UntrustedDocument, keyFiles: CharterKeyFiles): Promise<void> {
    await writePublic(this.#charterKey, keyFiles.charter);
    if (keyFiles.sealer !== undefined) await writePublic(this.#sealerKey, keyFiles.sealer);
    await writeSignatures(this.#current, charter);
  }

  /**
   * Takes back charters of that number and above, which were written into charters/ and are not in force. The
   * newest goes first, and the text before its signatures: what is left at any moment is a chain.
   */
  async removePending(number: number): Promise<void> {
    const pending = (await this.#chainedFiles())
      .filter((name) => numberIn(name) >= number)
      .sort((a, b) => numberIn(b) - numberIn(a) || a.length - b.length);
    for (const name of pending) await removeFile(join(this.#chain, name));
  }

  /** Takes back what {@link found} wrote, charter.json first. */
  async removeFounding(): Promise<void> {
    const first = this.#chainedPath(1);
    const documents = [this.#current, first].flatMap((path) => [path, `${path}${SIGNATURE}`]);
    for (const path of [...documents, this.#charterKey, this.#sealerKey]) await removeFile(path);
    await rmdir(this.#chain).catch(() => undefined);
  }

  #chainedPath(number: number): string {
    return join(this.#chain, chainName(number));
  }

  async #beside(): Promise<UntrustedDocument | undefined> {
    return readDocument(this.#current, LIMITS.charterBytes);
  }

  async #chained(): Promise<readonly UntrustedDocument[]> {
    const names = (await this.#chainedFiles()).filter((name) => CHAINED.test(name)).sort();
    const documents: UntrustedDocument[] = [];
    for (const name of names.slice(0, LIMITS.chartersInChain)) {
      const document = await readableOrEmpty(readDocument(join(this.#chain, name), LIMITS.charterBytes));
      if (document) documents.push(document);
    }
    return documents;
  }

  async #chainedFiles(): Promise<string[]> {
    return (await namesIn(this.#chain)).filter((name) => CHAINED_FILE.test(name));
  }
}

/** `0003.json.minisig` → 3. */
const numberIn = (name: string): number => Number.parseInt(name, 10);

/** Where the current charter stands among those in charters/: the length of the chain that ends with it, or 0. */
function placeIn(
  chained: readonly UntrustedDocument[],
  { bytes }: UntrustedDocument,
): { end: number; current?: UntrustedDocument | undefined; before?: UntrustedDocument | undefined } {
  const at = chained.findIndex((document) => equalBytes(document.bytes, bytes));
  return { end: at + 1, current: chained[at], before: chained[at - 1] };
}
