// What is said about the road of a card onto paper. What a script prints too stands in escrow/script-screen.ts.

import type { PrinterReach } from '../../adapters/printers.ts';
import type { SeenException } from '../../escrow/exceptions.ts';
import { FAR_PRINTER } from '../../escrow/preflight.ts';

/** What a run of the program makes cards for. */
export type CardsFor = 'new' | 'reissue' | 'rekey' | 'remake';

/** Whether papers of a run that was stopped open what is sealed: they give a key that is in force. */
const openAfterStop = (cards: CardsFor): boolean => cards === 'reissue' || cards === 'remake';

const REACHED: Readonly<Record<Exclude<PrinterReach, 'cable'>, string>> = {
  network: 'is on the network',
  file: 'prints into files',
  unknown: 'is reached in a way this program does not know',
};

export const SEALED_SHARE = (card: number, recipient: string, name: string, path: string): string =>
  `card ${card} also as a file sealed to ${recipient} (for ${name}): ${path}`;

export const PRINTING = {
  how: 'How do the cards come onto paper?',
  waysOffered: {
    printer: (name: string, reach: PrinterReach): string =>
      `printer ${name} (${reach}), from memory, one at a time`,
    files: 'as a file each, one at a time: written, printed, read back, deleted',
    hand: 'by hand: no printer, each trustee copies the rows from the screen',
  },
  farPrinter: (name: string, reach: Exclude<PrinterReach, 'cable'>): string =>
    `Printer ${name} ${REACHED[reach]}: ${FAR_PRINTER}. A printer on a cable is better, and so is copying by hand (--by-hand).`,
  useFar: 'Print the cards there all the same?',
  /** For the ledger, where no name may stand. */
  farException: (reach: PrinterReach): SeenException => ({
    what: `the printer of the cards is not on a cable (${reach}): ${FAR_PRINTER}`,
    fix: 'the program warned of it, and the lead went on',
  }),
  fromMemory:
    'Each card goes to the printer from memory, without a file of this program. CUPS keeps the file of a job in its spool folder, for a day unless it is told otherwise: "cupsctl PreserveJobFiles=No", before the first card, switches that off. Some printers keep it too: switch the printer off at the end.',
  oneFile:
    'Each card is a file only while it is printed. What the system keeps of it in its spool folder this program can neither see nor erase; on Windows that folder is on the disk.',
  onDisk: 'What is deleted from a disk can be restored, and from an SSD it cannot be erased at all.',
  isOnDisk: (folder: string): string =>
    `${folder} is on a disk, or the system does not say: deleted card files may be restored from a disk; a folder in the memory of this computer (on Linux in /dev/shm) is better`,
  leftoverIs:
    'There is a card of another run, which may be going on now or did not end, perhaps of another escrow. Yes destroys that card.',
  leftover: (path: string): string => `${path} is there already. Delete it?`,
  leftoverStays: (path: string): string =>
    `It stays. Whose card it is, holdfast check-card ${path} says; until that is known, name another folder with --cards.`,
  pressToPrint: (card: number): string => `Press Enter: card ${card} goes to the printer.`,
  sent: (printer: string): string =>
    `Sent to ${printer}. If nothing comes out, look after the printer first: a job that waits is printed later, too.`,
  notTaken: (printer: string, reason: string): string => `${printer} did not take the card: ${reason}`,
  mayPrint: (printer: string): string =>
    `${printer} gave no answer in time. It may print all the same: look at tray and queue before another try (lpstat -o ${printer}).`,
  takenBack: (job: string): string => `Job ${job} was taken out of the queue.`,
  notTakenBack: (job: string): string =>
    `Job ${job} could not be taken out of the queue: as a rule because it is printed. Look at tray and queue.`,
  afterNotTaken: 'What now?',
  tryAgain: 'try again',
  takeFile: 'print this card and those after it from files, one at a time',
  printFile: (path: string): string => `Print ${path}.`,
  deleted: (path: string): string => `${path} is deleted.`,
  onlyOne: (name: string): string => `From here on only ${name} looks at the paper and at this screen.`,
  onPaper: 'Press Enter when it is on paper.',
  again: 'it is misprinted: print it again',
  againException: (card: number): SeenException => ({
    what: `card ${card} was printed again`,
    fix: 'its trustee was told to destroy the misprint',
    who: `card ${card}`,
  }),
  notTakenException: (card: number, isUnknown: boolean, isFile: boolean): SeenException => ({
    what: isUnknown
      ? `the printer gave no answer about card ${card}, which may have come out all the same`
      : `the printer did not take card ${card}`,
    fix: isFile ? 'it and the cards after it were printed from files' : 'it was sent again',
  }),
  misprint: 'Destroy the misprint: it is as secret as the card.',
  stop: 'stop the ceremony and keep nothing',
  sureToStop: (cards: CardsFor): string =>
    openAfterStop(cards)
      ? 'Stop, and shred every paper made so far? Each opens like a good card.'
      : 'Stop, and no card of this ceremony is worth anything?',
  papersLeft: (cards: CardsFor): string =>
    openAfterStop(cards)
      ? 'Stopped. Each paper made so far opens like a good card, for the key in force is the same. Shred them here, now, misprints too, and count them.'
      : 'Stopped. The cards made so far open nothing. Shred them all the same, so that nobody takes one for a good one, and delete photos and scans of them.',
} as const;

export const BY_HAND = {
  intro:
    'No printer: each trustee alone copies the card from this screen onto a form (holdfast print blank-card), one row at a time, and types every row back from the paper.',
  comes: (name: string): string =>
    `Only ${name} comes to this screen, with a form and a pen. Everybody else stays seated.`,
  pressToShow: 'Press Enter: the card is shown.',
  head: (card: number, of: number, mark: string, setNumber: number): string =>
    `Card ${card} of ${of}, set ${setNumber}, ${mark}`,
  headHow: 'Write this on the form, in capitals, and say nothing aloud.',
  facts: (name: string, created: string, set: string, escrow: string): readonly string[] => [
    `For       ${name}`,
    `Made on   ${created}`,
    `Set       ${set}`,
    `Escrow    ${escrow}`,
  ],
  words: 'Six words, at the foot:',
  row: (row: number, of: number): string => `Row ${row} of ${of}`,
  rowHow: 'Six groups of four. There is no letter I, L, O or U: 1 and 0 are digits.',
  next: 'Press Enter when it is written down.',
  typeBack: 'Now every row is typed back from the paper.',
  again: 'it was copied wrongly: show it again',
  againException: (card: number): SeenException => ({
    what: `card ${card} was copied again from the screen`,
    fix: 'its trustee was told to strike out what was wrong, or to destroy the form',
    who: `card ${card}`,
  }),
  wrong: 'Strike out what is wrong on the form, or take a new one and destroy the old.',
} as const;
