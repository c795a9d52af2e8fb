// holdfast ceremony new: the first ceremony of an escrow. The key lives in memory from the moment it is
// made until every card was read back; what remains is paper, a charter and the pins of this machine.
// A run that is killed leaves an escrow that does not exist and cards that open nothing.

import { readdir, rm } from 'node:fs/promises';
import { exists, makeFolder } from '../../adapters/atomic-write.ts';
import { loadCardPress } from '../../adapters/card-press.ts';
import type { CardPress } from '../../adapters/card-press.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { guard } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { beginCeremony, checkSubsets, openTestPackage, wipeCeremony } from '../../escrow/ceremony.ts';
import type { Ceremony } from '../../escrow/ceremony.ts';
import type { Plan } from '../../escrow/plan.ts';
import { markName } from '../../escrow/quorum.ts';
import { formatTime } from '../../escrow/seal.ts';
import { newEscrowId } from '../../escrow/trust.ts';
import { setMark } from '../../core/share/set.ts';
import { quorumSubsets } from '../../core/share/policy.ts';
import { printCards, removeCards } from '../card-output.ts';
import type { PrintedCard } from '../card-output.ts';
import { ExitCode } from '../exit-codes.ts';
import { readPlan } from '../plan-input.ts';
import { readBackAll } from '../card-read-back.ts';
import { sealerKeys } from '../sealer-keys.ts';
import type { Session } from '../session.ts';
import { establish } from '../establish.ts';

interface CeremonyOptions {
  readonly plan?: string;
  readonly cards?: string;
  readonly sealer?: readonly string[];
}

const FIRST_SET = 1;

export async function ceremonyNew(session: Session, dir: string, options: CeremonyOptions): Promise<number> {
  const path = session.path(dir);
  const isNew = await assertFree(path, dir);
  const plan = await readPlan(session, options.plan);
  const out = session.path(
    options.cards ?? (await (await session.prompter('--cards')).text('Folder for the card PDFs:')),
  );
  const press = await loadCardPress(plan.paper);
  // Names that cannot be printed are refused before there is anything to lose.
  assertPrintable(press, plan);
  const sealers = await sealerKeys(session, options.sealer);
  await makeFolder(path, 0o755);
  const removeFolder = async (): Promise<void> => {
    if (isNew) await rm(path, { recursive: true, force: true });
  };
  const release = guard(removeFolder);
  try {
    return await withLock(path, () => hold(session, { path, dir, out, plan, press, sealers }));
  } catch (error) {
    await removeFolder();
    throw error;
  } finally {
    release();
  }
}

function assertPrintable(press: CardPress, plan: Plan): void {
  for (const { card, trustee, groupName } of plan.cards) {
    press.assertPrintable(trustee.name, 'holder', `the name on card ${card}`);
    if (groupName !== undefined) press.assertPrintable(groupName, 'group', `the group on card ${card}`);
  }
}

interface Setting {
  readonly path: string;
  readonly dir: string;
  readonly out: string;
  readonly plan: Plan;
  readonly press: CardPress;
  readonly sealers: readonly string[];
}

async function hold(session: Session, setting: Setting): Promise<number> {
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
  let isDone = false;
  try {
    const checked = checkSubsets(crypto, ceremony);
    session.say(`key made; ${checked} quorums checked, each gives it`);
    cards = await printCards(session, ceremony, plan, press, out);
    await openWithPrinted(session, ceremony, cards);
    const proven = session.canAsk ? await readBackAll(session, ceremony, cards) : [];
    await establish(session, new EscrowFolder(setting.path), { ceremony, plan, proven, created });
    // From here the cards are true: they stay, whatever comes.
    for (const { release } of cards) release();
    isDone = true;
    await tellResult(session, setting, ceremony, proven);
    return ExitCode.Ok;
  } finally {
    if (!isDone) await removeCards(cards);
    wipeCeremony(ceremony);
    stop();
  }
}

/** A sealed test package, opened by records that were read from the printed pages (C5). */
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
  // An empty folder is fine; one with anything else in it may be somebody's.
  const names = (await readdir(path).catch(() => ['a file'])).filter((name) => name !== '.lock');
  if (names.length > 0) throw new EscrowError('output.exists', { path: dir });
  return false;
}

async function tellResult(
  session: Session,
  setting: Setting,
  ceremony: Ceremony,
  proven: readonly number[],
): Promise<void> {
  const { charter, words } = ceremony;
  const unproven = charter.cards.map(({ card }) => card).filter((card) => !proven.includes(card));
  const mark = markName(setMark(charter.set.number));
  const lines = [
    `Escrow ${charter.escrow} is made: ${charter.cards.length} cards of set ${charter.set.number} (${mark}).`,
    `  charter words: ${words.join(' ')}`,
    ...(unproven.length === 0
      ? ['  every card was read back from paper; the key is erased']
      : [
          `  the key is erased; cards ${unproven.join(', ')} count as unproven until each was read back from paper`,
          `  print and hand out ${setting.out}, then delete the files there`,
        ]),
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
