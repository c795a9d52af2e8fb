// Judging a kit beyond what verify says of the escrow in it: every byte against the signed list, the list against
// its signature, and the kit's own note against both. It goes on after each problem and lists them all; the page
// is judged in kit-page-check. Spec: docs/spec/kit.md.

import type { CryptoPort } from '../core/crypto.ts';
import type { EscrowError } from '../core/errors.ts';
import { isEscrowError } from '../core/errors.ts';
import { reporterTo } from '../core/finding.ts';
import type { Finding, Reporter } from '../core/finding.ts';
import { decodePublicKey, verifyDetached } from '../core/record/minisign.ts';
import {
  KIT_TYPE,
  SUMS_NAME,
  SUMS_SIGNATURE_NAME,
  NOTE_NAME,
  decodeKitNote,
  decodeSums,
  shownPath,
} from './kit.ts';
import type { KitFile, KitNote } from './kit.ts';
import { reasonOf } from './reason.ts';

/** One of a kit's own papers: what it says, why it cannot be read, or undefined where it is missing. */
export type Paper<T> = T | EscrowError | undefined;

/** A file or folder that cannot be read. */
export interface UnreadPart {
  readonly path: string;
  readonly problem: EscrowError;
}

/** A kit as it lies there, unbelieved. */
export interface KitContents {
  /** Every file in it, read whole. */
  readonly files: readonly KitFile[];
  readonly folders: readonly string[];
  /** What is neither a file nor a folder: links, pipes. */
  readonly odd: readonly string[];
  readonly unread: readonly UnreadPart[];
  readonly note: Paper<Uint8Array>;
  readonly sums: Paper<Uint8Array>;
  readonly signature: Paper<string>;
  readonly page: Paper<string>;
}

export const ANOTHER_KIT = 'do not use this kit; make it anew with holdfast kit, or take another copy';

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
  const report = reporterTo(findings);
  const signer = judgeSignature(crypto, kit, keys, report);
  for (const { path, problem } of kit.unread)
    report(
      'error',
      'kit-file-damaged',
      `${shownPath(path)} cannot be read: ${reasonOf(problem)}`,
      ANOTHER_KIT,
    );
  if (kit.sums instanceof Uint8Array) judgeList(kit, kit.sums, report);
  for (const path of kit.odd)
    report(
      'warning',
      'kit-file-unknown',
      `${shownPath(path)} is neither a file nor a folder`,
      'find out who put it there',
    );
  return { findings, signer };
}

function judgeSignature(
  crypto: CryptoPort,
  { sums, signature }: KitContents,
  keys: readonly string[],
  report: Reporter,
): string | undefined {
  if (!(sums instanceof Uint8Array) || typeof signature !== 'string') {
    const lack =
      sums instanceof Uint8Array ? lackOf(SUMS_SIGNATURE_NAME, signature) : lackOf(SUMS_NAME, sums);
    report('error', 'kit-signature', lack, ANOTHER_KIT);
    return undefined;
  }
  const reason = 'its signature does not hold, or is by a key that the charter does not name';
  for (const key of keys) {
    try {
      verifyDetached(crypto, decodePublicKey(key), sums, signature, KIT_TYPE);
      return key;
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      // A signature that cannot even be read is the fault of its own file.
      if (!isEscrowError(error, 'minisign.signature')) {
        report('error', 'kit-signature', `${SUMS_SIGNATURE_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
        return undefined;
      }
    }
  }
  report('error', 'kit-signature', `${SUMS_NAME}: ${reason}`, ANOTHER_KIT);
  return undefined;
}

const lackOf = (name: string, paper: Paper<unknown>): string =>
  isEscrowError(paper) ? `${name}: ${reasonOf(paper)}` : `${name} is missing`;

function judgeList({ files, folders, unread }: KitContents, sums: Uint8Array, report: Reporter): void {
  let listed: ReadonlyMap<string, string>;
  try {
    listed = decodeSums(sums);
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    report('error', 'kit-list', `${SUMS_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
    return;
  }
  const found = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const isUnread = (path: string): boolean =>
    unread.some((part) => path === part.path || path.startsWith(`${part.path}/`));
  for (const [path, sha256] of listed) {
    const there = found.get(path);
    if (isUnread(path)) continue;
    if (there === undefined) report('error', 'kit-file-missing', `${path} is missing`, ANOTHER_KIT);
    else if (there !== sha256)
      report('error', 'kit-file-damaged', `${path} is not the file that was put there`, ANOTHER_KIT);
  }
  for (const path of found.keys()) {
    if (!listed.has(path) && path !== SUMS_NAME && path !== SUMS_SIGNATURE_NAME)
      report(
        'warning',
        'kit-file-unknown',
        `${shownPath(path)} does not belong to the kit`,
        'find out who put it there, and do not run it; then delete it',
      );
  }
  // A folder with something in it is told by what is in it.
  const full = new Set([...listed.keys(), ...found.keys()].flatMap(foldersAbove));
  for (const path of folders) {
    if (!full.has(path) && !isUnread(path))
      report(
        'warning',
        'kit-file-unknown',
        `${shownPath(path)} is a folder that does not belong to the kit`,
        'find out who put it there; then delete it',
      );
  }
}

/** `a/b/c` → `a`, `a/b`. */
function foldersAbove(path: string): string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, at) => steps.slice(0, at + 1).join('/'));
}

/** kit.json, and whether it is about this escrow and what is on the list. */
export function judgeNote(
  kit: KitContents,
  escrow: string | undefined,
): { findings: readonly Finding[]; note: KitNote | undefined } {
  const findings: Finding[] = [];
  const report = reporterTo(findings);
  let note: KitNote | undefined;
  try {
    if (kit.note instanceof Uint8Array) note = decodeKitNote(kit.note);
    else report('error', 'kit-note', lackOf(NOTE_NAME, kit.note), ANOTHER_KIT);
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
  if (note) for (const what of unlisted(note, kit)) report('error', 'kit-note', what, ANOTHER_KIT);
  return { findings, note };
}

/** What the note says otherwise than the list; whether what lies there is on the list was judged before. */
function unlisted(note: KitNote, { sums }: KitContents): string[] {
  const listed = sums instanceof Uint8Array ? sumsIfReadable(sums) : undefined;
  if (!listed) return [];
  const packages = [...listed.keys()].flatMap((path) => /^packages\/(.+\.age)$/.exec(path)?.[1] ?? []);
  const isSame = note.packages.toSorted().join() === packages.toSorted().join();
  return [
    ...(note.charter === listed.get('charter.json') ? [] : [`${NOTE_NAME} is of another charter`]),
    ...(isSame ? [] : [`${NOTE_NAME} names other packages than ${SUMS_NAME}`]),
  ];
}

function sumsIfReadable(sums: Uint8Array): ReadonlyMap<string, string> | undefined {
  try {
    return decodeSums(sums);
  } catch (error) {
    if (isEscrowError(error)) return undefined;
    throw error;
  }
}
