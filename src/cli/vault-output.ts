// recover --to: one vault that opens at once, made from the exports that were just unpacked. The
// exports themselves are always there too, byte for byte; a vault that cannot be made is a warning.

import { join } from 'node:path';
import { writeFileAtomic } from '../adapters/atomic-write.ts';
import { readBounded } from '../adapters/read-file.ts';
import type { RecoveryOutput } from '../adapters/recovery-output.ts';
import { wipe } from '../core/bytes.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Manifest, ManifestSource } from '../escrow/manifest.ts';
import { openSource, readSealedClients } from '../escrow/sealed-exports.ts';
import type { ReadPayloadFile } from '../escrow/sealed-exports.ts';
import type { Client } from '../vault/client.ts';
import type { LossReport } from '../vault/loss.ts';
import type { Vault } from '../vault/model.ts';
import { convertVaults } from './conversion.ts';
import type { Conversion } from './conversion.ts';
import { reportOf, UNEXPECTED } from './report.ts';
import type { Session } from './session.ts';

export interface WrittenVault {
  readonly file: string;
  readonly entries: number;
  /** Of these, entries from the trash. */
  readonly trashed: number;
  /** What to do with it: "opens in KeePassXC". */
  readonly use: string;
  readonly losses: LossReport['losses'];
}

/** Makes the vault file in the staging folder. */
export async function writeVault(
  session: Session,
  plan: Conversion | undefined,
  manifest: Manifest,
  output: RecoveryOutput,
): Promise<WrittenVault | undefined> {
  if (!plan) return undefined;
  const opened: { name: string; vault: Vault }[] = [];
  for (const source of manifest.sources) {
    const vault = await openUnpacked(session, source, output);
    if (vault) opened.push({ name: source.name, vault });
  }
  const file = `vault.${plan.target.ending}`;
  if (opened.length === 0) {
    session.warn(`no export in this package can be made into ${file}; the exports themselves were recovered`);
    return undefined;
  }
  try {
    const { bytes, loss, findings, trashed } = await convertVaults(
      session,
      plan,
      opened,
      await readClients(session, manifest, output),
      file,
    );
    await writeFileAtomic(join(output.staging, file), bytes);
    wipe(bytes);
    // What to do about the list is for the day; at night it only tells that a choice may leave something out.
    const isChosen = plan.client !== undefined || plan.tier !== undefined;
    for (const { code, message } of findings)
      if (isChosen && code === 'clients.unmatched') session.warn(message);
    return { file, entries: loss.after.items, trashed, use: plan.target.use, losses: loss.losses };
  } catch (error) {
    if (!isPassable(error)) throw error;
    session.warn(`${file} is not there: ${whyNone(error)}; the exports themselves were recovered`);
    return undefined;
  }
}

/** A file of the package, where it was unpacked. */
function unpacked(output: RecoveryOutput): ReadPayloadFile {
  return (path, limit) => readBounded(join(output.staging, ...output.placeOf(path).split('/')), limit);
}

/** The list that was sealed with the exports; one that cannot be read is told, and stops nothing. */
async function readClients(
  session: Session,
  manifest: Manifest,
  output: RecoveryOutput,
): Promise<readonly Client[] | undefined> {
  try {
    return await readSealedClients(manifest, unpacked(output));
  } catch (error) {
    if (!isPassable(error)) throw error;
    session.warn(`the list of clients is not used: ${messageOf(error)}`);
    return undefined;
  }
}

/**
 * The emergency rule: the exports are there, only the conversion is not. A fault of this program stops them no
 * more than a damaged export does; a person who stops it means all.
 */
function isPassable(error: unknown): boolean {
  return !isEscrowError(error, 'input.aborted');
}

const messageOf = (error: unknown): string =>
  isEscrowError(error) ? reportOf(error).message : UNEXPECTED.message;

/** A name that nobody has is one of those that there are, mistyped. */
const whyNone = (error: unknown): string =>
  isEscrowError(error, 'vault.no-client') || isEscrowError(error, 'vault.no-entries')
    ? `${reportOf(error).message}; ${reportOf(error).hint}`
    : messageOf(error);

async function openUnpacked(
  session: Session,
  source: ManifestSource,
  output: RecoveryOutput,
): Promise<Vault | undefined> {
  const place = output.placeOf(source.path);
  try {
    const vault = await openSource(await session.crypto(), source, unpacked(output));
    if (!vault)
      session.warn(`${source.name} (${source.format}) is not converted; it is in ${place} unchanged`);
    return vault;
  } catch (error) {
    if (!isPassable(error)) throw error;
    session.warn(`${source.name} is not converted: ${messageOf(error)}; it is in ${place} unchanged`);
    return undefined;
  }
}
