// holdfast kit --verify: every byte of a kit, by what this machine was taught where it was taught anything.
// 0, 3 with findings, 13 when it is damaged or was changed.

import { EscrowFolder } from '../adapters/escrow-folder.ts';
import { readKit } from '../adapters/kit-folder.ts';
import { releasedHashes, releasedPageHash } from '../adapters/own-files.ts';
import { wipe } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import type { CryptoPort } from '../core/crypto.ts';
import type { EscrowError } from '../core/errors.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { charterHash, decodeCharter, verifyCharter } from '../core/record/charter.ts';
import { decodePublicKey, encodePublicKey } from '../core/record/minisign.ts';
import { charterWords } from '../core/record/words.ts';
import { judgeFiles, judgeNote } from '../escrow/kit-check.ts';
import type { KitContents } from '../escrow/kit-check.ts';
import { judgePage, judgePrograms } from '../escrow/kit-page-check.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { reasonOf } from '../escrow/reason.ts';
import { pinnedCharter, pinsFor } from '../escrow/trust.ts';
import type { Pins } from '../escrow/trust.ts';
import { newestRecord, verifyEscrow } from '../escrow/verify.ts';
import type { EscrowContents, PresentPackage } from '../escrow/ports.ts';
import type { Verification } from '../escrow/verify.ts';
import { ExitCode } from './exit-codes.ts';
import { hasError, needsAttention } from '../core/finding.ts';
import { readContents } from './read-contents.ts';
import type { Session } from './session.ts';
import { toolName } from './version.ts';

export async function verifyKit(session: Session, named: string): Promise<number> {
  const crypto = await session.crypto();
  const path = session.path(named);
  const kit = await readKit(path);
  const unread: EscrowError[] = [];
  const contents = await contentsOf(path, kit, (problem) => unread.push(problem));
  const anchor = await anchorOf(session, contents.charter);
  const seen = anchor.pins && (await verifyEscrow(crypto, contents, anchor.pins));
  const keys = [...(seen?.charter?.sealers ?? []), ...(await ownKey(session, crypto))];
  const { findings: aboutFiles, signer } = judgeFiles(crypto, kit, keys);
  const { findings: aboutNote, note } = judgeNote(kit, anchor.pins?.escrow);
  const release = {
    tool: toolName(),
    pageHash: await releasedPageHash(),
    files: await releasedHashes(),
  };
  const page = await judgePage(crypto, kit, { contents, note }, release);
  const findings = [
    ...aboutFiles,
    ...aboutNote,
    ...page.findings,
    ...judgePrograms(kit, note, release),
    ...unread.map(unreadFinding),
    ...anchor.findings,
    ...(seen?.findings ?? []),
    ...behind(seen, anchor.known),
  ];
  const isGood = !hasError(findings);
  const bytes = kit.files.reduce((sum, { size }) => sum + size, 0);
  const lines = [
    verdictOn(findings),
    `  ${counted(kit.files.length, 'file')}, ${bytes} bytes, all read; ${counted(contents.packages.length, 'package')}; made ${note?.created ?? 'nobody knows when'}`,
    page.hash === undefined ? '' : `  page ${page.hash}`,
    session.describe(findings),
    '  That a package opens, only a quorum of cards can prove.',
  ];
  await session.result(
    {
      type: 'kit-verify',
      ok: isGood,
      escrow: note?.escrow ?? null,
      created: note?.created ?? null,
      tool: note?.tool ?? null,
      files: kit.files.length,
      bytes,
      packages: contents.packages.map(({ name }) => name),
      page: { sha256: page.hash ?? null, isThisRelease: page.hash === release.pageHash },
      signer: signer ?? null,
      findings,
    },
    lines.filter((line) => line !== '').join('\n'),
  );
  if (!isGood) return ExitCode.Damaged;
  return needsAttention(findings) ? ExitCode.Findings : ExitCode.Ok;
}

/** The escrow in it. Its packages were read with all other files, and are not read again. */
async function contentsOf(
  path: string,
  { files }: KitContents,
  unread: (problem: EscrowError) => void,
): Promise<EscrowContents> {
  const contents = await readContents(new EscrowFolder(path), 'none', unread);
  const hashes = new Map(files.map((file) => [file.path, file.sha256]));
  const packages = contents.packages.map((found): PresentPackage => {
    const sha256 = hashes.get(`packages/${found.name}`);
    return sha256 === undefined ? found : { ...found, sha256 };
  });
  return { ...contents, packages };
}

