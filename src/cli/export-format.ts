// What an export is, settled before it is opened: by --as, by its content, by --columns, or by asking the
// person at the terminal. Nothing is guessed where nobody can be asked.

import { EscrowError } from '../core/errors.ts';
import { formatOf } from '../vault/formats.ts';
import type { FormatId } from '../vault/model.ts';
import { recogniseExport, RECOGNITION_BYTES } from '../vault/recognise.ts';
import { formatNamed } from './format-option.ts';
import type { Session } from './session.ts';

interface ExportInQuestion {
  /** What errors call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What --as says. */
  readonly as?: string | undefined;
  /** Whether --columns says what the columns of a CSV are. */
  readonly hasColumns: boolean;
}

/** @throws {@link EscrowError} `usage`, `vault.ambiguous`, `vault.unrecognised`, `input.aborted`. */
export async function exportFormat(session: Session, given: ExportInQuestion): Promise<FormatId> {
  const { name, bytes } = given;
  const named = formatNamed(given.as);
  if (named !== undefined) return named;
  const { id, candidates } = recogniseExport(bytes.subarray(0, RECOGNITION_BYTES), bytes);
  if (id !== undefined) return id;
  if (given.hasColumns) return 'csv';
  if (candidates.length === 0) throw new EscrowError('vault.unrecognised', { name });
  if (!session.canAsk) throw new EscrowError('vault.ambiguous', { name, candidates });
  return askWhich(session, name, candidates);
}

async function askWhich(session: Session, name: string, candidates: readonly FormatId[]): Promise<FormatId> {
  const prompter = await session.prompter('--as');
  const chosen = await prompter.choose<FormatId | 'none'>(`${name} does not say what it is. It is from:`, [
    ...candidates.map((id) => ({ name: `${formatOf(id).product} (${id})`, value: id })),
    { name: 'none of these, or I do not know', value: 'none' },
  ]);
  if (chosen === 'none') throw new EscrowError('vault.ambiguous', { name, candidates });
  return chosen;
}
