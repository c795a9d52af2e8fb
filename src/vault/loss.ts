// What a conversion could not carry over as it was. Nothing may be lost in silence: a writer notes every
// step away from the source here, and the report stands beside the file it describes. It counts and
// names kinds of things, never an entry's contents.

import { hasReference } from './kdbx-names.ts';
import type { FormatId, Item, Vault } from './model.ts';

/** `dropped`: gone. `degraded`: there, but less useful. `moved`: whole, elsewhere. `normalised`: respelt. */
type LossKind = 'dropped' | 'degraded' | 'moved' | 'normalised';

export interface Loss {
  readonly kind: LossKind;
  /** What was affected, in the words of the model: "url match rule". */
  readonly field: string;
  /** What became of it, as a clause a person can read. */
  readonly detail: string;
  readonly count: number;
}

export interface VaultTotals {
  readonly items: number;
  readonly totp: number;
  readonly passkeys: number;
  readonly attachments: number;
  readonly attachmentBytes: number;
}

export interface LossReport {
  readonly source: FormatId;
  readonly target: string;
  readonly before: VaultTotals;
  readonly after: VaultTotals;
  readonly losses: readonly Loss[];
}

/** Counts what a conversion must bring over whole: valid seeds and present attachments, trash included. */
export function totalsOf(items: readonly Item[]): VaultTotals {
  const totals = { items: items.length, totp: 0, passkeys: 0, attachments: 0, attachmentBytes: 0 };
  for (const item of items) {
    totals.totp += item.totp.filter((seed) => seed.valid).length;
    totals.passkeys += item.passkeys.length;
    for (const { status, size } of item.attachments) {
      if (status !== 'present') continue;
      totals.attachments += 1;
      totals.attachmentBytes += size;
    }
  }
  return totals;
}

/** Targets that keep what stands at a folder itself. */
const KEEPS_FOLDER_NOTES: ReadonlySet<string> = new Set(['kdbx', 'json']);

/** Collects losses while a writer runs; equal ones are counted together. */
export class LossTally {
  private readonly losses = new Map<string, Loss>();

  note(kind: LossKind, field: string, detail: string, count = 1): void {
    if (count === 0) return;
    const key = `${kind}\n${field}\n${detail}`;
    const before = this.losses.get(key)?.count ?? 0;
    this.losses.set(key, { kind, field, detail, count: before + count });
  }

  report(vault: Vault, target: string, written: readonly Item[]): LossReport {
    const noted = vault.containers.filter(({ notes }) => notes !== undefined).length;
    if (!KEEPS_FOLDER_NOTES.has(target))
      this.note('dropped', 'notes of a folder', 'only KeePass has a place for them', noted);
    // Whatever the source: of several, or of our own JSON, some entries may come from KeePass.
    if (target !== 'kdbx')
      this.note(
        'degraded',
        'reference to another entry',
        'only KeePass programs follow it',
        vault.items.filter(hasReference).length,
      );
    return {
      source: vault.source.format,
      target,
      before: totalsOf(vault.items),
      after: totalsOf(written),
      losses: [...this.losses.values()],
    };
  }
}
