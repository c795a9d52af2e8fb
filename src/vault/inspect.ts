// What an export holds and what is wrong with it: the report that decides whether it is worth sealing.
// It opens the export completely, because a vault that cannot be opened now cannot be opened then. The
// report holds counts and causes only, so that it may stand in logs and records.

import { EscrowError } from '../core/errors.ts';
import type { CheckContext } from './checks/check.ts';
import { formatOf } from './formats.ts';
import { totalsOf } from './loss.ts';
import type { Finding } from '../core/finding.ts';
import type { FormatId, Vault } from './model.ts';
import { checkVault, liveItems } from './pitfalls.ts';
import { unrecognised } from './other-file.ts';
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

/**
 * What an export is for sure, by its content.
 *
 * @param name - What errors call it.
 * @throws {@link EscrowError} `vault.ambiguous` or `vault.unrecognised`.
 */
export function sureFormat(bytes: Uint8Array, name: string): FormatId {
  const { id, candidates } = recogniseExport(bytes, bytes);
  if (id !== undefined) return id;
  if (candidates.length > 0) throw new EscrowError('vault.ambiguous', { name, candidates });
  throw unrecognised(name, bytes);
}
