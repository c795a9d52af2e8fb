// An opened package as one vault. What cannot be read is told and stops nothing: its file can be saved.

import { EscrowError, isEscrowError } from '../../core/errors.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import type { Manifest, ManifestSource } from '../../escrow/manifest.ts';
import { openSource, readSealedClients } from '../../escrow/sealed-exports.ts';
import type { ReadPayloadFile } from '../../escrow/sealed-exports.ts';
import type { Client } from '../../vault/client.ts';
import { assignClients } from '../../vault/clients.ts';
import type { ClientAssignment } from '../../vault/clients.ts';
import { mergeVaults } from '../../vault/merge.ts';
import type { Vault } from '../../vault/model.ts';

/** An export that is not part of the vault; without a problem, one that no reader knows. */
export interface UnreadSource {
  readonly source: ManifestSource;
  readonly problem: EscrowError | undefined;
}

export interface ReadPackage {
  /** Undefined when not one export could be read. */
  readonly vault: Vault | undefined;
  readonly assignment: ClientAssignment | undefined;
  /** Of each of the vault's items. */
  readonly sourceOf: (index: number) => string;
  readonly unread: readonly UnreadSource[];
  /** Why the list of clients is not used. */
  readonly clientsProblem: EscrowError | undefined;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** The files stay for whoever saves them, so what is wiped after use is a copy. */
function readerOf(files: Files): ReadPayloadFile {
  return (path, limit) => {
    const bytes = files.get(path);
    if (!bytes) throw new EscrowError('package.format', { reason: 'a file of the manifest is not there' });
    if (bytes.length > limit) throw new EscrowError('limit.exceeded', { what: 'bytes of a file', limit });
    return Promise.resolve(bytes.slice());
  };
}

/** A result, or the failure that has a code; anything else is a bug and is thrown. */
async function attempt<T>(work: () => Promise<T>): Promise<{ value?: T; problem?: EscrowError }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    return { problem: error };
  }
}

export async function readPackage(
  crypto: CryptoPort,
  { manifest, files }: { readonly manifest: Manifest; readonly files: Files },
): Promise<ReadPackage> {
  const read = readerOf(files);
  const named: { name: string; vault: Vault }[] = [];
  const unread: UnreadSource[] = [];
  for (const source of manifest.sources) {
    const { value, problem } = await attempt(() => openSource(crypto, source, read));
    if (value) named.push({ name: source.name, vault: value });
    else unread.push({ source, problem });
  }
  const { value: clients, problem: clientsProblem } = await attempt<readonly Client[] | undefined>(() =>
    readSealedClients(manifest, read),
  );
  const vault = named.length === 0 ? undefined : mergeVaults(named);
  const sourceName = named[0]?.name ?? '';
  return {
    vault,
    assignment: vault && assignClients(vault, clients, { sourceName }),
    sourceOf: sourcesIn(named),
    unread,
    clientsProblem,
  };
}

/** Items of merged vaults stand in the order of the vaults. */
function sourcesIn(named: readonly { name: string; vault: Vault }[]): (index: number) => string {
  const ends: { name: string; end: number }[] = [];
  let end = 0;
  for (const { name, vault } of named) {
    end += vault.items.length;
    ends.push({ name, end });
  }
  return (index) => ends.find((part) => index < part.end)?.name ?? '';
}
