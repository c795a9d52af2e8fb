// recover --to: one vault that opens at once, made from the exports that were just unpacked. The
// exports themselves are always there too, byte for byte; a vault that cannot be made is a warning.

import { join } from 'node:path';
import { writeFileAtomic } from '../adapters/atomic-write.ts';
import { readBounded } from '../adapters/read-file.ts';
import type { RecoveryOutput } from '../adapters/recovery-output.ts';
import { wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { passphraseWords } from '../core/record/words.ts';
import type { Manifest, ManifestSource } from '../escrow/manifest.ts';
import { isFormatId } from '../vault/formats.ts';
import { mergeVaults } from '../vault/merge.ts';
import { openVault } from '../vault/open.ts';
import type { Vault } from '../vault/model.ts';
import { writeKdbx } from '../vault/writers/kdbx.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/** Words in a made-up passphrase: 77 bits, to be typed once from a screen. */
const PASSPHRASE_WORDS = 7;

interface VaultPlan {
  readonly passphrase: Uint8Array;
  /** Shows a made-up passphrase, once, to the person at the terminal. */
  reveal(): void;
  wipe(): void;
}

export interface WrittenVault {
  readonly file: string;
  readonly entries: number;
  readonly losses: readonly {
    readonly field: string;
    readonly kind: string;
    readonly detail: string;
    readonly count: number;
  }[];
}

/**
 * Settles format and password before any card is read.
 *
 * @returns undefined without --to.
 * @throws {@link EscrowError} `usage` for another format, `input.needs-terminal` when no password is given
 * and nobody is there to be shown one.
 */
export async function planVault(
  session: Session,
  options: { to?: string; passwordFile?: string },
): Promise<VaultPlan | undefined> {
  if (options.to === undefined) return undefined;
  if (options.to !== 'kdbx')
    throw new EscrowError('usage', {
      reason: `"${options.to}" is not a format this version writes; it writes kdbx`,
    });
  if (options.passwordFile !== undefined) {
    const passphrase = await session.secretFrom(options.passwordFile);
    return {
      passphrase,
      reveal: () => undefined,
      wipe: () => {
        wipe(passphrase);
      },
    };
  }
  if (!session.canAsk) throw new EscrowError('input.needs-terminal', { flag: '--password-file' });
  const made = passphraseWords(await session.crypto(), PASSPHRASE_WORDS);
  const passphrase = new TextEncoder().encode(made);
  return {
    passphrase,
    reveal: () => {
      session.io.stderr(`\nholdfast: password of the new vault, shown only now:\n\n    ${made}\n\n`);
    },
    wipe: () => {
      wipe(passphrase);
    },
  };
}

/** Makes the vault file in the staging folder. */
export async function writeVault(
  session: Session,
  plan: VaultPlan | undefined,
  manifest: Manifest,
  output: RecoveryOutput,
): Promise<WrittenVault | undefined> {
  if (!plan) return undefined;
  const opened: { name: string; vault: Vault }[] = [];
  for (const source of manifest.sources) {
    const vault = await openSource(session, source, output);
    if (vault) opened.push({ name: source.name, vault });
  }
  if (opened.length === 0) {
    session.warn('no export in this package can be made into a KDBX; the exports themselves were recovered');
    return undefined;
  }
  try {
    session.say('writing vault.kdbx and reading it back');
    const vault = mergeVaults(opened);
    const { bytes, loss } = await writeKdbx(await session.crypto(), vault, { passphrase: plan.passphrase });
    await writeFileAtomic(join(output.staging, 'vault.kdbx'), bytes);
    return { file: 'vault.kdbx', entries: loss.after.items, losses: loss.losses };
  } catch (error) {
    if (!isPassable(error)) throw error;
    session.warn(
      `vault.kdbx is not there: ${reportOf(error).message}; the exports themselves were recovered`,
    );
    return undefined;
  }
}

/** The emergency rule: the exports are there, only the conversion is not. A person who stops it means all. */
function isPassable(error: unknown): error is EscrowError {
  return isEscrowError(error) && error.code !== 'input.aborted';
}

async function openSource(
  session: Session,
  source: ManifestSource,
  output: RecoveryOutput,
): Promise<Vault | undefined> {
  const place = output.placeOf(source.path);
  if (!isFormatId(source.format)) {
    session.warn(`${source.name} (${source.format}) is not converted; it is in ${place} unchanged`);
    return undefined;
  }
  const read = async (path: string | null, limit: number): Promise<Bytes | undefined> =>
    path === null
      ? undefined
      : await readBounded(join(output.staging, ...output.placeOf(path).split('/')), limit);
  let [bytes, passphrase, keyFile]: (Bytes | undefined)[] = [];
  try {
    bytes = await readBounded(join(output.staging, ...place.split('/')), LIMITS.exportBytes);
    passphrase = await read(source.passphrase, LIMITS.passphraseBytes);
    keyFile = await read(source.keyFile, LIMITS.keyFileBytes);
    return await openVault(await session.crypto(), bytes, {
      format: source.format,
      name: source.name,
      passphrase,
      keyFile,
    });
  } catch (error) {
    if (!isPassable(error)) throw error;
    session.warn(`${source.name} is not converted: ${reportOf(error).message}; it is in ${place} unchanged`);
    return undefined;
  } finally {
    wipe(bytes, passphrase, keyFile);
  }
}
