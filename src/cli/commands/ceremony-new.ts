// holdfast ceremony new: the first ceremony of an escrow. The key lives in memory from the moment it is
// made until every card was read back; what remains is paper, a charter and the pins of this machine.
// A run that is killed leaves an escrow that does not exist and cards that open nothing.

import { counted } from '../../core/counted.ts';
import { readdir, rmdir } from 'node:fs/promises';
import { STAGED_PREFIX, exists, makeFolder } from '../../adapters/atomic-write.ts';
import { loadCardPress } from '../../adapters/card-press.ts';
import type { CardPress } from '../../adapters/card-press.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { guard, inOnePiece } from '../../adapters/interrupt.ts';
import { LOCK_NAME, withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import { beginCeremony, checkSubsets, openTestPackage, wipeCeremony } from '../../escrow/ceremony.ts';
import type { Ceremony } from '../../escrow/ceremony.ts';
import type { Plan } from '../../escrow/plan.ts';
import { markName } from '../../escrow/card-verdict.ts';
import { formatTime } from '../../escrow/seal.ts';
import { newEscrowId } from '../../escrow/trust.ts';
import { setMark } from '../../core/share/set.ts';
import { quorumSubsets } from '../../core/share/policy.ts';
import { printCards, removeCards } from '../card-output.ts';
import type { PrintedCard } from '../card-output.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertAgreed, assertPrintable, warnOfPlan } from '../plan-agreed.ts';
import { readPlan } from '../plan-input.ts';
import { readBackAll } from '../card-read-back.ts';
import type { ReadBackResult } from '../card-read-back.ts';
import { heading, shortPath, tell } from '../dialogue.ts';
import { sealerKeys } from '../sealer-keys.ts';
import { assertSecretPlace } from '../secret-place.ts';
import type { Session } from '../session.ts';
import { establish } from '../establish.ts';

interface CeremonyOptions {
  readonly plan?: string;
  readonly cards?: string;
  readonly sealer?: readonly string[];
  readonly agreed?: string;
}

const FIRST_SET = 1;

export async function ceremonyNew(session: Session, dir: string, options: CeremonyOptions): Promise<number> {
  const path = session.path(dir);
  const isNew = await assertFree(path, dir);
  const plan = await readPlan(session, options.plan);
  await assertAgreed(session, plan, options.agreed);
  warnOfPlan(session, plan);
  const out = session.path(options.cards ?? (await askForCardFolder(session)));
  await assertSecretPlace(session, 'card files', out, path);
  const press = await loadCardPress(plan.paper);
  // Names that cannot be printed are refused before there is anything to lose.
  assertPrintable(press, plan);
  const sealers = await sealerKeys(session, options.sealer);
  // Taken back when it is empty in the end, the lock gone from it too.
  const release = guard(() => removeIfEmpty(path, isNew));
  try {
    await makeFolder(path, 0o755);
    return await withLock(path, async () => {
      // Asked again now that nobody else can: questions take minutes, in which another ceremony may be held.
      await assertFree(path, dir);
      return holdOrUndo(session, { path, dir, out, plan, press, sealers });
    });
  } finally {
    await removeIfEmpty(path, isNew);
    release();
  }
}

async function removeIfEmpty(path: string, isOurs: boolean): Promise<void> {
  if (isOurs) await rmdir(path).catch(() => undefined);
}

/** What fails leaves the folder as it was: not there, or empty. */
async function holdOrUndo(session: Session, setting: Setting): Promise<number> {
  const folder = new EscrowFolder(setting.path);
  const outcome = { isHeld: false };
  const release = guard(() => folder.removeFounding());
  try {
    return await hold(session, setting, () => {
      outcome.isHeld = true;
      release();
    });
  } catch (error) {
    // Once there are true cards, nothing takes their charter away again.
    if (!outcome.isHeld) await folder.removeFounding();
    throw error;
  } finally {
    release();
  }
}

/** Cards that never touch a disk need no shredding: the folder offered is one in memory where there is one. */
async function askForCardFolder(session: Session): Promise<string> {
  const prompter = await session.prompter('--cards');
  const memory = '/dev/shm';
  const initial = (await exists(memory)) ? `${memory}/holdfast-cards` : 'cards';
  return prompter.text('Folder for the card files, until they are printed:', { initial });
}

interface Setting {
  readonly path: string;
  readonly dir: string;
  readonly out: string;
  readonly plan: Plan;
  readonly press: CardPress;
  readonly sealers: readonly string[];
}

/** @param whenHeld - Called when charter, pins and register are written. */
async function hold(session: Session, setting: Setting, whenHeld: () => void): Promise<number> {
  const { plan, press, out } = setting;
  const crypto = await session.crypto();
  const created = session.io.now();
  const ceremony = beginCeremony(crypto, {
    plan,
    escrow: newEscrowId(crypto),
    setNumber: FIRST_SET,
    sealers: setting.sealers,
    created: formatTime(created),
  });
  const stop = guard(() => {
    wipeCeremony(ceremony);
  });
  let cards: readonly PrintedCard[] = [];
  const outcome = { isDone: false };
  const removeOut = await removerOf(out);
  const keepOut = guard(removeOut);
  try {
    const checked = checkSubsets(crypto, ceremony);
    session.say(`key made and split; ${counted(checked, 'quorum')} checked: each gives it back`);
    cards = await printCards(session, ceremony, plan, press, out);
    await openWithPrinted(session, ceremony, cards);
    const readBack = session.canAsk ? await readBackAll(session, ceremony, cards) : undefined;
    const proven = readBack?.proven ?? [];
    await inOnePiece(async () => {
      await establish(session, new EscrowFolder(setting.path), { ceremony, plan, proven, created });
      // From here the cards are true: they stay, whatever comes.
      outcome.isDone = true;
      for (const { release } of cards) release();
      keepOut();
      whenHeld();
    });
    wipeCeremony(ceremony);
    const areFilesLeft = !readBack || !(await cleanUp(session, { out, cards, readBack, removeOut }));
    await tellResult(session, setting, { ceremony, proven, areFilesLeft });
    return ExitCode.Ok;
  } finally {
    if (!outcome.isDone) {
      await removeCards(cards);
      await removeOut();
    }
    keepOut();
    wipeCeremony(ceremony);
    stop();
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
): Promise<void> {
  const crypto = await session.crypto();
  const [quorum] = quorumSubsets(crypto, ceremony.charter.policy, { limit: 1 });
  const records = cards
    .filter(({ card }) => quorum?.includes(card) === true)
    .map(({ card, record }) => ({ card, record }));
  await openTestPackage(crypto, ceremony, records);
  wipe(...cards.map(({ record }) => record));
  session.say(`a test package was sealed, and opened by cards ${quorum?.join(', ') ?? ''} as printed`);
}

/** @returns whether the folder is ours to remove when the ceremony fails. */
async function assertFree(path: string, dir: string): Promise<boolean> {
  if (!(await exists(path))) return true;
  const folder = new EscrowFolder(path);
  if (await folder.charter()) throw new EscrowError('output.exists', { path: dir });
  // An empty folder is fine; one with anything in it may be somebody's. A lock tells of a killed ceremony,
  // or of one that runs: whoever takes the lock will see.
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw new EscrowError('output.exists', { path: dir });
  // A folder of such a name is what a killed recovery left: a vault in the clear.
  const names = entries.filter(
    (entry) => entry.name !== LOCK_NAME && !(entry.isFile() && entry.name.startsWith(STAGED_PREFIX)),
  );
  if (names.length > 0) throw new EscrowError('output.exists', { path: dir });
  return false;
}

async function tellResult(
  session: Session,
  setting: Setting,
  held: { ceremony: Ceremony; proven: readonly number[]; areFilesLeft: boolean },
): Promise<void> {
  const { proven, areFilesLeft } = held;
  const { charter, words } = held.ceremony;
  const out = shortPath(session, setting.out);
  const unproven = charter.cards.map(({ card }) => card).filter((card) => !proven.includes(card));
  const mark = markName(setMark(charter.set.number));
  const lines = [
    `Escrow ${charter.escrow} is made: ${counted(charter.cards.length, 'card')} of set ${charter.set.number} (${mark}).`,
    `  charter words: ${words.join(' ')}`,
    ...(unproven.length === 0
      ? ['  every card was read back from paper; the key is erased']
      : [
          `  the key is erased; cards ${unproven.join(', ')} count as unproven until each was read back from paper`,
          `  print and hand out ${out}, then delete the files there`,
        ]),
    ...(unproven.length === 0 && areFilesLeft ? [`  the card files are still in ${out}: delete them`] : []),
    `  next: holdfast seal ${setting.dir} EXPORT`,
  ];
  await session.result(
    {
      type: 'ceremony',
      escrow: charter.escrow,
      set: charter.set,
      words,
      cards: charter.cards.length,
      unproven,
      recipient: charter.recipient,
    },
    lines.join('\n'),
  );
}
