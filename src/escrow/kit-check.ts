// Judging a kit beyond what verify says of the escrow in it: every byte against the signed list, the page
// against this release, and what the page carries against the files beside it. It goes on after each
// problem and lists them all. Spec: docs/spec/kit.md.

import { encodeHex, encodeUtf8, equalBytes } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { LIMITS } from '../core/limits.ts';
import { decodePublicKey, verifyDetached } from '../core/record/minisign.ts';
import {
  KIT_TYPE,
  SUMS_NAME,
  SUMS_SIGNATURE_NAME,
  PAGE_NAME,
  NOTE_NAME,
  decodeKitNote,
  decodeSums,
} from './kit.ts';
import type { KitFile, KitNote } from './kit.ts';
import { emptiedPage, takeBlock } from './page-block.ts';
import type { PageBlock } from './page-block.ts';
import type { UntrustedDocument } from './ports.ts';
import { reasonOf } from './reason.ts';
import type { EscrowContents } from './verify.ts';

/** A kit as it lies there, unbelieved; what is missing is undefined. */
export interface KitContents {
  /** Every file in it, read whole. */
  readonly files: readonly KitFile[];
  /** What is neither a file nor a folder: links, pipes. */
  readonly odd: readonly string[];
  readonly note: Uint8Array | undefined;
  readonly sums: Uint8Array | undefined;
  readonly signature: string | undefined;
  readonly page: string | undefined;
}

/** What this program is: what a kit of the same release must be made with. */
interface Release {
  readonly tool: string;
  readonly pageHash: string;
}

type Report = (severity: Finding['severity'], code: string, message: string, hint: string) => void;

const ANOTHER_KIT = 'do not use this kit; make it anew with holdfast kit, or take another copy';

function reporter(findings: Finding[]): Report {
  return (severity, code, message, hint) => void findings.push({ severity, code, message, hint });
}

/**
 * Every byte against the list, and the list against its signature.
 *
 * @param keys - Minisign lines of those who may sign: the charter's sealers and this machine's own.
 * @returns `signer`: the key that signed, when it is one of them.
 */
export function judgeFiles(
  crypto: CryptoPort,
  kit: KitContents,
  keys: readonly string[],
): { findings: readonly Finding[]; signer: string | undefined } {
  const findings: Finding[] = [];
  const report = reporter(findings);
  const signer = judgeSignature(crypto, kit, keys, report);
  if (kit.sums) judgeList(kit, kit.sums, report);
  for (const path of kit.odd)
    report(
      'warning',
      'kit-file-unknown',
      `${path} is neither a file nor a folder`,
      'find out who put it there',
    );
  return { findings, signer };
}

function judgeSignature(
  crypto: CryptoPort,
  { sums, signature }: KitContents,
  keys: readonly string[],
  report: Report,
): string | undefined {
  const missing = sums === undefined ? SUMS_NAME : SUMS_SIGNATURE_NAME;
  if (sums === undefined || signature === undefined) {
    report('error', 'kit-signature', `${missing} is missing`, ANOTHER_KIT);
    return undefined;
  }
  let reason = 'its signature does not hold, or is by a key that the charter does not name';
  for (const key of keys) {
    try {
      verifyDetached(crypto, decodePublicKey(key), sums, signature, KIT_TYPE);
      return key;
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      if (!isEscrowError(error, 'minisign.signature')) reason = reasonOf(error);
    }
  }
  report('error', 'kit-signature', `${SUMS_NAME}: ${reason}`, ANOTHER_KIT);
  return undefined;
}

