// print script: the script of a ceremony as a PDF, from the plan alone, before there is an escrow.

import { writeFileAtomic } from '../adapters/atomic-write.ts';
import { loadFonts } from '../adapters/fonts.ts';
import { writePdf } from '../adapters/pdf-write.ts';
import { EscrowError } from '../core/errors.ts';
import { planHash } from '../escrow/plan-hash.ts';
import { layoutScript } from '../paper/script.ts';
import { openTrusted } from './escrow-access.ts';
import { ExitCode } from './exit-codes.ts';
import type { PrintOptions } from './commands/print.ts';
import { readPlan } from './plan-input.ts';
import { scriptSheet } from './script-sheet.ts';
import type { Session } from './session.ts';

const FIRST_SET = 1;

/** @param dir - Of an escrow that stands, whose next set it is; undefined before there is one. */
export async function printScript(
  session: Session,
  dir: string | undefined,
  options: PrintOptions,
): Promise<number> {
  if (options.plan === undefined)
    throw new EscrowError('usage', { reason: '--plan is missing', command: 'print' });
  if (options.out === undefined)
    throw new EscrowError('usage', { reason: '--out is missing', command: 'print' });
  const plan = await readPlan(session, options.plan);
  const sheet = await scriptSheet(plan, {
    kind: options.full === true ? 'full' : 'small',
    setNumber: dir === undefined ? FIRST_SET : (await openTrusted(session, dir)).charter.set.number + 1,
    planWords: planHash(await session.crypto(), plan).words,
    now: session.io.now(),
  });
  const fonts = await loadFonts();
  const pages = layoutScript(sheet, plan.paper, fonts);
  const pdf = await writePdf(pages, fonts);
  await writeFileAtomic(session.path(options.out), pdf, { overwrite: session.isForced });
  const { steps, minutes, program } = sheet;
  await session.result(
    {
      type: 'print',
      what: 'script',
      file: options.out,
      pages: pages.length,
      steps: steps.length,
      minutes,
      program,
    },
    `${options.out}: the ceremony script, ${steps.length} steps on ${pages.length} pages, about ${minutes} minutes`,
  );
  return ExitCode.Ok;
}
