// What goes into a kit, written piece by piece: packages that are what their records say, the escrow's
// documents, the programs, and the two papers over all of it.

import { basename, join } from 'node:path';
import { exists } from '../adapters/atomic-write.ts';
import type { KitWriter } from '../adapters/kit-writer.ts';
import type { KitParts } from '../adapters/own-files.ts';
import { printEmergencySheet } from '../adapters/sheet-press.ts';
import { encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { KeyPair } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { Language } from '../core/languages.ts';
import { LIMITS } from '../core/limits.ts';
import { decodePublicKey, publicKeyFile, signDetached } from '../core/record/minisign.ts';
import {
  KIT_TYPE,
  NOTE_NAME,
  SUMS_NAME,
  SUMS_SIGNATURE_NAME,
  encodeKitNote,
  encodeSums,
} from '../escrow/kit.ts';
import { blockDocuments } from '../escrow/kit-page-check.ts';
import type { PageBlock } from '../escrow/page-block.ts';
import type { EscrowContents } from '../escrow/ports.ts';
import type { Verification } from '../escrow/verify.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import type { KitPlace } from './kit-place.ts';
import { toolsText } from './kit-readme.ts';
import type { Session } from './session.ts';
import { emergencyFacts, gatherSheets } from './sheet-facts.ts';
import { toolName } from './version.ts';

export interface KitOptions {
  /** How many packages, the newest first. */
  readonly packages: number;
  /** Programs to put into tools/. */
  readonly age: readonly string[];
  readonly language: Language;
  /** Whether the sheet with names and numbers goes in: whoever finds the stick reads it. */
  readonly withContacts: boolean;
}

/** The emergency sheet, where the owner wants names on the stick. */
export const SHEET_NAME = 'FIRST-15-MINUTES.pdf';

/** What goes into one kit, settled before anything is written. */
export interface Ingredients {
  readonly escrow: TrustedEscrow;
  readonly contents: EscrowContents;
  readonly seen: Verification;
  readonly parts: KitParts;
  readonly place: KitPlace;
  readonly sealer: KeyPair;
  /** The emergency sheet, where it is wanted. */
  readonly sheet: Bytes | undefined;
}

/** The largest file of FAT32, which most sticks are sold with. */
const FAT32_BYTES = 4_294_967_295;

const damagedFinding = (name: string, isTaken: boolean): Finding => ({
  severity: 'error',
  code: 'package-damaged',
  message: `${name} is not the file its record describes, ${isTaken ? 'and was taken from the older kit' : 'and is not in the kit'}`,
  hint: isTaken
    ? 'copy it from the kit into the escrow folder, and find out what happened there'
    : 'take it from another copy of the folder, or seal again',
});

/**
 * The newest packages that are what their records say. Of one that is not, a whole kit at the place may have the
 * last good copy; else it is told, and an older one taken.
 */
export async function copyPackages(
  session: Session,
  writer: KitWriter,
  { escrow, seen, place }: Ingredients,
  count: number,
): Promise<{ packages: string[]; findings: Finding[] }> {
  const records = new Map(seen.records.map(({ record }) => [record.package.file, record.package]));
  const packages: string[] = [];
  const findings: Finding[] = seen.findings.filter(({ code }) => code === 'package-without-record');
  for (const { name, path, size } of await escrow.folder.packages()) {
    const recorded = records.get(name);
    if (packages.length === count) break;
    if (!recorded) continue;
    if (size > FAT32_BYTES) session.warn(`${name} is larger than 4 GiB: a stick in FAT32 does not take it`);
    session.say(`copying ${name}`);
    const inKit = `packages/${name}`;
    const isGood = await writer.copyIf(inKit, path, recorded.sha256);
    const older = join(place.target.path, 'packages', name);
    const isTaken =
      !isGood &&
      place.hasKit &&
      (await exists(older)) &&
      (await writer.copyIf(inKit, older, recorded.sha256));
    if (!isGood) findings.push(damagedFinding(name, isTaken));
    if (isGood || isTaken) packages.push(name);
  }
  if (packages.length === 0)
    findings.push({
      severity: 'warning',
      code: 'kit-without-package',
      message: 'there is no package in this kit: nothing can be recovered from it',
      hint: 'holdfast seal DIR EXPORT, then make the kit anew',
    });
  return { packages, findings };
}

export async function copyDocuments(
  session: Session,
  writer: KitWriter,
  { escrow, contents, sealer }: Ingredients,
): Promise<void> {
  const crypto = await session.crypto();
  const { folder, pins } = escrow;
  for (const name of await folder.charters.files()) await writer.copy(name, folder.pathOf(name));
  for (const { name, document } of contents.records) {
    await writer.write(`packages/${name}`, document.bytes);
    await writer.write(`packages/${name}.minisig`, encodeUtf8(document.signature));
  }
  await writer.write('ledger.jsonl', contents.ledger);
  // So that minisign can check it with what lies there: the keys that were judged, and not what the folder calls so.
  const charterKey = publicKeyFile(crypto, decodePublicKey(pins.charterKey), 'holdfast charter key');
  await writer.write('charter.pub', encodeUtf8(charterKey));
  await writer.write('sealer.pub', encodeUtf8(publicKeyFile(crypto, sealer.publicKey, 'holdfast sealer')));
}

export async function writePrograms(
  session: Session,
  writer: KitWriter,
  { parts, place }: Ingredients,
  { age, language }: KitOptions,
): Promise<void> {
  await writer.write('holdfast.cjs', parts.program);
  for (const [name, bytes] of parts.spec) await writer.write(`spec/${name}`, bytes);
  const given = age.map((file) => ({ name: basename(file), from: session.path(file), sha256: undefined }));
  const isGiven = (name: string): boolean =>
    given.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const tools = [...given, ...place.tools.filter(({ name }) => !isGiven(name))];
  for (const { name, from, sha256 } of tools) {
    if (sha256 === undefined) await writer.copy(`tools/${name}`, from);
    // What is signed anew is what was judged, and nothing that came into its place since.
    else if (!(await writer.copyIf(`tools/${name}`, from, sha256)))
      throw new EscrowError('file.failed', { path: from, reason: 'it has just changed' });
  }
  await writer.write(
    'tools/README.txt',
    toolsText(
      language,
      tools.map(({ name }) => name),
    ),
  );
}

/** The emergency sheet as this machine knows things today. @throws {@link EscrowError} as gatherSheets, `paper.overflow`. */
export async function sheetOf(session: Session, { folder }: TrustedEscrow): Promise<Bytes> {
  const facts = emergencyFacts(await gatherSheets(session, folder.path));
  return (await printEmergencySheet(facts, 'a4')).pdf;
}

export async function blockOf(
  { contents }: Ingredients,
  writer: KitWriter,
  newest: string | undefined,
): Promise<PageBlock> {
  const block = {
    ...(contents.charter ? { charter: contents.charter } : {}),
    ...blockDocuments(contents),
  };
  const path = `packages/${newest ?? ''}`;
  const copy = writer.files.find((file) => file.path === path);
  if (newest === undefined || !copy || copy.size > LIMITS.pagePackageBytes) return block;
  return { ...block, package: { name: newest, bytes: await writer.read(path, LIMITS.pagePackageBytes) } };
}

/** The two papers over everything, last: a kit without them is none. */
export async function sign(
  session: Session,
  writer: KitWriter,
  { escrow, sealer }: Ingredients,
  { created, packages, pageHash }: { created: string; packages: readonly string[]; pageHash: string },
): Promise<void> {
  const { pins } = escrow;
  const note = encodeKitNote({
    type: KIT_TYPE,
    escrow: pins.escrow,
    created,
    charter: pins.charter.sha256,
    page: pageHash,
    packages,
    tool: toolName(),
  });
  await writer.write(NOTE_NAME, note);
  const sums = encodeSums(writer.files);
  const comment = `${KIT_TYPE} of escrow ${pins.escrow}, made ${created}`;
  const signature = signDetached(await session.crypto(), sealer, sums, comment);
  await writer.write(SUMS_NAME, sums);
  await writer.write(SUMS_SIGNATURE_NAME, encodeUtf8(signature));
}
