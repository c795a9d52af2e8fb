// holdfast ceremony preflight: the day before. Makes nothing and changes nothing. What only a person can see
// is asked at a terminal, or given with --confirm. 0, or 3 when something is missing.

import { readFile } from 'node:fs/promises';
import { loadCardPress } from '../../adapters/card-press.ts';
import { memoryFolder, roomAt } from '../../adapters/memory-folder.ts';
import { listPrinters } from '../../adapters/printers.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import { checkPlan } from '../../escrow/plan-check.ts';
import { policyWords } from '../../escrow/policy-words.ts';
import type { Plan } from '../../escrow/plan.ts';
import { CONFIRMED_BY_PEOPLE, judgePreflight } from '../../escrow/preflight.ts';
import type { ConfirmedByPeople, PreflightCheck, PreflightInput } from '../../escrow/preflight.ts';
import { clockText } from '../clock-text.ts';
import { askForCardNumbers, cardNumbers } from '../card-numbers.ts';
import { tell } from '../dialogue.ts';
import { ExitCode } from '../exit-codes.ts';
import { needsAttention } from '../../core/finding.ts';
import { assertPrintable } from '../plan-agreed.ts';
import { readPlan } from '../plan-input.ts';
import { reportOf } from '../report.ts';
import { spokenProgram } from '../script-sheet.ts';
import type { Session } from '../session.ts';

interface PreflightOptions {
  readonly plan?: string;
  readonly cards?: string;
  readonly confirm?: readonly string[];
  readonly attending?: string;
}

export async function ceremonyPreflight(
  session: Session,
  dir: string | undefined,
  options: PreflightOptions,
): Promise<number> {
  if (options.plan === undefined)
    throw new EscrowError('usage', { reason: '--plan is missing', command: 'ceremony preflight' });
  const given = confirmations(options.confirm ?? []);
  const plan = await planOrProblem(session, options.plan);
  const machine = await lookAround(session, dir ?? '.', options.cards);
  const seen = { ...machine, plan: describePlan(plan), isAsked: session.canAsk };
  const confirmed = await askWhatOnlyPeopleSee(session, seen, given);
  const attending = await whoComes(session, plan, options.attending);
  const { checks, findings } = judgePreflight({ ...seen, clock: clockOf(session), confirmed, attending });
  const good = checks.filter(({ ok }) => ok).length;
  const isReady = !needsAttention(findings);
  await session.result(
    { type: 'preflight', ok: isReady, passed: good, of: checks.length, checks, findings },
    [
      `Pre-flight ${good}/${checks.length}${isReady ? ' OK' : ''}`,
      ...checks.map(describeCheck),
      session.describe(findings),
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
  return isReady ? ExitCode.Ok : ExitCode.Findings;
}

const describeCheck = ({ check, ok, says }: PreflightCheck): string =>
  `  ${ok ? 'ok    ' : 'not ok'}  ${check}: ${says}`;

function confirmations(given: readonly string[]): Set<string> {
  const known: readonly string[] = CONFIRMED_BY_PEOPLE;
  for (const name of given) {
    if (known.includes(name)) continue;
    const reason = `--confirm takes ${known.join(', ')}, not "${name}"`;
    throw new EscrowError('usage', { reason, command: 'ceremony preflight' });
  }
  return new Set(given);
}

type PlanOrProblem = { readonly plan: Plan } | { readonly problem: EscrowError };

/** A plan that cannot be read is one thing that is missing: the others are looked at all the same. */
async function planOrProblem(session: Session, named: string): Promise<PlanOrProblem> {
  try {
    const plan = await readPlan(session, named);
    // Found out on the day it would end the ceremony.
    assertPrintable(await loadCardPress(plan.paper), plan);
    return { plan };
  } catch (error) {
    if (!isEscrowError(error) || !/^(?:plan|share|limit|bytes|paper)\./.test(error.code)) throw error;
    return { problem: error };
  }
}

function describePlan(read: PlanOrProblem): PreflightInput['plan'] {
  if ('problem' in read) {
    const { message, hint } = reportOf(read.problem);
    return { problem: message, hint };
  }
  const { plan } = read;
  return { cards: plan.cards.length, policy: policyWords(plan), findings: checkPlan(plan).findings };
}

/** What does not change while people answer; the time does. */
type Looked = Omit<PreflightInput, 'clock' | 'confirmed' | 'attending'>;

/** Taken when it is asked about: with a watch in the hand, minutes count. */
const clockOf = (session: Session): string => clockText(session.io.now());

async function lookAround(
  session: Session,
  dir: string,
  cards: string | undefined,
): Promise<Omit<Looked, 'plan' | 'isAsked'>> {
  const { name, hash } = await spokenProgram();
  const folder = cards ?? (await memoryFolder()) ?? '.';
  const room = await roomAt(session.path(folder));
  const around = await roomAt(session.path(dir));
  return {
    program: `${name}, ${hash}`,
    cardFolder: {
      path: folder,
      isInMemory: room?.isInMemory === true,
      freeBytes: room?.freeBytes ?? Number.MAX_SAFE_INTEGER,
    },
    freeBytes: around?.freeBytes ?? Number.MAX_SAFE_INTEGER,
    printers: await listPrinters(session.io.environment),
    isRandom: await isRandom(),
  };
}

/** Below this an older Linux has not gathered enough yet; a newer one says 256 from the start. */
const ENOUGH_ENTROPY = 256;

async function isRandom(): Promise<boolean> {
  const said = await readFile('/proc/sys/kernel/random/entropy_avail', 'utf8').catch(() => undefined);
  const isStarved = said !== undefined && Number(said) < ENOUGH_ENTROPY;
  return !isStarved;
}

const QUESTIONS: Readonly<
  Record<ConfirmedByPeople, (seen: Pick<PreflightInput, 'program' | 'clock'>) => string>
> = {
  program: ({ program }) => `Program: ${program}. Is that what stands on the printed script?`,
  clock: ({ clock }) => `Clock: ${clock}. Is that right?`,
  printer: () => 'Has the script been printed on the printer of the day?',
  camera: () =>
    'Has a card been photographed or scanned on the devices of the day, and read by check-card or the page?',
  media: () => 'Are sticks, paper, bags and a shredder laid out, with spares?',
};

async function askWhatOnlyPeopleSee(
  session: Session,
  { program }: Looked,
  given: Set<string>,
): Promise<ReadonlySet<string>> {
  if (!session.canAsk) return given;
  const prompter = await session.prompter('--confirm');
  for (const name of CONFIRMED_BY_PEOPLE) {
    if (
      !given.has(name) &&
      (await prompter.confirm(QUESTIONS[name]({ program, clock: clockOf(session) }), false))
    )
      given.add(name);
  }
  return given;
}

async function whoComes(
  session: Session,
  read: PlanOrProblem,
  given: string | undefined,
): Promise<readonly number[] | undefined> {
  if ('problem' in read) return undefined;
  const { cards } = read.plan;
  if (given !== undefined) {
    const numbers = cardNumbers(given, cards.length);
    if (typeof numbers === 'string')
      throw new EscrowError('usage', { reason: `--attending: ${numbers}`, command: 'ceremony preflight' });
    return numbers;
  }
  if (!session.canAsk) return undefined;
  const prompter = await session.prompter('--attending');
  for (const { card, trustee } of cards) tell(session, `card ${card}: ${trustee.name}`);
  return askForCardNumbers(prompter, 'Who has said that they come? The numbers of their cards, or all:', {
    count: cards.length,
    initial: 'all',
  });
}
