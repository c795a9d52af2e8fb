// holdfast print: the papers around the cards, as PDF. None holds a secret or a code of a card.

import { writeFileAtomic } from '../../adapters/atomic-write.ts';
import { printEmergencySheet, printSheet } from '../../adapters/sheet-press.ts';
import type { Bytes } from '../../core/bytes.ts';
import { capital } from '../../core/capital.ts';
import { EscrowError } from '../../core/errors.ts';
import { openChanges } from '../../escrow/custody.ts';
import type { Paper } from '../../paper/measures.ts';
import type { SheetContent } from '../../paper/sheet.ts';
import { acknowledgements } from '../../paper/sheets/acknowledgement.ts';
import { BLANK_CARD } from '../../paper/sheets/blank-card.ts';
import { contactSheet } from '../../paper/sheets/contact-sheet.ts';
import { envelopes } from '../../paper/sheets/envelopes.ts';
import type { SheetCard } from '../../paper/sheets/facts.ts';
import { letters } from '../../paper/sheets/letters.ts';
import { registerPages } from '../../paper/sheets/register-page.ts';
import { cardOf } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { printScript } from '../script-print.ts';
import { paperNamed } from '../paper-option.ts';
import type { Session } from '../session.ts';
import { cardsCounted, emergencyFacts, gatherSheets, type Gathered } from '../sheet-facts.ts';

export interface PrintOptions {
  readonly out?: string;
  readonly plan?: string;
  readonly full?: boolean;
  readonly paper?: string;
  readonly card?: number;
}

interface Kind {
  /** What it takes besides --out; anything else is refused, or somebody would believe it was heeded. */
  readonly takes: readonly (keyof PrintOptions)[];
  print(session: Session, dir: string, options: PrintOptions, what: string): Promise<number>;
}

/** A sheet of the house, made of what was gathered. */
const sheet = (
  takes: Kind['takes'],
  contentOf: (found: Gathered, options: PrintOptions) => SheetContent,
): Kind => ({
  takes: ['paper', ...takes],
  async print(session, dir, options, what) {
    const target = targetOf(options);
    const content = contentOf(await gatherSheets(session, dir), options);
    return write(session, what, target, await printSheet(content, target.paper));
  },
});

const KINDS: Readonly<Record<string, Kind>> = {
  acknowledgement: sheet(['card'], (found, options) =>
    acknowledgements(found.facts, cardsNamed(found, found.cards, options)),
  ),
  'contact-sheet': sheet([], ({ facts }) => contactSheet(facts)),
  'envelope-sheet': sheet(['card'], (found, options) =>
    envelopes(found.facts, cardsNamed(found, found.cards, options).length),
  ),
  letters: sheet(['card'], (found, options) =>
    letters(found.facts, cardsNamed(found, cardsCounted(found), options)),
  ),
  'emergency-sheet': { takes: ['paper'], print: emergency },
  register: sheet([], registerContent),
};

export async function print(
  session: Session,
  what: string,
  dir: string | undefined,
  options: PrintOptions,
): Promise<number> {
  if (what === 'script') {
    assertTaken(what, ['plan', 'full'], options);
    return printScript(session, dir, options);
  }
  if (what === 'blank-card') {
    assertTaken(what, ['paper'], options);
    if (dir !== undefined)
      throw usage('print blank-card takes no escrow folder: the form is the same for all');
    const target = targetOf(options);
    return write(session, what, target, await printSheet(BLANK_CARD, target.paper));
  }
  const kind = Object.hasOwn(KINDS, what) ? KINDS[what] : undefined;
  if (!kind)
    throw usage(
      `"${what}" is nothing that can be printed: script, blank-card, ${Object.keys(KINDS).join(', ')}`,
    );
  if (dir === undefined) throw usage(`print ${what} needs the escrow folder`);
  assertTaken(what, kind.takes, options);
  return kind.print(session, dir, options, what);
}

function assertTaken(what: string, takes: Kind['takes'], options: PrintOptions): void {
  for (const name of ['plan', 'full', 'paper', 'card'] as const)
    if (options[name] !== undefined && !takes.includes(name)) throw usage(`print ${what} takes no --${name}`);
}

const usage = (reason: string): EscrowError => new EscrowError('usage', { reason, command: 'print' });

function cardsNamed(
  { register }: Gathered,
  cards: readonly SheetCard[],
  { card }: PrintOptions,
): readonly SheetCard[] {
  if (card !== undefined) cardOf(register, card, 'print');
  const chosen = card === undefined ? cards : cards.filter((entry) => entry.card === card);
  if (chosen.length === 0)
    throw usage(
      card === undefined ? 'no card can be counted on' : `card ${card} is not in its holder's hands`,
    );
  return chosen;
}

function registerContent({ facts, cards, register, margin }: Gathered): SheetContent {
  const changes = openChanges(register).map(
    ({ card, change, time }) => `Card ${card}, its holder: ${change}, told on ${time.slice(0, 10)}`,
  );
  return registerPages(facts, cards, { margin: capital(margin.sentence), changes });
}

async function emergency(
  session: Session,
  dir: string,
  options: PrintOptions,
  what: string,
): Promise<number> {
  const target = targetOf(options);
  const facts = emergencyFacts(await gatherSheets(session, dir));
  return write(session, what, target, await printEmergencySheet(facts, target.paper));
}

interface Target {
  readonly out: string;
  readonly paper: Paper;
}

/** What was asked wrongly is said before anything is read. */
function targetOf({ out, paper }: PrintOptions): Target {
  if (out === undefined) throw usage('--out is needed: the PDF to write');
  return { out, paper: paperNamed(paper) };
}

async function write(
  session: Session,
  what: string,
  { out }: Target,
  { pdf, pages }: { readonly pdf: Bytes; readonly pages: number },
): Promise<number> {
  // Names of people stand in most of them: for this user only.
  await writeFileAtomic(session.path(out), pdf, { overwrite: session.isForced });
  await session.result(
    { type: 'print', what, file: out, pages },
    `${out}: ${pages === 1 ? '1 page' : `${pages} pages`}. There is no secret in it.`,
  );
  return ExitCode.Ok;
}
