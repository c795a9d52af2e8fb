// What every ceremony has in common, whatever key and set it makes: cards are printed, checked by subsets,
// opened by what was printed and read back; only then does what was made become true, in one piece. Until
// that moment a stop or a kill leaves cards that are worth nothing, where the key was new. The papers of a reissue
// give the key in force: whoever stops is told to shred them.

import { loadCardPress } from '../adapters/card-press.ts';
import type { CardPress } from '../adapters/card-press.ts';
import { guard, inOnePiece } from '../adapters/interrupt.ts';
import { wipe } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { quorumSubsets } from '../core/share/policy.ts';
import { checkSubsets, openTestPackage, wipeCeremony } from '../escrow/ceremony.ts';
import type { Ceremony, LockPassphrases } from '../escrow/ceremony.ts';
import { openCards } from '../escrow/card-locks.ts';
import type { Plan } from '../escrow/plan.ts';
import type { CeremonyMinutes, SeenException } from '../escrow/exceptions.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import { drawCards, forgetCards, writeCardFiles } from './card-output.ts';
import type { CardBatch, CardFiles, DrawnCard } from './card-output.ts';
import { cardPaper } from './card-paper.ts';
import { choosePassphrases } from './card-passphrases.ts';
import type { PassphraseOptions } from './card-passphrases.ts';
import { readBackAll } from './card-read-back.ts';
import type { ReadBackResult } from './card-read-back.ts';
import type { CeremonyGuide } from './ceremony-guide.ts';
import { heading, shortPath, tell } from './dialogue.ts';
import { withRecipients } from './encrypt-to.ts';
import { assertAgreed, assertPrintable, warnOfPlan } from './plan-agreed.ts';
import { askForCardFolder, cardFolder, choosePaperWay } from './paper-way.ts';
import type { PaperOptions, PaperWay } from './paper-way.ts';
import { readPlan } from './plan-input.ts';
import { assertSharesPlace, sharesFolder, writeSealedShares } from './sealed-shares.ts';
import type { SealedShares } from './sealed-shares.ts';
import type { CardsFor } from './sentences/printing.ts';
import type { Session } from './session.ts';
import { stoppedPapers } from './stopped-papers.ts';
import type { StoppedPapers } from './stopped-papers.ts';

/** What a ceremony is told on the command line. */
export interface CeremonyOptions extends PaperOptions, PassphraseOptions {
  readonly plan?: string;
  readonly sealer?: readonly string[];
  readonly agreed?: string;
  /** `N=age1…`: beside what the plan says. */
  readonly encryptTo?: readonly string[];
  /** By the full script. */
  readonly full?: boolean;
}

/** What is decided before a key is in memory. */
export interface CeremonySetting {
  readonly plan: Plan;
  /** Path of the escrow folder. */
  readonly path: string;
  readonly way: PaperWay;
  /** Undefined where cards are copied by hand. */
  readonly press: CardPress | undefined;
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
  readonly kind: CardsFor;
  /** Leads people through it by the script. */
  readonly guide?: CeremonyGuide;
  /**
   * Makes key and set in memory. What it begins it undoes itself when it fails.
   *
   * @param passphrases - For the cards that are to be locked.
   * @param rolls - Dice for a new key.
   */
  begin(created: Date, passphrases: LockPassphrases, rolls: string | undefined): Promise<Ceremony>;
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
  /** What is still to be handed over besides cards, a line each. */
  readonly handOver: readonly string[];
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
  // Somebody who reads "full" afterwards would believe that it was led by people.
  if (options.full === true && !session.canAsk)
    throw new EscrowError('ceremony.needs-people', { option: '--full' });
  const plan = withRecipients(await readPlan(session, options.plan), options.encryptTo);
  await assertAgreed(session, plan, options.agreed);
  warnOfPlan(session, plan);
  const cards = plan.cards.map(({ card }) => card);
  const way = await choosePaperWay(session, options, { escrow: path, cards });
  const sealed = plan.cards.filter(({ trustee }) => trustee.encryptTo !== undefined);
  const place = { out: sharesFolder(session, way), escrow: path };
  await assertSharesPlace(
    session,
    place,
    sealed.map(({ card }) => card),
  );
  // The one-file program of a kit has no fonts; whoever copies by hand needs none.
  const press = way.kind === 'hand' ? undefined : await loadCardPress(plan.paper);
  if (press) assertPrintable(press, plan);
  return { plan, path, way, press, options };
}

