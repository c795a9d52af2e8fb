// The plan of a ceremony: from a file, or asked for at the terminal, name by name.

import { readBounded } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { decodeUtf8 } from '../core/bytes.ts';
import { isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { decodePlan } from '../escrow/plan.ts';
import type { PlanFields } from '../escrow/plan-file.ts';
import { folded } from '../escrow/plan-names.ts';
import type { PaperSize, Plan, Trustee } from '../escrow/plan.ts';
import { decline, heading, tell } from './dialogue.ts';
import { PAPER_NAMES, planLines } from './plan-summary.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

/** Says why a name cannot stand on a card. */
type NameCheck = (name: string) => Promise<string | undefined>;

/** What was answered, in the fields of a plan file. */
type Answers = PlanFields;

/** What a plan file may say beyond what a ceremony cannot do without. */
export interface FurtherQuestions {
  /** After the name of each trustee. */
  readonly trustee: (
    prompter: Prompter,
    card: number,
    before: Trustee | undefined,
  ) => Promise<Omit<Trustee, 'name'>>;
  /** When all trustees are named: which of them want what few have. @returns the trustees with it. */
  readonly cards: (
    session: Session,
    prompter: Prompter,
    trustees: readonly Trustee[],
    before: readonly Trustee[],
  ) => Promise<readonly Trustee[]>;
  /** In the end: who does what at the ceremony. */
  readonly roles: (
    prompter: Prompter,
    before: Answers | undefined,
  ) => Promise<Pick<Answers, 'lead' | 'witness'>>;
}

export async function readPlan(session: Session, named: string | undefined): Promise<Plan> {
  if (named !== undefined)
    return decodePlan(decodeUtf8(await readBounded(session.path(named), LIMITS.planBytes)));
  const prompter = await session.prompter('--plan');
  heading(session, 'The plan: who holds a card, and how many together open it');
  tell(session, 'Groups of trustees, contacts and places go into a plan file instead (--plan).');
  return (await agreeOnPlan(session, prompter)).plan;
}

/** Asks until the answers are a plan, and the people say that it is theirs. */
export async function agreeOnPlan(
  session: Session,
  prompter: Prompter,
  questions?: FurtherQuestions,
): Promise<{ readonly plan: Plan; readonly fields: PlanFields }> {
  const checkName = nameCheck();
  for (let before: Answers | undefined; ;) {
    before = await askForPlan(session, prompter, { checkName, questions }, before);
    const plan = planOf(session, before);
    if (!plan) continue;
    describePlan(session, plan);
    // What was answered stands there again the next time, so that one slip is one correction.
    if (await prompter.confirm('Is this what was agreed?', true)) return { plan, fields: before };
  }
}

function planOf(session: Session, answers: Answers): Plan | undefined {
  try {
    return decodePlan(JSON.stringify(answers));
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    decline(session, reportOf(error).message);
    return undefined;
  }
}

function describePlan(session: Session, plan: Plan): void {
  const [opens = '', ...people] = planLines(plan);
  heading(session, opens);
  for (const line of people) session.io.stderr(`${line}\n`);
}

/** The fonts say which names can be printed; they load while the first questions are answered. */
function nameCheck(): NameCheck {
  const loaded = Promise.all([import('../adapters/fonts.ts'), import('../paper/card.ts')]).then(
    async ([{ loadFonts }, { assertPrintable }]) => ({ fonts: await loadFonts(), assertPrintable }),
  );
  // Told when a name is checked; until then nobody waits for it.
  loaded.catch(() => undefined);
  return async (name) => {
    const { fonts, assertPrintable } = await loaded;
    try {
      assertPrintable(fonts, name, 'holder', 'the name');
      return undefined;
    } catch (error) {
      if (isEscrowError(error)) return reportOf(error).message;
      throw error;
    }
  };
}

const atLeast =
  (least: number, most: number) =>
  (answer: string): string | undefined => {
    const number = Number(answer);
    return Number.isInteger(number) && number >= least && number <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
  };

/** Group policies have more to decide than questions can hold: they are written as a plan file. */
async function askForPlan(
  session: Session,
  prompter: Prompter,
  { checkName, questions }: { checkName: NameCheck; questions: FurtherQuestions | undefined },
  before?: Answers,
): Promise<Answers> {
  const organisation = await prompter.text('Organisation (for your register; not on the cards):', {
    check: notEmpty,
    ...initially(before?.organisation),
  });
  const count = Number(
    await prompter.text('How many trustees get a card?', {
      initial: String(before?.trustees.length ?? 5),
      check: atLeast(2, LIMITS.cards),
    }),
  );
  const threshold = Number(
    await prompter.text('How many of them must come together?', {
      initial: String(Math.min(before?.threshold ?? 3, count)),
      check: atLeast(2, count),
    }),
  );
  const trustees: Trustee[] = [];
  for (let card = 1; card <= count; card += 1) {
    const isTaken = (answer: string): boolean =>
      trustees.some((other) => folded(other.name) === folded(answer));
    const name = await prompter.text(`Name on card ${card}:`, {
      check: (answer) => {
        if (isTaken(answer)) return 'that name is taken; write it so that they differ';
        return notEmpty(answer) ?? checkName(answer.trim());
      },
      ...initially(before?.trustees[card - 1]?.name),
    });
    const more = await questions?.trustee(prompter, card, before?.trustees[card - 1]);
    trustees.push({ name: name.trim(), ...more });
  }
  const asked = await questions?.cards(session, prompter, trustees, before?.trustees ?? []);
  const paper = await prompter.choose<PaperSize>(
    'Paper:',
    [
      { name: PAPER_NAMES.a4, value: 'a4' },
      { name: PAPER_NAMES.letter, value: 'letter' },
    ],
    before?.paper,
  );
  const roles = await questions?.roles(prompter, before);
  return { organisation, threshold, trustees: asked ?? trustees, paper, ...roles };
}

const initially = (initial: string | undefined): { initial?: string } =>
  initial === undefined ? {} : { initial };

const notEmpty = (answer: string): string | undefined =>
  answer.trim() === '' ? 'please write something' : undefined;
