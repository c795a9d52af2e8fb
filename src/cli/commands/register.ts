// holdfast register: takes the register out of the home and into another one, so that it does not die with one
// machine. It is a plain file: sealed to the escrow it would need the very trustees that it helps to call.

import { writeFileAtomic } from '../../adapters/atomic-write.ts';
import { withLock } from '../../adapters/lock.ts';
import { readBounded } from '../../adapters/read-file.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { cardsAsFiles, lastHeard } from '../../escrow/custody.ts';
import { cardList } from '../../escrow/plan-names.ts';
import { decodeRegister, encodeRegister, type Register } from '../../escrow/register.ts';
import { openTrusted, registerOf, type TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

export async function registerExport(
  session: Session,
  dir: string,
  { out }: { readonly out?: string },
): Promise<number> {
  if (out === undefined)
    throw new EscrowError('usage', {
      reason: '--out is needed: the file to write',
      command: 'register export',
    });
  const register = await registerOf(session, await openTrusted(session, dir), dir);
  // Only this user may read it, as in the home.
  await writeFileAtomic(session.path(out), encodeRegister(register), { overwrite: session.isForced });
  session.warn(
    `${out} says who holds which card, and is not locked: keep it off shared and synced folders, best on a stick in a safe`,
  );
  const files = cardsAsFiles(register.cards);
  await session.result(
    { type: 'register', file: out, cards: register.cards.length, heard: newestOf(register) },
    [
      `${out}: the register of ${register.cards.length} cards, last changed ${newestOf(register)}.`,
      ...(files.length === 0 ? [] : [`Of ${cardList(files)} there is a sealed file too.`]),
    ].join('\n'),
  );
  return ExitCode.Ok;
}

export async function registerImport(session: Session, dir: string, file: string): Promise<number> {
  const { folder } = await openTrusted(session, dir);
  // Another check-in may be about to change the register that is replaced.
  return withLock(folder.path, () => takeRegister(session, dir, file));
}

async function takeRegister(session: Session, dir: string, file: string): Promise<number> {
  const escrow = await openTrusted(session, dir);
  const path = session.path(file);
  const register = registerIn(await readBounded(path, LIMITS.registerBytes), path);
  assertOfEscrow(escrow, register);
  const kept = await session.home.register(register.escrow);
  if (kept && !session.isForced) throw new EscrowError('register.kept', { folder: dir });
  const heard = newestOf(register);
  if (kept && newestOf(kept) > heard)
    session.warn(`the register that was here knew more: it was changed ${newestOf(kept)}, this one ${heard}`);
  await session.home.writeRegister(register);
  await session.result(
    { type: 'register', file, cards: register.cards.length, heard },
    `This machine keeps the register of ${register.cards.length} cards now, as of ${heard}. Check cards in on one machine only.`,
  );
  return ExitCode.Ok;
}

/** It is a file that somebody brought, and no part of this machine's home. */
function registerIn(bytes: Uint8Array, path: string): Register {
  try {
    return decodeRegister(bytes, path);
  } catch (error) {
    if (!isEscrowError(error, 'home.format')) throw error;
    throw new EscrowError('register.other', { reason: error.facts.reason }, { cause: error });
  }
}

/** A register of another escrow, or of cards before the last ceremony, would send people to the wrong holders. */
function assertOfEscrow({ charter }: TrustedEscrow, register: Register): void {
  const refuse = (reason: string): never => {
    throw new EscrowError('register.other', { reason });
  };
  if (register.escrow !== charter.escrow) refuse('it is of another escrow');
  if (register.set.id !== charter.set.id)
    refuse(`it is of set ${register.set.number}, and the cards are of set ${charter.set.number}`);
  const isWhole =
    register.cards.length === charter.cards.length &&
    register.cards.every(({ card }, index) => card === charter.cards[index]?.card);
  if (!isWhole) refuse('it does not list every card once, in order');
}

/** When it last learnt anything. */
function newestOf({ cards, changes = [] }: Register): string {
  return [...cards.map(lastHeard), ...changes.map(({ time }) => time)].sort().at(-1) ?? '';
}