/** Holds it from the key in memory to what is true. @throws whatever ended it; nothing of it counts then. */
export async function holdCeremony(
  session: Session,
  setting: CeremonySetting,
  steps: CeremonySteps,
): Promise<CeremonyEnd> {
  const { plan, way, press, options } = setting;
  const crypto = await session.crypto();
  const { guide, kind } = steps;
  await guide?.beforeKey();
  const passphrases = await choosePassphrases(session, plan, options);
  const created = session.io.now();
  const forget = (): void => {
    wipe(...passphrases.values());
  };
  const ceremony = await steps.begin(created, passphrases, guide?.rolls).catch((error: unknown) => {
    forget();
    throw error;
  });
  const wipeAll = (): void => {
    wipeCeremony(ceremony);
    forget();
  };
  const stop = guard(wipeAll);
  let drawn: readonly DrawnCard[] = [];
  let files: CardFiles | undefined;
  let sealed: SealedShares | undefined;
  const outcome = { isDone: false };
  const papers = stoppedPapers(session, kind);
  try {
    const checked = await checkAll(crypto, ceremony, passphrases);
    session.say(SCREEN.key(checked));
    drawn = await drawCards(session, ceremony, plan, press);
    sealed = await writeSealedShares(session, ceremony, sharesFolder(session, way));
    await openWithDrawn(session, ceremony, drawn, passphrases);
    await guide?.words(ceremony.words);
    guide?.cards(way);
    const readBack = session.canAsk
      ? await readBackCards(session, { ...setting, kind, papers, guide }, ceremony, drawn)
      : undefined;
    if (!readBack && way.kind === 'files') files = await writeCardFiles(session, drawn, way.out);
    const proven = readBack?.proven ?? [];
    await guide?.afterCards(ceremony, passphrases);
    // What goes otherwise from here on can no longer be signed.
    guide?.close();
    const minutes = guide && { minutes: guide.minutes };
    await inOnePiece(async () => {
      await steps.settle({ ceremony, plan, proven, created, ...minutes }, () => {
        outcome.isDone = true;
        papers.keep();
        files?.keep();
        sealed?.keep();
      });
    });
    const { charter, words } = ceremony;
    const unproven = charter.cards.map(({ card }) => card).filter((card) => !proven.includes(card));
    return { charter, words, unproven, handOver: sealed?.told ?? [] };
  } finally {
    if (!outcome.isDone) {
      papers.tell();
      await files?.remove();
      await sealed?.discard();
    }
    forgetCards(drawn);
    wipeAll();
    stop();
  }
}

interface ReadBackSetting extends Pick<CeremonySetting, 'way' | 'path'> {
  readonly kind: CardsFor;
  readonly papers: StoppedPapers;
  /** Keeps exceptions; without one there is no place for them. */
  readonly guide?: CeremonyGuide | undefined;
}

/** One card after the other: printed or copied, taken, read back. */
export async function readBackCards(
  session: Session,
  { way, path, kind, papers, guide }: ReadBackSetting,
  batch: CardBatch,
  drawn: readonly DrawnCard[],
): Promise<ReadBackResult> {
  const place = { escrow: path, cards: drawn.map(({ card }) => card) };
  const folder = async (): Promise<string> =>
    way.kind === 'printer' && way.out !== undefined
      ? way.out
      : cardFolder(session, await askForCardFolder(session), place);
  const note = (exception: SeenException): void => guide?.note(exception);
  const paper = await cardPaper(session, await session.prompter('--no-input'), { way, batch, folder, note });
  papers.begin();
  const readBack = await readBackAll(session, batch, drawn, { paper, kind, note });
  tellPictures(session, readBack);
  return readBack;
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

/** After the last card: pictures that were named still show cards. */
function tellPictures(session: Session, { pictures }: ReadBackResult): void {
  heading(session, 'Every card was read back from paper.');
  if (pictures.length > 0) {
    tell(session, 'These pictures show cards. Delete them, and on the phone or scanner too:');
    for (const picture of pictures) tell(session, picture);
  }
  session.io.stderr('\n');
}

/** A sealed test package, opened by records that were read from the pages as drawn. */
async function openWithDrawn(
  session: Session,
  ceremony: Ceremony,
  cards: readonly DrawnCard[],
  passphrases: LockPassphrases,
): Promise<void> {
  const crypto = await session.crypto();
  const [quorum] = quorumSubsets(crypto, ceremony.charter.policy, { limit: 1 });
  const records = cards
    .filter(({ card }) => quorum?.includes(card) === true)
    .map(({ card, record }) => ({ card, record }));
  await openTestPackage(crypto, ceremony, records, passphrases);
  wipe(...cards.map(({ record }) => record));
  session.say(`a test package was sealed, and opened by cards ${quorum?.join(', ') ?? ''} as drawn`);
}

/** What is still to be done about the cards and their files, a line each. */
export function cardLines(
  session: Session,
  { way }: CeremonySetting,
  { unproven, handOver }: CeremonyEnd,
): string[] {
  const files = handOver.map((line) => `  ${line}`);
  if (unproven.length === 0) return [`  ${SCREEN.erased}`, ...files];
  return [
    ...files,
    `  the key is erased; cards ${unproven.join(', ')} count as unproven until each was read back from paper`,
    ...(way.kind === 'files'
      ? [`  print and hand out ${shortPath(session, way.out)}, then delete the files there`]
      : []),
  ];
}
