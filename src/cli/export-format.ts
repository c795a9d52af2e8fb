// What an export is, settled before it is opened: by --as, by its content, by --columns, or by asking the
// person at the terminal. Nothing is guessed where nobody can be asked.

import { isEscrowError } from '../core/errors.ts';
import { formatOf, isFormatId } from '../vault/formats.ts';
import { sureFormat } from '../vault/inspect.ts';
import type { FormatId } from '../vault/model.ts';
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
  try {
    const sure = sureFormat(bytes, name);
    if (given.hasColumns) session.warn(`--columns is not used for ${name}: it is ${sure}, which is known`);
    return sure;
  } catch (error) {
    const isOpen = isEscrowError(error, 'vault.ambiguous') || isEscrowError(error, 'vault.unrecognised');
    if (given.hasColumns && isOpen) return 'csv';
    if (!isEscrowError(error, 'vault.ambiguous') || !session.canAsk) throw error;
    const chosen = await askWhich(session, name, error.facts.candidates);
    if (chosen === undefined) throw error;
    return chosen;
  }
}

/** @returns undefined when the person does not know either. */
async function askWhich(
  session: Session,
  name: string,
  candidates: readonly string[],
): Promise<FormatId | undefined> {
  const prompter = await session.prompter('--as');
  const chosen = await prompter.choose<FormatId | 'none'>(`${name} does not say what it is. It is from:`, [
    ...candidates.filter(isFormatId).map((id) => ({ name: `${formatOf(id).product} (${id})`, value: id })),
    { name: 'none of these, or I do not know', value: 'none' },
  ]);
  return chosen === 'none' ? undefined : chosen;
}
