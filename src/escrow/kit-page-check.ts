// Judging the programs in a kit: the page and the others against this release, and what the page carries against
// the files beside it.
// Spec: docs/spec/kit.md.

import { encodeHex, encodeUtf8, equalBytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { isEscrowError } from '../core/errors.ts';
import { reporterTo } from '../core/finding.ts';
import type { Finding, Reporter } from '../core/finding.ts';
import { LIMITS } from '../core/limits.ts';
import { PAGE_NAME } from './kit.ts';
import type { KitNote } from './kit.ts';
import { ANOTHER_KIT } from './kit-check.ts';
import type { KitContents } from './kit-check.ts';
import { emptiedPage, takeBlock } from './page-block.ts';
import type { PageBlock } from './page-block.ts';
import type { UntrustedDocument } from './ports.ts';
import { reasonOf } from './reason.ts';
import type { EscrowContents } from './ports.ts';

/** What this program is: what a kit of the same release must be made with. */
interface Release {
  readonly tool: string;
  readonly pageHash: string;
  /** Hashes of the other programs and papers in it, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** The other programs: cards are typed into these as well. Of a kit of another release only the signature vouches. */
export function judgePrograms(
  { files }: KitContents,
  note: KitNote | undefined,
  release: Release,
): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporterTo(findings);
  if (note?.tool !== release.tool) return findings;
  for (const { path, sha256 } of files) {
    const released = release.files.get(path);
    if (released !== undefined && released !== sha256)
      report('error', 'kit-program-changed', `${path} is not the one of ${note.tool}`, ANOTHER_KIT);
  }
  return findings;
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
  const report = reporterTo(findings);
  // That it is missing was said of the files.
  if (kit.page === undefined) return { findings, hash: undefined };
  try {
    if (isEscrowError(kit.page)) throw kit.page;
    const hash = encodeHex(await crypto.sha256(encodeUtf8(emptiedPage(kit.page))));
    judgeProgram(hash, beside.note, release, report);
    const block = takeBlock(kit.page);
    const packed = block?.package && {
      name: block.package.name,
      sha256: encodeHex(await crypto.sha256(block.package.bytes)),
    };
    const found = differences(block, beside.contents);
    if (!isPackageBeside(packed, beside)) found.push('the package');
    if (found.length > 0)
      report(
        'error',
        'kit-page-block',
        `${PAGE_NAME} does not carry what lies beside it: ${found.join(', ')}`,
        ANOTHER_KIT,
      );
    return { findings, hash };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    report('error', 'kit-page-block', `${PAGE_NAME}: ${reasonOf(error)}`, ANOTHER_KIT);
    return { findings, hash: undefined };
  }
}

function judgeProgram(hash: string, note: KitNote | undefined, release: Release, report: Reporter): void {
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

function differences(block: PageBlock | undefined, contents: EscrowContents): string[] {
  const wanted = blockDocuments(contents);
  const found: string[] = [];
  if (!sameDocuments(block?.charter ? [block.charter] : [], contents.charter ? [contents.charter] : []))
    found.push('the charter');
  if (!sameDocuments(block?.charters ?? [], wanted.charters)) found.push('the chain of charters');
  if (!sameDocuments(block?.records ?? [], wanted.records))
    found.push(`the records (${block?.records.length ?? 0} in it, ${wanted.records.length} beside it)`);
  return found;
}

/** A page carries the newest package of its kit where that is small enough, and no other. */
function isPackageBeside(
  packed: { readonly name: string; readonly sha256: string } | undefined,
  { contents, note }: { contents: EscrowContents; note: KitNote | undefined },
): boolean {
  const newest = contents.packages.find(({ name }) => note === undefined || note.packages.includes(name));
  if (!newest || newest.size > LIMITS.pagePackageBytes) return packed === undefined;
  return packed?.name === newest.name && packed.sha256 === newest.sha256;
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
