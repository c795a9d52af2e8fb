// What an export holds and what is wrong with it: the report that decides whether it is worth sealing.
// It opens the export completely, because a vault that cannot be opened now cannot be opened then. The
// report holds counts and causes only, so that it may stand in logs and records.

import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { CheckContext } from './checks/check.ts';
import type { CsvMapping } from './csv-mapping.ts';
import { formatOf } from './formats.ts';
import { totalsOf } from './loss.ts';
import type { Finding } from '../core/finding.ts';
import type { FormatId, Vault } from './model.ts';
import { openVault } from './open.ts';
import { checkVault, liveItems } from './pitfalls.ts';
import { recogniseExport } from './recognise.ts';

export interface Inspection {
  readonly format: FormatId;
  readonly product: string;
  /** Entries in use, archived ones among them; not the trash, not earlier versions. */
  readonly entries: number;
  readonly archived: number;
  readonly trashed: number;
  /** Folders, collections or groups that the export itself names; not the root, not the recycle bin. */
  readonly folders: number;
  readonly attachments: { readonly present: number; readonly missing: number };
  /** Readable one-time-code seeds, and passkeys, of entries in use. */
  readonly totp: number;
  readonly passkeys: number;
  readonly findings: readonly Finding[];
  /** The export is locked by a passphrase or key file of its own. */
  readonly encrypted: boolean;
  /** It is locked, and what was given opened it: that must be sealed with it. */
  readonly needsUnlock: boolean;
}

/** `now` and `previous` are what some checks compare with; without them these find nothing. */
export interface InspectOptions extends CheckContext {
  /** What errors call the export. */
  readonly name: string;
  /** The format, where the caller was told; recognised by content otherwise. */
  readonly as?: FormatId | undefined;
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase?: Uint8Array | undefined;
  readonly keyFile?: Uint8Array | undefined;
  /** Which column is what: with it, the export is a `csv` unless `as` says otherwise. */
  readonly columns?: CsvMapping | undefined;
}

/** Judges a vault that was read. */
export function inspectVault(vault: Vault, context: CheckContext = {}): Inspection {
  const { format, product } = vault.source;
  const live = liveItems(vault);
  const totals = totalsOf(live);
  const { encrypted } = formatOf(format);
  const attachments = live.reduce((sum, item) => sum + item.attachments.length, 0);
  return {
    format,
    product,
    entries: live.length,
    archived: live.filter((item) => item.state === 'archived').length,
    trashed: vault.items.length - live.length,
    folders: foldersOf(vault),
    attachments: { present: totals.attachments, missing: attachments - totals.attachments },
    totp: totals.totp,
    passkeys: totals.passkeys,
    findings: checkVault(vault, context),
    encrypted,
    needsUnlock: encrypted,
  };
}

/** The recycle bin's own groups do not count; they come after their parents in every reader's list. */
function foldersOf({ containers }: Vault): number {
  const bin = new Set<string>();
  let count = 0;
  for (const { id, parentId, kind, implied } of containers) {
    if (kind === 'recycleBin' || (parentId !== undefined && bin.has(parentId))) bin.add(id);
    else if (implied !== true) count += 1;
  }
  return count;
}

/** @throws {@link EscrowError} `vault.ambiguous` or `vault.unrecognised`. */
function sureFormat(bytes: Uint8Array, name: string): FormatId {
  const { id, candidates } = recogniseExport(bytes, bytes);
  if (id !== undefined) return id;
  if (candidates.length > 0) throw new EscrowError('vault.ambiguous', { name, candidates });
  throw new EscrowError('vault.unrecognised', { name });
}

/**
 * Opens an export and reports on it. An empty one is reported (`vault.empty`, an error), not thrown:
 * whether to refuse it is the caller's to say.
 *
 * @throws {@link EscrowError} `vault.ambiguous`, `vault.unrecognised`, and whatever `openVault` throws.
 */
export async function inspectExport(
  crypto: CryptoPort,
  bytes: Uint8Array,
  options: InspectOptions,
): Promise<Inspection> {
  const { name, passphrase, keyFile, columns, now, previous } = options;
  const format = options.as ?? (columns ? 'csv' : sureFormat(bytes, name));
  const vault = await openVault(crypto, bytes, { format, name, passphrase, keyFile, columns });
  return inspectVault(vault, { now, previous });
}