function judgeList({ files }: KitContents, sums: Uint8Array, report: Report): void {
  let listed: ReadonlyMap<string, string>;
  try {
    listed = decodeSums(sums);
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    report('error', 'kit-list', `${SUMS_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
    return;
  }
  const found = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  for (const [path, sha256] of listed) {
    const there = found.get(path);
    if (there === undefined) report('error', 'kit-file-missing', `${path} is missing`, ANOTHER_KIT);
    else if (there !== sha256)
      report('error', 'kit-file-damaged', `${path} is not the file that was put there`, ANOTHER_KIT);
  }
  for (const path of found.keys()) {
    if (!listed.has(path) && path !== SUMS_NAME && path !== SUMS_SIGNATURE_NAME)
      report(
        'warning',
        'kit-file-unknown',
        `${path} does not belong to the kit`,
        'find out who put it there, and do not run it; then delete it',
      );
  }
}

/** kit.json, and whether it is about this escrow. */
export function judgeNote(
  kit: KitContents,
  escrow: string | undefined,
): { findings: readonly Finding[]; note: KitNote | undefined } {
  const findings: Finding[] = [];
  const report = reporter(findings);
  let note: KitNote | undefined;
  try {
    if (kit.note) note = decodeKitNote(kit.note);
    else report('error', 'kit-note', `${NOTE_NAME} is missing`, ANOTHER_KIT);
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    report('error', 'kit-note', `${NOTE_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
  }
  if (note && escrow !== undefined && note.escrow !== escrow)
    report(
      'error',
      'kit-note',
      `${NOTE_NAME} is of escrow ${note.escrow}, the charter of ${escrow}`,
      ANOTHER_KIT,
    );
  return { findings, note };
}

/**
 * The page: its program against this release's, and its block against the files beside it.
 *
 * @returns `hash`: SHA-256 of the page with its block emptied; undefined when it is no page.
 */
export async function judgePage(
  crypto: CryptoPort,
  kit: KitContents,
  beside: { contents: EscrowContents; note: KitNote | undefined },
  release: Release,
): Promise<{ findings: readonly Finding[]; hash: string | undefined }> {
  const findings: Finding[] = [];
  const report = reporter(findings);
  // That it is missing was said of the files.
  if (kit.page === undefined) return { findings, hash: undefined };
  try {
    const hash = encodeHex(await crypto.sha256(encodeUtf8(emptiedPage(kit.page))));
    judgeProgram(hash, beside.note, release, report);
    const block = takeBlock(kit.page);
    const packageHash = block?.package && encodeHex(await crypto.sha256(block.package.bytes));
    for (const what of differences(block, packageHash, beside.contents))
      report('error', 'kit-page-block', `${what} in ${PAGE_NAME} is not the one beside it`, ANOTHER_KIT);
    return { findings, hash };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    report('error', 'kit-page-block', `${PAGE_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
    return { findings, hash: undefined };
  }
}

function judgeProgram(hash: string, note: KitNote | undefined, release: Release, report: Report): void {
  const isOfThis = hash === release.pageHash;
  if ((note !== undefined && note.page !== hash) || (!isOfThis && note?.tool === release.tool))
    report(
      'error',
      'kit-page-changed',
      `the program in ${PAGE_NAME} is not the one of ${note.tool}`,
      ANOTHER_KIT,
    );
  else if (!isOfThis)
    report(
      'info',
      'kit-other-release',
      `the kit is of ${note?.tool ?? 'another release'}, this is ${release.tool}`,
      `compare ${hash} with the notes of that release, or make the kit anew`,
    );
}

function differences(
  block: PageBlock | undefined,
  packageHash: string | undefined,
  contents: EscrowContents,
): string[] {
  const wanted = blockDocuments(contents);
  const found: string[] = [];
  if (!sameDocuments(block?.charter ? [block.charter] : [], contents.charter ? [contents.charter] : []))
    found.push('the charter');
  if (!sameDocuments(block?.charters ?? [], wanted.charters)) found.push('the chain of charters');
  if (!sameDocuments(block?.records ?? [], wanted.records))
    found.push(counted(wanted.records.length, 'record'));
  const packed = block?.package?.name;
  if (packed !== undefined && contents.packages.find(({ name }) => name === packed)?.sha256 !== packageHash)
    found.push('the package');
  return found;
}

/** What a page carries of an escrow's documents, beside the charter. */
export function blockDocuments({ chain, records }: EscrowContents): Pick<PageBlock, 'charters' | 'records'> {
  return {
    charters: chain.slice(0, -1),
    records: records.slice(-LIMITS.pageRecords).map(({ document }) => document),
  };
}

const sameDocuments = (some: readonly UntrustedDocument[], others: readonly UntrustedDocument[]): boolean =>
  some.length === others.length &&
  some.every((document, at) => {
    const other = others[at];
    return other?.signature === document.signature && equalBytes(other.bytes, document.bytes);
  });
