// Files as people give them, all at once and in any order: packages, charters and records with their
// signatures, another kit's page, pictures and texts of cards. What each is, its first bytes say.

import { decodeUtf8 } from '../../core/bytes.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { decodeCharter } from '../../core/record/charter.ts';
import { decodeRecord } from '../../core/record/package-record.ts';
import { decodeBlock, takeBlock } from '../../escrow/page-block.ts';
import type { PageBlock } from '../../escrow/page-block.ts';
import type { UntrustedDocument } from '../../escrow/ports.ts';
import { sniffScan } from '../../paper/image-kind.ts';

/** A file that can be read, as often as one likes. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  stream(): AsyncIterable<Uint8Array>;
}

/** Signed papers around a package; none of them is believed yet. */
export interface Evidence {
  readonly charters: readonly UntrustedDocument[];
  readonly records: readonly UntrustedDocument[];
}

export const NO_EVIDENCE: Evidence = { charters: [], records: [] };

/** A paper by the name of its file, or of the page it lay in, and the escrow it says it is of. */
export interface GivenPaper {
  readonly name: string;
  readonly kind: 'charter' | 'record' | 'page';
  /** Undefined where it cannot be read. */
  readonly escrow: string | undefined;
}

/** What a heap of files turned out to be. */
export interface SortedFiles {
  readonly packages: readonly GivenFile[];
  readonly evidence: Evidence;
  /** What the evidence came as, so that each can be told by its name. */
  readonly papers: readonly GivenPaper[];
  /** Pictures, PDFs and texts: whatever may show a card. */
  readonly cards: readonly GivenFile[];
  /** What cannot be read at all: a folder that was dropped, a file of a stick that is gone. */
  readonly unread: readonly GivenFile[];
  /** What is none of these; whoever chose a whole folder has not chosen wrongly. */
  readonly other: readonly GivenFile[];
}

const HEAD_BYTES = 1_024;
const PACKAGE_HEAD = /^(?:age-encryption\.org\/v|\s*-----BEGIN AGE)/;

/** Reads at most so many bytes of a file. */
export async function readUpTo(file: GivenFile, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file.stream()) {
    parts.push(part);
    size += part.length;
    if (size >= limit) break;
  }
  const whole = new Uint8Array(Math.min(size, limit));
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, limit - at), at);
    at += Math.min(part.length, limit - at);
  }
  return whole;
}

/** Parts of a file of the browser, which has errors of its own for what it cannot read. */
export async function* partsOfFile(
  name: string,
  parts: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* parts;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : 'unreadable';
    throw new EscrowError('file.failed', { path: name, reason }, { cause });
  }
}

type Kind = 'package' | 'document' | 'signature' | 'page' | 'card' | 'unread' | 'other';

/** One file that cannot be read does not hide the others. A package of that kind is told when it is opened. */
async function kindIfRead(file: GivenFile): Promise<Kind> {
  try {
    return await kindOf(file);
  } catch (error) {
    if (!isEscrowError(error, 'file.failed')) throw error;
    return /\.age$/i.test(file.name) ? 'package' : 'unread';
  }
}

async function kindOf(file: GivenFile): Promise<Kind> {
  const head = await readUpTo(file, HEAD_BYTES);
  const text = String.fromCharCode(...head);
  if (sniffScan(head).kind !== 'unknown') return 'card';
  // A package whose first bytes are gone is still what its owner calls it, and is told to be damaged.
  if (PACKAGE_HEAD.test(text) || /\.age$/i.test(file.name)) return 'package';
  if (/\.minisig$/i.test(file.name)) return 'signature';
  if (/^\s*<!doctype html/i.test(text)) return 'page';
  if (/^\{\s*"type": "holdfast (?:charter|record) v/.test(text)) return 'document';
  // A ledger, a public key: they lie in every escrow folder and are no use here.
  return text.startsWith('{') || text.startsWith('untrusted comment:') ? 'other' : 'card';
}

/** Tells the files apart. Nothing is refused: what is no paper of an escrow is looked at as a card. */
export async function sortFiles(files: readonly GivenFile[]): Promise<SortedFiles> {
  const kinds = await Promise.all(files.map(async (file) => ({ file, kind: await kindIfRead(file) })));
  const ofKind = (wanted: Kind): GivenFile[] =>
    kinds.filter(({ kind }) => kind === wanted).map(({ file }) => file);
  const inPages = await Promise.all(ofKind('page').map(blockIn));
  const documents = await Promise.all(
    ofKind('document').map(async (file) => ({
      name: file.name,
      document: await signedDocument(file, ofKind('signature')),
    })),
  );
  return {
    packages: [...ofKind('package'), ...inPages.flatMap(({ package: inside }) => (inside ? [inside] : []))],
    evidence: joinEvidence(documentsOf(documents), ...inPages.map(({ evidence }) => evidence)),
    papers: [
      ...documents.map(({ name, document }) => paperOf(name, document)),
      ...ofKind('page').map(({ name }, at) => pageOf(name, inPages[at]?.evidence ?? NO_EVIDENCE)),
    ],
    cards: ofKind('card'),
    unread: ofKind('unread'),
    other: ofKind('other'),
  };
}

async function signedDocument(file: GivenFile, signatures: readonly GivenFile[]): Promise<UntrustedDocument> {
  const beside = async (ending: string): Promise<string | undefined> => {
    const found = signatures.find(({ name }) => name === `${file.name}${ending}`);
    return found && textOf(await readUpTo(found, LIMITS.signatureBytes + 1));
  };
  return {
    bytes: await readUpTo(file, LIMITS.charterBytes + 1),
    signature: (await beside('.minisig')) ?? '',
    oldSignature: await beside('.old.minisig'),
  };
}

/** Text for a decoder that judges it: what is not UTF-8 is no signature. */
function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    return '';
  }
}

