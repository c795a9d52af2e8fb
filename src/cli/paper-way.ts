// Which way the cards come onto paper: by flag, or asked at a terminal. Decided before there is a key, while
// nothing is lost by a no: a printer that is far, a folder on a disk, a file of another run.

import { rm } from 'node:fs/promises';
import { exists, leftoversOf } from '../adapters/atomic-write.ts';
import { memoryFolder, roomAt } from '../adapters/memory-folder.ts';
import { listPrinters } from '../adapters/printers.ts';
import type { Printer } from '../adapters/printers.ts';
import { EscrowError } from '../core/errors.ts';
import { cardPath } from './card-output.ts';
import { shortPath, tell } from './dialogue.ts';
import { assertSecretPlace } from './secret-place.ts';
import { PRINTING } from './sentences/printing.ts';
import type { Session } from './session.ts';

export interface PaperOptions {
  /** Folder of the card files. */
  readonly cards?: string;
  /** A printer of CUPS. */
  readonly print?: string;
  readonly byHand?: boolean;
}

/** Where card files go. */
interface FilesWay {
  readonly kind: 'files';
  readonly out: string;
}

export interface PrinterWay {
  readonly kind: 'printer';
  readonly printer: Printer;
  /** Where files would go if the printer failed; asked for otherwise. */
  readonly out: string | undefined;
}

export type PaperWay = FilesWay | PrinterWay | { readonly kind: 'hand' };

/** What the ways need to know of a ceremony. */
interface Place {
  /** Of the escrow folder, in which no card file may lie. */
  readonly escrow: string;
  /** Numbers of the cards that are made. */
  readonly cards: readonly number[];
}

/** @throws {@link EscrowError} `usage`, `ceremony.needs-people`, `output.*`; `input.aborted` on a no. */
export async function choosePaperWay(
  session: Session,
  options: PaperOptions,
  place: Place,
): Promise<PaperWay> {
  const { cards: folder, print: printer, byHand } = options;
  if (byHand === true) {
    if (folder !== undefined || printer !== undefined)
      throw new EscrowError('usage', { reason: '--by-hand prints nothing: leave --cards and --print out' });
    assertPeople(session, '--by-hand');
    return { kind: 'hand' };
  }
  if (printer !== undefined) {
    assertPeople(session, '--print');
    const out = folder === undefined ? undefined : await cardFolder(session, folder, place);
    return assured(session, { kind: 'printer', printer: await printerNamed(session, printer), out });
  }
  if (folder !== undefined || !session.canAsk) return files(session, folder, place);
  return ask(session, place);
}

/** Cards that nobody takes are a heap on a tray. */
function assertPeople(session: Session, option: string): void {
  if (!session.canAsk) throw new EscrowError('ceremony.needs-people', { option });
}

async function files(session: Session, folder: string | undefined, place: Place): Promise<FilesWay> {
  return {
    kind: 'files',
    out: await cardFolder(session, folder ?? (await askForCardFolder(session)), place),
  };
}

async function ask(session: Session, place: Place): Promise<PaperWay> {
  const printers = (await listPrinters(session.io.environment)) ?? [];
  const prompter = await session.prompter('--cards');
  const near = printers.find(({ reach }) => reach === 'cable');
  const { waysOffered } = PRINTING;
  const choice = await prompter.choose(
    PRINTING.how,
    [
      ...printers.map(({ name, reach }) => ({
        name: waysOffered.printer(name, reach),
        value: `printer ${name}`,
      })),
      { name: waysOffered.files, value: 'files' },
      { name: waysOffered.hand, value: 'hand' },
    ],
    near ? `printer ${near.name}` : 'files',
  );
  if (choice === 'hand') return { kind: 'hand' };
  const printer = printers.find(({ name }) => choice === `printer ${name}`);
  return printer
    ? assured(session, { kind: 'printer', printer, out: undefined })
    : files(session, undefined, place);
}

async function printerNamed(session: Session, name: string): Promise<Printer> {
  const printers = await listPrinters(session.io.environment);
  const printer = printers?.find((known) => known.name === name);
  if (printer) return printer;
  const known = printers?.map((other) => other.name).join(', ');
  const others = known === undefined ? 'printers cannot be asked for here' : `known here: ${known || 'none'}`;
  throw new EscrowError('usage', { reason: `there is no printer ${name}; ${others}` });
}

/** As preflight warns of it; here somebody has to say yes. */
async function assured(session: Session, way: PrinterWay): Promise<PrinterWay> {
  const { name, reach } = way.printer;
  if (reach === 'cable') return way;
  tell(session, PRINTING.farPrinter(name, reach));
  const prompter = await session.prompter('--cards');
  if (!(await prompter.confirm(PRINTING.useFar, false))) throw new EscrowError('input.aborted', {});
  return way;
}

/** Cards that never touch a disk need no shredding: the folder offered is one in memory where there is one. */
export async function askForCardFolder(session: Session): Promise<string> {
  const prompter = await session.prompter('--cards');
  const memory = await memoryFolder();
  const initial = memory === undefined ? 'cards' : `${memory}/holdfast-cards`;
  return prompter.text('Folder for the card files, until they are printed:', { initial });
}

/** @returns its path, once card files may be written there. @throws {@link EscrowError} `output.*`. */
export async function cardFolder(session: Session, named: string, place: Place): Promise<string> {
  const out = session.path(named);
  await assertSecretPlace(session, 'card files', out, place.escrow);
  if ((await roomAt(out))?.isInMemory !== true) session.warn(PRINTING.isOnDisk(shortPath(session, out)));
  for (const card of place.cards) await makeWay(session, cardPath(out, card));
  return out;
}

/** A run that was killed leaves the file of one card; somebody else's card is nobody's to delete unasked. */
async function makeWay(session: Session, path: string): Promise<void> {
  for (const unfinished of await leftoversOf(path)) await rm(unfinished, { force: true });
  if (!(await exists(path))) return;
  if (!session.isForced) {
    const refusal = new EscrowError('output.exists', { path, canForce: true });
    if (!session.canAsk) throw refusal;
    const prompter = await session.prompter('--force');
    const shown = shortPath(session, path);
    tell(session, PRINTING.leftoverIs);
    if (!(await prompter.confirm(PRINTING.leftover(shown), false))) {
      tell(session, PRINTING.leftoverStays(shown));
      throw refusal;
    }
  }
  await rm(path, { force: true });
}
