// holdfast ceremony new: the first ceremony of an escrow. The key lives in memory from the moment it is
// made until every card was read back; what remains is paper, a charter and the pins of this machine.
// A run that is killed leaves an escrow that does not exist and cards that open nothing.

import { counted } from '../../core/counted.ts';
import { readdir, rmdir } from 'node:fs/promises';
import { STAGED_PREFIX, exists, makeFolder } from '../../adapters/atomic-write.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { guard } from '../../adapters/interrupt.ts';
import { assertNotBusy, LOCK_NAME, withLock } from '../../adapters/lock.ts';
import { EscrowError } from '../../core/errors.ts';
import { lockCards } from '../../escrow/card-locks.ts';
import { beginCeremony } from '../../escrow/ceremony.ts';
import type { ScriptKind } from '../../escrow/ceremony-script.ts';
import { markName } from '../../escrow/card-verdict.ts';
import { formatTime } from '../../escrow/seal.ts';
import { newEscrowId } from '../../escrow/trust.ts';
import { setMark } from '../../core/share/set.ts';
import { CeremonyGuide } from '../ceremony-guide.ts';
import { cardLines, holdCeremony, prepareCeremony } from '../ceremony-run.ts';
import type { CeremonyEnd, CeremonyOptions, CeremonySetting } from '../ceremony-run.ts';
import { ExitCode } from '../exit-codes.ts';
import { tell } from '../dialogue.ts';
import { sealerKeys } from '../sealer-keys.ts';
import type { Session } from '../session.ts';
import { establish } from '../establish.ts';

const FIRST_SET = 1;

export async function ceremonyNew(session: Session, dir: string, options: CeremonyOptions): Promise<number> {
  const path = session.path(dir);
  // Before any question: what a run that goes on has made would be taken for a leftover.
  await assertNotBusy(path);
  const isNew = await assertFree(session, path, dir);
  const setting = await prepareCeremony(session, path, options);
  const sealers = await sealerKeys(session, options.sealer);
  // Taken back when it is empty in the end, the lock gone from it too.
  const release = guard(() => removeIfEmpty(path, isNew));
  try {
    await makeFolder(path, 0o755);
    return await withLock(path, async () => {
      // Asked again now that nobody else can: questions take minutes, in which another ceremony may be held.
      await assertFree(session, path, dir);
      const end = await holdOrUndo(session, path, setting, sealers, options.full === true ? 'full' : 'small');
      return tellResult(session, dir, setting, end);
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
async function holdOrUndo(
  session: Session,
  path: string,
  setting: CeremonySetting,
  sealers: readonly string[],
  kind: ScriptKind,
): Promise<CeremonyEnd> {
  const crypto = await session.crypto();
  const folder = new EscrowFolder(path);
  const guide = session.canAsk
    ? await CeremonyGuide.open(session, setting.plan, { kind, cardsFor: 'new' })
    : undefined;
  const outcome = { isHeld: false };
  const release = guard(() => folder.removeFounding());
  try {
    return await holdCeremony(session, setting, {
      kind: 'new',
      ...(guide && { guide }),
      begin: (created, passphrases, rolls) => {
        const founding = { escrow: newEscrowId(crypto), setNumber: FIRST_SET, sealers };
        const made = beginCeremony(crypto, {
          plan: setting.plan,
          ...founding,
          created: formatTime(created),
          rolls,
        });
        return lockCards(crypto, made, passphrases);
      },
      settle: async (held, whenTrue) => {
        await establish(session, folder, held);
        whenTrue();
        outcome.isHeld = true;
        release();
      },
    });
  } catch (error) {
    // Once there are true cards, nothing takes their charter away again.
    if (!outcome.isHeld) await folder.removeFounding();
    throw error;
  } finally {
    guide?.close();
    release();
  }
}

/** @returns whether the folder is ours to remove when the ceremony fails. */
async function assertFree(session: Session, path: string, dir: string): Promise<boolean> {
  if (!(await exists(path))) return true;
  const folder = new EscrowFolder(path);
  if (await folder.charters.current()) throw new EscrowError('output.exists', { path: dir });
  // An empty folder is fine; one with anything in it may be somebody's. A lock tells of a killed ceremony,
  // or of one that runs: whoever takes the lock will see.
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw new EscrowError('output.exists', { path: dir });
  // A folder of such a name is what a killed recovery left: a vault in the clear.
  const names = entries.filter(
    (entry) => entry.name !== LOCK_NAME && !(entry.isFile() && entry.name.startsWith(STAGED_PREFIX)),
  );
  if (names.length > 0 && !((await folder.isUnfounded()) && (await mayRemove(session, folder, dir))))
    throw new EscrowError('output.exists', { path: dir });
  return false;
}

/** A killed ceremony's ledger and keys tell of nothing; still, a person says so. */
async function mayRemove(session: Session, folder: EscrowFolder, dir: string): Promise<boolean> {
  if (!session.canAsk) return false;
  const prompter = await session.prompter('--no-input');
  tell(session, `${dir} holds what a ceremony that was killed leaves: no charter, no package.`);
  const isWanted = await prompter.confirm('Remove that, and begin anew?', false);
  if (isWanted) await folder.removeFounding();
  return isWanted;
}

async function tellResult(
  session: Session,
  dir: string,
  setting: CeremonySetting,
  end: CeremonyEnd,
): Promise<number> {
  const { charter, words, unproven } = end;
  const mark = markName(setMark(charter.set.number));
  const plan = await session.home.makePlanFolder(charter.escrow);
  const lines = [
    `Escrow ${charter.escrow} is made: ${counted(charter.cards.length, 'card')} of set ${charter.set.number} (${mark}).`,
    `  charter words: ${words.join(' ')}`,
    ...cardLines(session, setting, end),
    `  plan folder: ${plan} (contacts, the list of clients: sealed into every package)`,
    `  next: holdfast seal ${dir} EXPORT`,
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
  return ExitCode.Ok;
}
