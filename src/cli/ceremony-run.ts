// What every ceremony has in common, whatever key and set it makes: cards are printed, checked by subsets,
// opened by what was printed and read back; only then does what was made become true, in one piece. Until
// that moment a stop or a kill leaves cards that are worth nothing.

import { rmdir } from 'node:fs/promises';
import { exists } from '../adapters/atomic-write.ts';
import { loadCardPress } from '../adapters/card-press.ts';
import type { CardPress } from '../adapters/card-press.ts';
import { guard, inOnePiece } from '../adapters/interrupt.ts';
import { memoryFolder } from '../adapters/memory-folder.ts';
import { wipe } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { counted } from '../core/counted.ts';
import { isEscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { quorumSubsets } from '../core/share/policy.ts';
import { checkSubsets, openTestPackage, wipeCeremony } from '../escrow/ceremony.ts';
import type { Ceremony, LockPassphrases } from '../escrow/ceremony.ts';
import { openCards } from '../escrow/card-locks.ts';
import type { Plan } from '../escrow/plan.ts';
import type { CeremonyMinutes } from '../escrow/exceptions.ts';
import { choosePassphrases } from './card-passphrases.ts';
import type { PassphraseOptions } from './card-passphrases.ts';
import { printCards, removeCards } from './card-output.ts';
import type { PrintedCard } from './card-output.ts';
import { readBackAll } from './card-read-back.ts';
import type { ReadBackResult } from './card-read-back.ts';
import type { CeremonyGuide } from './ceremony-guide.ts';
import { heading, shortPath, tell } from './dialogue.ts';
import { withRecipients } from './encrypt-to.ts';
import { assertAgreed, assertPrintable, warnOfPlan } from './plan-agreed.ts';
import { readPlan } from './plan-input.ts';
import { writeSealedShares } from './sealed-shares.ts';
import type { SealedShares } from './sealed-shares.ts';
import { assertSecretPlace } from './secret-place.ts';
import type { Session } from './session.ts';

/** What a ceremony is told on the command line. */
export interface CeremonyOptions extends PassphraseOptions {
  readonly plan?: string;
  readonly cards?: string;
  readonly sealer?: readonly string[];
  readonly agreed?: string;
  /** `N=age1…`: beside what the plan says. */
  readonly encryptTo?: readonly string[];
  /** Of a first ceremony: by the full script. */
  readonly full?: boolean;
}

/** What is decided before a key is in memory. */
export interface CeremonySetting {
  readonly plan: Plan;
  /** Folder of the card files. */
  readonly out: string;
  readonly press: CardPress;
  readonly options: PassphraseOptions;
}

/** A ceremony whose cards are as good as they will get. */
export interface HeldCeremony {
  readonly ceremony: Ceremony;
  readonly plan: Plan;
  /** Cards that were read back. */
  readonly proven: readonly number[];
  readonly created: Date;
  /** Of a guided ceremony. */
  readonly minutes?: CeremonyMinutes;
}

/** What one kind of ceremony does in its own way. */
interface CeremonySteps {
  /** Leads people through it by the script. */
  readonly guide?: CeremonyGuide;
  /** Makes key and set in memory. What it begins it undoes itself when it fails. */
  begin(created: Date, passphrases: LockPassphrases): Promise<Ceremony>;
  /**
   * Makes what was held true: folder, register, pins. Never stopped in the middle.
   *
   * @param whenTrue - To be called when the cards are good for something: from then on they stay, whatever comes.
   */
  settle(held: HeldCeremony, whenTrue: () => void): Promise<void>;
}

/** How it ended, for the last lines. */
export interface CeremonyEnd {
  readonly charter: Charter;
  readonly words: readonly string[];
  readonly unproven: readonly number[];
  /** Whether card files are still there. */
  readonly areFilesLeft: boolean;
}

/**
 * Asks for what a ceremony needs, and refuses what could be refused later, when there is something to lose.
 *
 * @param path - Of the escrow folder, in which no card file may lie.
 */
export async function prepareCeremony(
  session: Session,
  path: string,
  options: CeremonyOptions,
): Promise<CeremonySetting> {
  const plan = withRecipients(await readPlan(session, options.plan), options.encryptTo);
  await assertAgreed(session, plan, options.agreed);
  warnOfPlan(session, plan);
  const out = session.path(options.cards ?? (await askForCardFolder(session)));
  await assertSecretPlace(session, 'card files', out, path);
  const press = await loadCardPress(plan.paper);
  assertPrintable(press, plan);
  return { plan, out, press, options };
}

/** Cards that never touch a disk need no shredding: the folder offered is one in memory where there is one. */
export async function askForCardFolder(session: Session): Promise<string> {
  const prompter = await session.prompter('--cards');
  const memory = await memoryFolder();
  const initial = memory === undefined ? 'cards' : `${memory}/holdfast-cards`;
  return prompter.text('Folder for the card files, until they are printed:', { initial });
}

/** Holds it from the key in memory to what is true. @throws whatever ended it; nothing of it counts then. */
export async function holdCeremony(
  session: Session,
  { plan, out, press, options }: CeremonySetting,
  steps: CeremonySteps,
): Promise<CeremonyEnd> {
  const crypto = await session.crypto();
  const { guide } = steps;
  await guide?.beforeKey();
  const passphrases = await choosePassphrases(session, plan, options);
  const created = session.io.now();
  const ceremony = await steps.begin(created, passphrases);
  const wipeAll = (): void => {
    wipeCeremony(ceremony);
    wipe(...passphrases.values());
  };
  const stop = guard(wipeAll);
  let cards: readonly PrintedCard[] = [];
  let sealed: SealedShares | undefined;
  const outcome = { isDone: false };
  const removeOut = await removerOf(out);
  const keepOut = guard(removeOut);
  try {
    const checked = await checkAll(crypto, ceremony, passphrases);
    session.say(`the key is split; ${counted(checked, 'quorum')} checked: each gives it back`);
    cards = await printCards(session, ceremony, plan, press, out);
    sealed = await writeSealedShares(session, ceremony, out);
    await openWithPrinted(session, ceremony, cards, passphrases);
    await guide?.words(ceremony.words);
    guide?.cards();
    const readBack = session.canAsk ? await readBackAll(session, ceremony, cards) : undefined;
    const proven = readBack?.proven ?? [];
    await guide?.afterCards(ceremony, passphrases);
    // What goes otherwise from here on can no longer be signed.
    guide?.close();
    const minutes = guide && { minutes: guide.minutes };
    await inOnePiece(async () => {
      await steps.settle({ ceremony, plan, proven, created, ...minutes }, () => {
        outcome.isDone = true;
        for (const { release } of cards) release();
        sealed?.keep();
        keepOut();
      });
    });
    wipeCeremony(ceremony);
    const areFilesLeft = !readBack || !(await cleanUp(session, { out, cards, readBack, removeOut }));
    const { charter, words } = ceremony;
    const unproven = charter.cards.map(({ card }) => card).filter((card) => !proven.includes(card));
    return { charter, words, unproven, areFilesLeft };
  } finally {
    if (!outcome.isDone) {
      await removeCards(cards);
      await sealed?.discard();
      await removeOut();
    }
    keepOut();
    wipeAll();
    stop();
  }
}

/** Every quorum, from what stands on the cards. */
async function checkAll(
  crypto: CryptoPort,
  ceremony: Ceremony,
  passphrases: LockPassphrases,
): Promise<number> {
  const opened = await openCards(crypto, ceremony, passphrases);
  try {
    return checkSubsets(crypto, ceremony, opened);
  } finally {
    wipe(...opened.map(({ value }) => value));
  }
}

/** What removes the folder of the card files again, when this ceremony makes it and nothing else is in it. */
async function removerOf(out: string): Promise<() => Promise<void>> {
  const isOurs = !(await exists(out));
  return async () => {
    if (isOurs) await rmdir(out).catch(() => undefined);
  };
}

interface Leftovers {
  readonly out: string;
  readonly cards: readonly PrintedCard[];
  readonly readBack: ReadBackResult;
  readonly removeOut: () => Promise<void>;
}

/** After the last card: what still shows cards is removed or named. @returns whether the card files are gone. */
async function cleanUp(session: Session, { out, cards, readBack, removeOut }: Leftovers): Promise<boolean> {
  heading(session, 'Every card was read back from paper.');
  if (readBack.pictures.length > 0) {
    tell(session, 'These pictures show cards. Delete them, and on the phone or scanner too:');
    for (const picture of readBack.pictures) tell(session, picture);
  }
  const folder = shortPath(session, out);
  const prompter = await session.prompter('--no-input');
  const isWanted = await prompter.confirm(`Delete the card files in ${folder} now?`, true).catch(keepOnCtrlC);
  if (isWanted) {
    await removeCards(cards);
    await removeOut();
  }
  session.io.stderr('\n');
  return isWanted;
}

/** Ctrl-C at the last question cannot undo a ceremony that is done; the files stay, and the result says so. */
function keepOnCtrlC(error: unknown): boolean {
  if (isEscrowError(error, 'input.aborted')) return false;
  throw error;
}

/** A sealed test package, opened by records that were read from the printed pages. */
async function openWithPrinted(
  session: Session,
  ceremony: Ceremony,
  cards: readonly PrintedCard[],
  passphrases: LockPassphrases,
): Promise<void> {
  const crypto = await session.crypto();
  const [quorum] = quorumSubsets(crypto, ceremony.charter.policy, { limit: 1 });
  const records = cards
    .filter(({ card }) => quorum?.includes(card) === true)
    .map(({ card, record }) => ({ card, record }));
  await openTestPackage(crypto, ceremony, records, passphrases);
  wipe(...cards.map(({ record }) => record));
  session.say(`a test package was sealed, and opened by cards ${quorum?.join(', ') ?? ''} as printed`);
}

/** What is still to be done about the cards and their files, a line each. */
export function cardLines(
  session: Session,
  { out }: CeremonySetting,
  { unproven, areFilesLeft }: CeremonyEnd,
): string[] {
  const folder = shortPath(session, out);
  if (unproven.length > 0) {
    return [
      `  the key is erased; cards ${unproven.join(', ')} count as unproven until each was read back from paper`,
      `  print and hand out ${folder}, then delete the files there`,
    ];
  }
  return [
    '  every card was read back from paper; the key is erased',
    ...(areFilesLeft ? [`  the card files are still in ${folder}: delete them`] : []),
  ];
}
