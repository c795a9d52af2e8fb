// holdfast inspect: what an export holds and what is wrong with it, without a secret on the screen.

import { counted } from '../../core/counted.ts';
import { exportFromStream, exportOnDisk, readWhole } from '../../adapters/export-file.ts';
import { wipe } from '../../core/bytes.ts';
import { inspectExport } from '../../vault/inspect.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../findings.ts';
import { exportFormat } from '../export-format.ts';
import type { Session } from '../session.ts';
import { readerKeys, readUnlock, wipeUnlock } from '../unlock.ts';
import type { UnlockOptions } from '../unlock.ts';

interface InspectOptions extends UnlockOptions {
  readonly as?: string;
}

export async function inspect(session: Session, named: string, options: InspectOptions): Promise<number> {
  const crypto = await session.crypto();
  const unlock = await readUnlock(session, options);
  const file =
    named === '-'
      ? await exportFromStream(crypto, session.io.stdin, 'stdin')
      : await exportOnDisk(session.path(named));
  try {
    const { bytes } = await readWhole(file);
    const keys = readerKeys(unlock);
    const { fileName: name } = file;
    const as = await exportFormat(session, {
      name,
      bytes,
      as: options.as,
      hasColumns: keys.columns !== undefined,
    });
    const now = session.io.now().toISOString();
    const found = await inspectExport(crypto, bytes, { name, as, ...keys, now });
    wipe(bytes);
    const { format, product, entries, folders, attachments, totp, passkeys, findings } = found;
    const lines = [
      `${file.fileName}: ${product} (${format})`,
      `  ${counted(entries, 'entry', 'entries')}, ${counted(folders, 'folder')}, ${counted(totp, 'one-time code')}, ${counted(passkeys, 'passkey')}`,
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