const unreadFinding = (problem: EscrowError): Finding => ({
  severity: 'error',
  code: 'kit-file-damaged',
  message: `a paper of the escrow cannot be read: ${reasonOf(problem)}`,
  hint: 'do not use this kit; make it anew with holdfast kit, or take another copy',
});

function verdictOn(findings: readonly Finding[]): string {
  if (hasError(findings)) return 'This kit is damaged or was changed: do not use it while there is another.';
  if (needsAttention(findings)) return 'Nothing of this kit is damaged, but somebody should look at it.';
  return 'This kit is whole: every byte is as it was made.';
}

interface Anchor {
  /** What the escrow in the kit is judged by; undefined when there is no charter to begin with. */
  readonly pins: Pins | undefined;
  /** What this machine was taught. */
  readonly known: Pins | undefined;
  readonly findings: readonly Finding[];
}

/**
 * A kit is of the day it was made, so what was sealed here since is no fault of it: it is held against the
 * charter alone. Where nobody taught this machine anything, the kit can only agree with itself.
 */
async function anchorOf(session: Session, document: UntrustedDocument | undefined): Promise<Anchor> {
  const crypto = await session.crypto();
  try {
    if (!document) return noCharter('the charter or its signature is missing');
    const claimed = decodeCharter(document.bytes);
    const known = await session.home.pinsIfAny(claimed.escrow);
    if (known) return await taught(crypto, document, known);
    const charterKey = decodePublicKey(claimed.charterKey);
    const charter = verifyCharter(crypto, document.bytes, document.signature, charterKey);
    const words = charterWords(crypto, charterKey, charter.recipient);
    return {
      pins: await pinsFor(crypto, charter, document.bytes, charterKey),
      known,
      findings: [
        {
          severity: 'warning',
          code: 'kit-not-taught',
          message: 'this machine was never taught this escrow: the kit only agrees with itself',
          hint: `compare with the six words on a card: ${words.join(' ')}`,
        },
      ],
    };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    return noCharter(`the charter: ${reasonOf(error)}`);
  }
}

const noCharter = (message: string): Anchor => ({
  pins: undefined,
  known: undefined,
  findings: [
    {
      severity: 'error',
      code: 'kit-charter',
      message,
      hint: 'cards open the packages without it; take another copy of the kit',
    },
  ],
});

async function taught(crypto: CryptoPort, document: UntrustedDocument, known: Pins): Promise<Anchor> {
  const pins = { ...known, record: null, ledger: null };
  try {
    await pinnedCharter(crypto, document, known);
  } catch (error) {
    // Anything else is told, in the same words as by verify, when the folder is judged.
    if (!isEscrowError(error, 'trust.rollback')) return { pins, known, findings: [] };
    const charter = { number: error.facts.found, sha256: await charterHash(crypto, document.bytes) };
    return {
      pins: { ...pins, charter },
      known,
      findings: [olderCharter(error.facts.found, error.facts.pinned)],
    };
  }
  return { pins, known, findings: [] };
}

const olderCharter = (found: number, pinned: number): Finding => ({
  severity: 'warning',
  code: 'kit-behind',
  message: `the kit is of charter ${found}, the cards in use are of charter ${pinned}`,
  hint: 'make the kit anew; keep this one only until then',
});

/** The newest vault is what people will want in the night. */
function behind(seen: Verification | undefined, known: Pins | undefined): Finding[] {
  const newest = newestRecord(seen?.records ?? [])?.record.sequence ?? 0;
  const pinned = known?.record?.sequence ?? 0;
  if (!seen || newest >= pinned) return [];
  return [
    {
      severity: 'warning',
      code: 'kit-behind',
      message:
        newest === 0
          ? `no record in the kit vouches for a package, and package ${pinned} was sealed`
          : `the newest package of the kit is ${newest}, and ${pinned} was sealed since`,
      hint: 'make the kit anew',
    },
  ];
}

/** This machine believes what it signed itself, whether a charter names it or not. */
async function ownKey(session: Session, crypto: CryptoPort): Promise<string[]> {
  const sealer = await session.home.sealer(crypto);
  if (!sealer) return [];
  wipe(sealer.secretKey);
  return [encodePublicKey(crypto, sealer.publicKey)];
}