const isRecord = ({ bytes }: UntrustedDocument): boolean =>
  textOf(bytes.subarray(0, 64)).includes('"holdfast record v');

/** The escrow that a paper says it is of. */
export function escrowOf(document: UntrustedDocument): string | undefined {
  const { bytes } = document;
  return readOr(() => (isRecord(document) ? decodeRecord(bytes) : decodeCharter(bytes)).escrow);
}

function paperOf(name: string, document: UntrustedDocument): GivenPaper {
  return { name, kind: isRecord(document) ? 'record' : 'charter', escrow: escrowOf(document) };
}

function pageOf(name: string, { charters, records }: Evidence): GivenPaper {
  const [escrow] = [...charters, ...records].map(escrowOf).filter((known) => known !== undefined);
  return { name, kind: 'page', escrow };
}

function documentsOf(named: readonly { name: string; document: UntrustedDocument }[]): Evidence {
  const records = named.map(({ document }) => document).filter(isRecord);
  return { charters: inForce(named.filter(({ document }) => !isRecord(document))), records };
}

/**
 * Charters up to the one that lies in a folder as charter.json, where that is among them: what has a higher number
 * is of a ceremony that was not finished, and judges no card.
 */
function inForce(charters: readonly { name: string; document: UntrustedDocument }[]): UntrustedDocument[] {
  const numberOf = ({ document }: { document: UntrustedDocument }): number =>
    readOr(() => decodeCharter(document.bytes))?.number ?? 0;
  const current = charters.filter(({ name }) => name === 'charter.json');
  const highest = current.length === 0 ? Infinity : Math.max(...current.map(numberOf)) || Infinity;
  return charters.filter((charter) => numberOf(charter) <= highest).map(({ document }) => document);
}

/** What a page carries, this one or another. */
export function contentOf(block: PageBlock | undefined): { package?: GivenFile; evidence: Evidence } {
  if (!block) return { evidence: NO_EVIDENCE };
  const { charter, charters, records, package: inside } = block;
  const evidence = { charters: [...charters, ...(charter ? [charter] : [])], records };
  return inside ? { package: fileOf(inside.name, inside.bytes), evidence } : { evidence };
}

/** {@link contentOf} this page's own block; one that cannot be read is told, and the page does without. */
export function ownContent(text: string): ReturnType<typeof contentOf> & { problem?: EscrowError } {
  try {
    return contentOf(decodeBlock(text));
  } catch (error) {
    if (isEscrowError(error)) return { evidence: NO_EVIDENCE, problem: error };
    throw error;
  }
}

async function blockIn(page: GivenFile): Promise<ReturnType<typeof contentOf>> {
  const bytes = await readUpTo(page, 2 * LIMITS.pageBlockChars);
  return contentOf(readOr(() => takeBlock(textOf(bytes))));
}

function readOr<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isEscrowError(error)) return undefined;
    throw error;
  }
}

export function joinEvidence(...all: readonly Evidence[]): Evidence {
  return {
    charters: all.flatMap(({ charters }) => charters),
    records: all.flatMap(({ records }) => records),
  };
}

/** Bytes at hand, as a file. */
export function fileOf(name: string, bytes: Uint8Array): GivenFile {
  return {
    name,
    size: bytes.length,
    async *stream() {
      // In pieces, so that progress can be told and the screen is drawn in between.
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        yield await Promise.resolve(bytes.subarray(at, at + PIECE_BYTES));
      }
    },
  };
}

const PIECE_BYTES = 1_048_576;
