// holdfast inspect: what an export holds and what is wrong with it, without a secret on the screen.

import { entriesOf } from '../../vault/findings.ts';
import { counted } from '../../core/counted.ts';
import { inspectVault } from '../../vault/inspect.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../findings.ts';
import { openExport, readExport } from '../open-export.ts';
import type { Session } from '../session.ts';
import { readUnlock, wipeUnlock } from '../unlock.ts';
import type { UnlockOptions } from '../unlock.ts';

interface InspectOptions extends UnlockOptions {
  readonly as?: string;
}

export async function inspect(session: Session, named: string, options: InspectOptions): Promise<number> {
  const unlock = await readUnlock(session, options);
  const file = await openExport(session, named);
  try {
    const { vault } = await readExport(session, file, options.as, unlock);
    const found = inspectVault(vault, { now: session.io.now().toISOString() });
    const { format, product, entries, folders, attachments, totp, passkeys, findings } = found;
    const lines = [
      `${file.fileName}: ${product} (${format})`,
      `  ${entriesOf(entries)}, ${counted(folders, 'folder')}, ${counted(totp, 'one-time code')}, ${counted(passkeys, 'passkey')}`,
      `  attachments: ${attachments.present} present, ${attachments.missing} missing`,
      session.describe(findings),
    ];
    await session.result(
      { format, product, entries, folders, attachments, totp, passkeys, findings },
      lines.filter((line) => line !== '').join('\n'),
    );
    return needsAttention(findings) ? ExitCode.Findings : ExitCode.Ok;
  } finally {
    wipeUnlock(unlock);
    await file.dispose();
  }
}
