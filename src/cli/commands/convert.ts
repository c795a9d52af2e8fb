// holdfast convert: an export, or several, in another tool's form. It says what the form cannot carry.

import { basename } from 'node:path';
import { stageFile } from '../../adapters/atomic-write.ts';
import type { ExportFile } from '../../adapters/export-file.ts';
import { wipe } from '../../core/bytes.ts';
import { counted } from '../../core/counted.ts';
import { EscrowError } from '../../core/errors.ts';
import { formatOf } from '../../vault/formats.ts';
import type { Loss, LossReport } from '../../vault/loss.ts';
import type { Vault } from '../../vault/model.ts';
import { readClients } from '../client-list.ts';
import { convertVaults, planConversion } from '../conversion.ts';
import type { Conversion, ConversionOptions, Converted } from '../conversion.ts';
import { describeEntries } from '../count-text.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertNotNamed, openExport, readExport } from '../open-export.ts';
import { sourceNames } from '../source-names.ts';
import { shownName } from '../shown-text.ts';
import { assertNotScreen } from '../secret-place.ts';
import type { Session } from '../session.ts';
import { readUnlock, tellUnused, wipeUnlock } from '../unlock.ts';
import type { UnlockOptions } from '../unlock.ts';

interface ConvertOptions extends ConversionOptions, UnlockOptions {
  readonly as?: string;
  readonly out?: string;
  readonly clients?: string;
}

export async function convert(
  session: Session,
  exports: readonly string[],
  options: ConvertOptions,
): Promise<number> {
  const plan = await planConversion(session, options);
  if (!plan)
    throw new EscrowError('usage', { reason: '--to is missing: the format to write', command: 'convert' });
  try {
    if (options.out === undefined)
      throw new EscrowError('usage', { reason: '--out is missing: the file to write', command: 'convert' });
    assertNotScreen(options.out);
    const out = session.path(options.out);
    const inputs = [...exports, ...givenFiles(options)].filter((named) => named !== '-');
    const staged = await stageFile(out, {
      overwrite: session.isForced,
      canForce: true,
      inputs: inputs.map((named) => session.path(named)),
    });
    try {
      const clients = await readClients(options.clients && session.path(options.clients));
      const sources = await openExports(session, exports, options);
      const converted = await convertVaults(session, plan, sources, clients, options.out);
      await staged.write(converted.bytes);
      await staged.commit();
      wipe(converted.bytes);
      return await tellResult(session, plan, converted, options.out);
    } finally {
      await staged.abort();
    }
  } finally {
    plan.wipe();
  }
}

/** Files that the options name. */
const givenFiles = (options: ConvertOptions): readonly string[] =>
  [
    options.clients,
    options.passwordFile,
    options.exportPasswordFile,
    options.keyFile,
    options.columns,
  ].filter((named) => named !== undefined);

async function openExports(
  session: Session,
  exports: readonly string[],
  options: ConvertOptions,
): Promise<{ name: string; vault: Vault }[]> {
  const unlock = await readUnlock(session, options);
  const opened: { name: string; vault: Vault }[] = [];
  const files: ExportFile[] = [];
  const open: string[] = [];
  const names = sourceNames(
    exports.map((named) => (named === '-' ? 'stdin' : basename(session.path(named)))),
  );
  try {
    for (const [index, named] of exports.entries()) {
      const file = await openExport(session, named);
      try {
        assertNotNamed(files, file, named);
        files.push(file);
        const { vault, format, asked, isLocked } = await readExport(session, file, {
          as: options.as,
          unlock,
        });
        wipe(asked);
        if (!isLocked) open.push(file.fileName);
        if (formatOf(format).staysLocked === true)
          throw new EscrowError('vault.stays-locked', { name: named, format });
        if (vault.items.length === 0) throw new EscrowError('vault.empty', { name: file.fileName });
        for (const { code, severity, message } of vault.findings)
          if (severity === 'warning' && code.startsWith('csv.'))
            session.warn(`${shownName(file.fileName)}: ${message}`);
        opened.push({ name: names[index] ?? '', vault });
      } finally {
        await file.dispose();
      }
    }
    if (open.length === exports.length) tellUnused(session, options, open);
  } finally {
    wipeUnlock(unlock);
  }
  return opened;
}

/** "3 dropped: attachment (Bitwarden JSON has no place for it)" */
const describeLoss = ({ kind, field, detail, count }: Loss): string =>
  `${count} × ${shownName(field)}, ${kind}: ${detail}`;

/** What went in and what came out, in one line. */
function describeTotals({ before, after }: LossReport, trashed: number): string {
  const kept = (is: number, was: number, noun: string): string[] =>
    was === 0 ? [] : [is === was ? counted(is, noun) : `${is} of ${counted(was, noun)}`];
  return [
    describeEntries(after.items, trashed),
    ...kept(after.totp, before.totp, 'one-time code'),
    ...kept(after.attachments, before.attachments, 'attachment'),
    ...kept(after.passkeys, before.passkeys, 'passkey'),
  ].join(', ');
}

async function tellResult(
  session: Session,
  plan: Conversion,
  converted: Converted,
  out: string,
): Promise<number> {
  const { target } = plan;
  const { loss, findings, trashed } = converted;
  if (!target.isLocked)
    session.warn(`${out} holds every password in the clear: delete it as soon as it has served`);
  const lines = [
    `${out}: ${describeTotals(loss, trashed)}; ${target.use}.`,
    ...loss.losses.map((one) => `  ${describeLoss(one)}`),
    session.describe(findings),
  ];
  await session.result(
    {
      type: 'convert',
      file: out,
      target: target.id,
      before: loss.before,
      after: loss.after,
      losses: loss.losses,
      findings,
    },
    lines.filter((line) => line !== '').join('\n'),
  );
  plan.reveal();
  return ExitCode.Ok;
}
