// holdfast ceremony plan: a plan is written, by questions, or checked. It says in words who gets a card, what
// is wrong with that, how likely a quorum is reached, and the six words by which everybody knows this plan.

import { stat } from 'node:fs/promises';
import { exists, writeFileAtomic } from '../../adapters/atomic-write.ts';
import { loadCardPress } from '../../adapters/card-press.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { encodeUtf8 } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { checkPlan } from '../../escrow/plan-check.ts';
import { planFile } from '../../escrow/plan-file.ts';
import { planHash } from '../../escrow/plan-hash.ts';
import { decodePlan } from '../../escrow/plan.ts';
import type { Plan } from '../../escrow/plan.ts';
import { heading, tell } from '../dialogue.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../../core/finding.ts';
import { assertPrintable } from '../plan-agreed.ts';
import { agreeOnPlan, readPlan } from '../plan-input.ts';
import { FURTHER_QUESTIONS } from '../plan-questions.ts';
import { planLines, weekendLines } from '../plan-summary.ts';
import type { Session } from '../session.ts';
import { wrapText } from '../wrap.ts';

interface PlanOptions {
  readonly plan?: string;
  readonly out?: string;
}

const DEFAULT_FILE = 'plan.yaml';
const DEFAULT_DIR = 'DIR';
const UNBROKEN = '\u00a0';

/** @param named - The escrow folder the plan is for; or the plan itself, when it is a file. */
export async function ceremonyPlan(
  session: Session,
  named: string | undefined,
  options: PlanOptions,
): Promise<number> {
  const { plan: given, out } = options;
  const isPlan = named !== undefined && (await isFile(session.path(named)));
  const file = given ?? (isPlan ? named : undefined);
  if (file !== undefined && (out !== undefined || (isPlan && given !== undefined)))
    throw new EscrowError('usage', {
      reason: 'one plan is checked, or one is asked for and written to --out',
      command: 'ceremony plan',
    });
  const dir = isPlan ? undefined : named;
  const { plan, path } = file === undefined ? await write(session, out) : await read(session, file);
  return tellPlan(session, plan, { path, dir, isNew: file === undefined });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

interface Found {
  readonly plan: Plan;
  /** As the user names it. */
  readonly path: string;
}

async function read(session: Session, file: string): Promise<Found> {
  const plan = await readPlan(session, file);
  // A plan that a ceremony would refuse is not one to agree on.
  assertPrintable(await loadCardPress(plan.paper), plan);
  return { plan, path: file };
}

async function write(session: Session, out = DEFAULT_FILE): Promise<Found> {
  const prompter = await session.prompter('--plan');
  const path = session.path(out);
  // Before the questions: nobody answers thirty of them for a file that cannot be written.
  if (!session.isForced && (await exists(path)))
    throw new EscrowError('output.exists', { path: out, canForce: true });
  heading(session, `The plan: who holds a card, and how many together open it. It goes to ${out}`);
  tell(session, 'Leave empty what is not known. Groups of trustees are written into the file by hand.');
  const { fields } = await agreeOnPlan(session, prompter, FURTHER_QUESTIONS);
  const text = planFile(fields);
  await writeFileAtomic(path, encodeUtf8(text), { overwrite: session.isForced });
  session.io.stderr('\n');
  // What the file says counts, not what was meant.
  return { plan: decodePlan(text), path: out };
}

async function tellPlan(
  session: Session,
  plan: Plan,
  { path, dir, isNew }: { path: string; dir: string | undefined; isNew: boolean },
): Promise<number> {
  const { hash, words } = planHash(await session.crypto(), plan);
  const { findings, alternatives } = checkPlan(plan);
  const [asPlanned] = alternatives;
  const told = session
    .describe(findings)
    .split('\n')
    .map((line) => wrapText(line, '    '));
  const lines = [
    ...planLines(plan),
    '',
    ...weekendLines(alternatives, plan),
    ...(findings.length > 0 ? ['Findings', ...told, ''] : []),
    ...(isNew ? [`Written to ${path}. Read it, and let everybody in it read it.`] : []),
    `The words of this plan: ${words.join(' ')}`,
    `  hash: ${hash}`,
    '  when all agree:',
    agreedCommand(`${await nextCommand(session, dir)} --plan ${asWord(path)} --agreed`, words),
  ];
  const cards = plan.cards.map(({ card, groupName, trustee }) => ({
    card,
    name: trustee.name,
    group: groupName ?? null,
    place: trustee.place ?? null,
  }));
  const { organisation, policy } = plan;
  await session.result(
    {
      type: 'plan',
      file: path,
      organisation,
      policy,
      cards,
      words,
      hash,
      reachability: asPlanned ? { chance: asPlanned.chance, alternatives } : null,
      findings,
    },
    lines.join('\n'),
  );
  return needsAttention(findings) ? ExitCode.Findings : ExitCode.Ok;
}

/** Broken between the words in the quotes only: pasted into a shell it is still one command, and taken. */
function agreedCommand(command: string, words: readonly string[]): string {
  const unbroken = command.replaceAll(' ', UNBROKEN);
  return wrapText(`    ${unbroken} "${words.join(' ')}"`, '      ').replaceAll(UNBROKEN, ' ');
}

/** As it is typed into a shell, as far as one can tell from here. */
const asWord = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);

/** A plan for an escrow that is there is for new cards, or for a new key; which, people know. */
async function nextCommand(session: Session, dir: string | undefined): Promise<string> {
  if (dir === undefined) return `holdfast ceremony new ${DEFAULT_DIR}`;
  const isThere = await new EscrowFolder(session.path(dir)).charters.current().catch(() => undefined);
  return `holdfast ceremony ${isThere ? 'reissue' : 'new'} ${asWord(dir)}`;
}
