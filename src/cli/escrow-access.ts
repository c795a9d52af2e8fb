// Opening an escrow folder as a believer: the folder, what this machine was taught about it, and the
// charter that both agree on. seal, verify, status and check-in start here.

import { EscrowFolder } from '../adapters/escrow-folder.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { decodeCharter } from '../core/record/charter.ts';
import type { UntrustedDocument } from '../escrow/ports.ts';
import { registerInForce } from '../escrow/register.ts';
import type { Register, RegisteredCard } from '../escrow/register.ts';
import { pinnedCharter } from '../escrow/trust.ts';
import type { Pins } from '../escrow/trust.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

interface PinnedEscrow {
  readonly folder: EscrowFolder;
  readonly pins: Pins;
  readonly document: UntrustedDocument;
}

export interface TrustedEscrow extends PinnedEscrow {
  readonly charter: Charter;
}

/**
 * The folder and this machine's pins for it; nothing in the folder is believed yet.
 *
 * @throws {@link EscrowError} `escrow.not-found`, `charter.format`, `trust.not-enrolled`.
 */
export async function openPinned(session: Session, dir: string): Promise<PinnedEscrow> {
  const folder = await EscrowFolder.open(session.path(dir));
  const document = await folder.charters.current();
  if (!document) throw new EscrowError('charter.format', { reason: 'its file or its signature is missing' });
  const pins = await session.home.pins(decodeCharter(document.bytes).escrow, dir);
  return { folder, pins, document };
}

/** The folder with its charter believed. Throws also what pinnedCharter does. */
export async function openTrusted(session: Session, dir: string): Promise<TrustedEscrow> {
  const pinned = await openPinned(session, dir);
  return { ...pinned, charter: await pinnedCharter(await session.crypto(), pinned.document, pinned.pins) };
}

/** The register of this machine for the set in force, or undefined where it keeps none of that set. */
export async function registerIfAny(
  session: Session,
  { charter }: Pick<TrustedEscrow, 'charter'>,
): Promise<Register | undefined> {
  const known = await session.home.register(charter.escrow);
  return known && registerInForce(known, charter.set.id);
}

/** @throws {@link EscrowError} `check-in.no-register`, `home.format`. */
export async function registerOf(
  session: Session,
  escrow: Pick<TrustedEscrow, 'charter'>,
  dir: string,
): Promise<Register> {
  const register = await registerIfAny(session, escrow);
  if (!register) throw new EscrowError('check-in.no-register', { folder: dir });
  return register;
}

/** @throws {@link EscrowError} `usage`. @param command - Whose usage is shown. */
export function cardOf({ cards, set }: Register, card: number, command?: string): RegisteredCard {
  const entry = cards.find((candidate) => candidate.card === card);
  if (entry) return entry;
  const reason = `there is no card ${card} in set ${set.number}`;
  throw new EscrowError('usage', command === undefined ? { reason } : { reason, command });
}

/**
 * Moves the pins on. What was judged or sealed stands all the same when that fails: it is a warning, and the
 * next verify catches up.
 */
export async function keepPins(
  session: Session,
  pins: Pins,
  seen: Parameters<Session['home']['advancePins']>[1],
): Promise<void> {
  try {
    await session.home.advancePins(pins, seen);
  } catch (error) {
    if (!isEscrowError(error) || error.code === 'input.aborted') throw error;
    session.warn(
      `what was seen is not remembered: ${reportOf(error).message}; holdfast verify does it again`,
    );
  }
}
