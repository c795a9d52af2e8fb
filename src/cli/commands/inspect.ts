// holdfast inspect: what an export holds and what is wrong with it, without a secret on the screen.

import { entriesOf } from '../../vault/findings.ts';
import { wipe } from '../../core/bytes.ts';
import { counted } from '../../core/counted.ts';
import { assignClients, clientFindings, clientOrder } from '../../vault/clients.ts';
import type { AssignedClient } from '../../vault/clients.ts';
import { inspectVault } from '../../vault/inspect.ts';
import { readClients } from '../client-list.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../../core/finding.ts';
import { openExport, readExport } from '../open-export.ts';
import { shownName } from '../shown-text.ts';
import type { Session } from '../session.ts';
import { sourceNames } from '../source-names.ts';
import { readUnlock, tellUnused, wipeUnlock } from '../unlock.ts';
import type { UnlockOptions } from '../unlock.ts';

interface InspectOptions extends UnlockOptions {
  readonly as?: string;
  /** A list of clients; without one, whose the entries are is not asked. */
  readonly clients?: string;
}

/** "  tier 0: Northwind IT, 12 entries" */
function describeClient({ name, tier, entries }: AssignedClient): string {
  return `  ${tier === undefined ? 'not in the list' : `tier ${tier}`}: ${shownName(name)}, ${entriesOf(entries)}`;
}

export async function inspect(session: Session, named: string, options: InspectOptions): Promise<number> {
  const listed = await readClients(options.clients && session.path(options.clients));
  const unlock = await readUnlock(session, options);
  const file = await openExport(session, named);
  try {
    const { vault, asked, isLocked } = await readExport(session, file, { as: options.as, unlock });
    wipe(asked);
    if (!isLocked) tellUnused(session, options, [file.fileName]);
    const found = inspectVault(vault, { now: session.io.now().toISOString() });
    const { format, product, entries, folders, attachments, totp, passkeys } = found;
    // As seal calls it, so that a rule holds here as it will there.
    const [source = ''] = sourceNames([file.fileName]);
    const assignment = listed && assignClients(vault, listed, { sourceName: source });
    const findings = [...found.findings, ...(assignment ? clientFindings(assignment) : [])];
    const order = assignment && clientOrder(assignment);
    const clients = order?.map(({ name, tier, entries: count }) => ({
      name,
      tier,
      entries: count,
    }));
    const lines = [
      `${file.fileName}: ${product} (${format})`,
      `  ${entriesOf(entries)}, ${counted(folders, 'folder')}, ${counted(totp, 'one-time code')}, ${counted(passkeys, 'passkey')}`,
      `  attachments: ${attachments.present} present, ${attachments.missing} missing`,
      ...(order?.map(describeClient) ?? []),
      session.describe(findings),
    ];
    await session.result(
      {
        format,
        product,
        entries,
        folders,
        attachments,
        totp,
        passkeys,
        ...(clients && { clients }),
        findings,
      },
      lines.filter((line) => line !== '').join('\n'),
    );
    return needsAttention(findings) ? ExitCode.Findings : ExitCode.Ok;
  } finally {
    wipeUnlock(unlock);
    await file.dispose();
  }
}
