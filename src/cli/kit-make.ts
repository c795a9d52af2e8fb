// Making a kit: what is judged good of an escrow folder, the page and the one-file program, put together in
// a folder that is signed as a whole.

import { basename } from 'node:path';
import { isInside } from '../adapters/inside-folder.ts';
import { kitTarget, stageKit } from '../adapters/kit-writer.ts';
import type { KitWriter } from '../adapters/kit-writer.ts';
import { kitParts } from '../adapters/own-files.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { encodeHex, encodeUtf8, wipe } from '../core/bytes.ts';
import { counted } from '../core/counted.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { encodePublicKey } from '../core/record/minisign.ts';
import { assertIntact } from '../escrow/intact.ts';
import { PAGE_NAME, isKitPath } from '../escrow/kit.ts';
import { putBlock } from '../escrow/page-block.ts';
import { portableName } from '../escrow/portable-name.ts';
import { formatTime } from '../escrow/seal.ts';
import { verifyEscrow } from '../escrow/verify.ts';
import { openTrusted } from './escrow-access.ts';
import { ExitCode } from './exit-codes.ts';
import { needsAttention } from '../core/finding.ts';
import {
  SHEET_NAME,
  blockOf,
  copyDocuments,
  copyPackages,
  sign,
  sheetOf,
  writePrograms,
} from './kit-contents.ts';
import type { Ingredients, KitOptions } from './kit-contents.ts';
import { lookAtPlace } from './kit-place.ts';
import { readmeText } from './kit-readme.ts';
import { readContents } from './read-contents.ts';
import type { Session } from './session.ts';

export async function makeKit(
  session: Session,
  dir: string,
  out: string,
  options: KitOptions,
): Promise<number> {
  const crypto = await session.crypto();
  // First: the one-file program makes no kits, and nobody should enrol a machine to learn that.
  const parts = await kitParts();
  const escrow = await openTrusted(session, dir);
  const target = await kitTarget(session.path(out));
  await assertPlace(session, target.path, escrow.folder.path);
  assertPortable(options.age.map((file) => basename(file)));
  const sealer = await session.home.sealer(crypto);
  if (!sealer) throw new EscrowError('trust.no-sealer', {});
  try {
    const contents = await readContents(escrow.folder, 'none');
    const seen = await verifyEscrow(crypto, contents, escrow.pins);
    assertIntact(escrow.pins, seen);
    const keys = [...escrow.charter.sealers, encodePublicKey(crypto, sealer.publicKey)];
    const place = await lookAtPlace(session, target, { escrow: escrow.pins.escrow, keys });
    const sheet = options.withContacts ? await sheetOf(session, escrow) : undefined;
    return await writeKit(session, { escrow, contents, seen, parts, place, sealer, sheet }, options);
  } finally {
    wipe(sealer.secretKey);
  }
}

/** Nothing in a kit is secret, but it is no part of the folder it is made of. */
async function assertPlace(session: Session, path: string, escrow: string): Promise<void> {
  if (await isInside(escrow, path))
    throw new EscrowError('output.unsafe', { path, reason: 'the escrow folder is there or lies in it' });
  if (await isInside(path, escrow))
    session.warn(`${path} lies in the escrow folder: whoever copies that copies the kit with it`);
  const service = syncedBy(path);
  if (service !== undefined)
    session.warn(
      `${path} lies in a folder that ${service} seems to sync: it is no use when that is unreachable`,
    );
}

/** Names of programs: for every disk, and no two that one without upper case would take for the same. */
function assertPortable(names: readonly string[]): void {
  const taken = new Set(['readme.txt']);
  for (const name of names) {
    const folded = name.toLowerCase();
    if (!isKitPath(name) || portableName(name) !== name || taken.has(folded))
      throw new EscrowError('kit.bad-name', { name });
    taken.add(folded);
  }
}

async function writeKit(session: Session, made: Ingredients, options: KitOptions): Promise<number> {
  const { place, parts } = made;
  const writer = await stageKit(place.target);
  for (const left of writer.leftovers)
    session.warn(`${left} was left by a kit that was not finished; delete it once the new kit is there`);
  try {
    const { packages, findings } = await copyPackages(session, writer, made, options.packages);
    await copyDocuments(session, writer, made);
    await writePrograms(session, writer, made, options);
    if (made.sheet) await writer.write(SHEET_NAME, made.sheet);
    const pageHash = encodeHex(await (await session.crypto()).sha256(encodeUtf8(parts.page)));
    const block = await blockOf(made, writer, packages[0]);
    const html = putBlock(parts.page, block);
    await writer.write(PAGE_NAME, encodeUtf8(html));
    const created = formatTime(session.io.now());
    const text = readmeText(options.language, {
      policy: made.escrow.charter.policy,
      packages,
      created,
      escrow: made.escrow.pins.escrow,
      pageHash,
      hasSheet: made.sheet !== undefined,
    });
    await writer.write('README.txt', text);
    await sign(session, writer, made, { created, packages, pageHash });
    // A kit without packages takes nobody's packages away.
    const isPoorer = packages.length === 0 && place.hasPackages;
    const kept = await writer.publish({ ...place, ...(isPoorer ? { becomes: 'kept' } : {}) });
    if (kept !== undefined) session.warn(`what lay there is now ${kept}`);
    const carries = block.package !== undefined;
    return await tellKit(session, made, writer, { packages, pageHash, findings, carries });
  } finally {
    await writer.discard();
  }
}

async function tellKit(
  session: Session,
  { escrow, place, sealer, sheet }: Ingredients,
  { files }: KitWriter,
  told: {
    packages: readonly string[];
    pageHash: string;
    findings: readonly Finding[];
    /** Whether the newest package is in the page, too. */
    carries: boolean;
  },
): Promise<number> {
  const { packages, pageHash, findings, carries } = told;
  const sealerListed = escrow.charter.sealers.includes(
    encodePublicKey(await session.crypto(), sealer.publicKey),
  );
  if (!sealerListed)
    session.warn(
      "this machine's sealer is not in the charter: on every other machine kit --verify will call this kit damaged; make it on a machine the charter names, or name this one at the next ceremony",
    );
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const lines = [
    `Kit made and read back: ${counted(packages.length, 'package')}, ${counted(files.length, 'file')}, ${bytes} bytes.`,
    `  ${place.target.path}`,
    sheet ? `  ${SHEET_NAME} names people: whoever finds the stick can read it` : '',
    `  page ${pageHash}${carries ? ', with the newest package in it' : ''}`,
    session.describe(findings),
    sealerListed ? '  next: copy the folder to a stick, and holdfast kit --verify it there' : '',
  ];
  await session.result(
    {
      type: 'kit',
      out: place.target.path,
      escrow: escrow.pins.escrow,
      packages,
      files: files.length,
      bytes,
      page: { sha256: pageHash, carriesPackage: carries },
      sealerListed,
      findings,
    },
    lines.filter((line) => line !== '').join('\n'),
  );
  return !sealerListed || needsAttention(findings) ? ExitCode.Findings : ExitCode.Ok;
}
