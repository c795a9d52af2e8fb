// holdfast check-in: what became of one card, into the register of this machine and the ledger. It
// never takes a share: holders prove their cards on their own devices.

import { inOnePiece } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { readBounded } from '../../adapters/read-file.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { charterHash } from '../../core/record/charter.ts';
import type { LedgerEvent } from '../../core/record/ledger-event.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import { decodeResponse, encodeChallenge, makeChallenge, verifyResponse } from '../../core/record/proof.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { extendLedger } from '../../escrow/ledger-lines.ts';
import { countReady } from '../../escrow/readiness.ts';
import { isProven, isShortText, registerInForce, withCard } from '../../escrow/register.ts';
import type { Register, RegisteredCard, RegisteredState } from '../../escrow/register.ts';
import { formatTime } from '../../escrow/seal.ts';
import { verifyEscrow } from '../../escrow/verify.ts';
import { openTrusted } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { readContents } from '../read-contents.ts';
import type { Session } from '../session.ts';

interface CheckInOptions {
  readonly card?: number;
  readonly challenge?: boolean;
  readonly response?: string;
  readonly bag?: string;
  readonly state?: string;
  readonly holder?: string;
}

export async function checkIn(session: Session, dir: string, options: CheckInOptions): Promise<number> {
  assertOneAnswer(options);
  const { folder } = await openTrusted(session, dir);
  // Pins and register are read inside the lock: a seal or another check-in may be about to change them.
  return withLock(folder.path, () => takeIn(session, dir, options));
}

async function takeIn(session: Session, dir: string, options: CheckInOptions): Promise<number> {
  const escrow = await openTrusted(session, dir);
  const known = await session.home.register(escrow.pins.escrow);
  const register = known && registerInForce(known, escrow.charter.set.id);
  if (!register) throw new EscrowError('check-in.no-register', { folder: dir });
  const card = options.card;
  if (card === undefined)
    throw new EscrowError('usage', { reason: '--card is needed: which card is this about' });
  const entry = register.cards.find((candidate) => candidate.card === card);
  if (!entry)
    throw new EscrowError('usage', { reason: `there is no card ${card} in set ${register.set.number}` });
  if (options.challenge === true) return giveChallenge(session, escrow, register, entry);
  const { change, event, text } = await judgeAnswer(session, escrow, entry, options);
  const updated = withCard(register, card, change);
  // The ledger first: a kill then leaves a line too many, never a change that nobody can see.
  await inOnePiece(async () => {
    await tellLedger(session, escrow, event);
    await session.home.writeRegister(updated);
  });
  await tellMargin(session, escrow, updated, card, text);
  return ExitCode.Ok;
}

async function giveChallenge(
  session: Session,
  { pins }: TrustedEscrow,
  register: Register,
  entry: RegisteredCard,
): Promise<number> {
  const crypto = await session.crypto();
  const challenge = makeChallenge(crypto, {
    escrow: pins.escrow,
    charter: pins.charter.sha256,
    card: entry.card,
  });
  await session.home.writeRegister(withCard(register, entry.card, { challenge: challenge.challenge }));
  const text = encodeChallenge(challenge);
  session.say(
    `send this to ${entry.holder}, with a copy of the escrow folder; the answer comes back as a small file`,
  );
  await session.result({ type: 'challenge', card: entry.card, challenge: text }, text);
  return ExitCode.Ok;
}

interface Answer {
  readonly change: Partial<RegisteredCard>;
  readonly event: LedgerEvent;
  readonly text: string;
}

async function judgeAnswer(
  session: Session,
  escrow: TrustedEscrow,
  entry: RegisteredCard,
  options: CheckInOptions,
): Promise<Answer> {
  const { card } = entry;
  const time = formatTime(session.io.now());
  const custody = custodyNamed(options);
  // Whoever tells of a bag or a holder has heard of the card.
  const noted = custody ? { ...custody.change, heard: time } : {};
  if (options.response !== undefined) {
    await judgeResponse(session, escrow, entry, options.response);
    return {
      // A card that was lost or seen may have been copied meanwhile: that it is back changes nothing.
      change: { ...noted, proof: { time, at: 'response' }, challenge: null, heard: time },
      event: { event: 'check-in', facts: { card, state: 'good', how: 'response' } },
      text: [
        entry.state === 'good'
          ? `Card ${card} proved itself: its code and its rows were read by its holder.`
          : `Card ${card} proved itself, but it stays ${entry.state}: others may have a copy.`,
        ...(custody ? [`Card ${card} is noted${custody.text}.`] : []),
      ].join('\n'),
    };
  }
  if (options.state !== undefined) {
    const state = stateNamed(options.state);
    await confirmState(session, card, state);
    return {
      change: { ...noted, state },
      event: { event: 'check-in', facts: { card, state } },
      text:
        state === 'destroyed'
          ? `Card ${card} is destroyed.`
          : `Card ${card} is ${state}${custody?.text ?? ''}: make a new key and set soon with a new ceremony.`,
    };
  }
  if (!custody)
    throw new EscrowError('usage', {
      reason: 'say what to record: --challenge, --response, --bag, --state or --holder',
    });
  return {
    change: noted,
    event: { event: 'check-in', facts: { card, state: 'heard', how: custody.how } },
    text: `Card ${card} is noted${custody.text}. That it can be read, only a response proves.`,
  };
}

interface Custody {
  readonly change: Partial<RegisteredCard>;
  readonly how: 'bag' | 'holder';
  readonly text: string;
}

/** The bag and the holder that were named, if any. */
function custodyNamed({ bag, holder }: CheckInOptions): Custody | undefined {
  if (bag === undefined && holder === undefined) return undefined;
  return {
    change: {
      ...(bag === undefined ? {} : { bag: shortText('--bag', bag) }),
      ...(holder === undefined ? {} : { holder: shortText('--holder', holder) }),
    },
    how: holder === undefined ? 'bag' : 'holder',
    text: `${bag === undefined ? '' : ` in bag ${bag}`}${holder === undefined ? '' : `, held by ${holder}`}`,
  };
}

/** Two answers at once would leave one of them unheard; a bag or a holder goes with a card that is still there. */
function assertOneAnswer({ challenge, response, state, bag, holder }: CheckInOptions): void {
  const answers = [
    ...(challenge === true ? ['--challenge'] : []),
    ...(response === undefined ? [] : ['--response']),
    ...(state === undefined ? [] : [`--state ${state}`]),
  ];
  const isWhere = bag !== undefined || holder !== undefined;
  const takesWhere = response !== undefined || state === 'seen' || answers.length === 0;
  const said = isWhere && !takesWhere ? [...answers, bag === undefined ? '--holder' : '--bag'] : answers;
  if (said.length > 1)
    throw new EscrowError('usage', { reason: `${said.join(' and ')} do not go together: one at a time` });
}

function shortText(flag: string, text: string): string {
  if (isShortText(text)) return text;
  throw new EscrowError('usage', { reason: `${flag} takes 1 to 200 characters in one line` });
}

/** A slip of the finger costs a card: nothing but a new ceremony makes it count again. */
async function confirmState(session: Session, card: number, state: string): Promise<void> {
  if (!session.canAsk) return;
  const prompter = await session.prompter('--no-input');
  const isMeant = await prompter.confirm(
    `Card ${card} is ${state}: it will not count again before a new ceremony. Is that so?`,
    false,
  );
  if (!isMeant) throw new EscrowError('input.aborted', {});
}

function stateNamed(state: string): Exclude<RegisteredState, 'good'> {
  if (state === 'lost' || state === 'seen' || state === 'destroyed') return state;
  throw new EscrowError('usage', { reason: `"${state}" is none of lost, seen, destroyed` });
}

async function judgeResponse(
  session: Session,
  { document, charter }: TrustedEscrow,
  entry: RegisteredCard,
  named: string,
): Promise<void> {
  const crypto = await session.crypto();
  if (entry.challenge === null)
    throw new EscrowError('check-in.response', { reason: `no challenge for card ${entry.card} is open` });
  const hash = await charterHash(crypto, document.bytes);
  const response = decodeResponse(await readBounded(session.path(named), LIMITS.proofResponseBytes));
  const asked = { escrow: charter.escrow, charter: hash, card: entry.card, challenge: entry.challenge };
  verifyResponse(crypto, response, asked, { charter, hash });
}

/**
 * Signed when this machine is a sealer of this escrow; one that only keeps the register leaves the ledger
 * alone: a line by a key that nobody named would count as forged.
 */
async function tellLedger(
  session: Session,
  { folder, pins, charter }: TrustedEscrow,
  event: LedgerEvent,
): Promise<void> {
  const crypto = await session.crypto();
  const contents = await readContents(folder, 'none');
  assertIntact(pins, await verifyEscrow(crypto, contents, pins));
  const key = await session.home.sealer(crypto);
  const first = contents.chain[0];
  try {
    if (!key || !first || !charter.sealers.includes(encodePublicKey(crypto, key.publicKey))) {
      session.warn('this machine is no sealer of this escrow: the register is changed, the ledger is not');
      return;
    }
    const time = formatTime(session.io.now());
    const firstPrev = await charterHash(crypto, first.bytes);
    const { ledger, head } = extendLedger(crypto, contents.ledger, {
      time,
      firstPrev,
      events: [event],
      key,
    });
    await folder.writeLedger(ledger);
    await session.home.advancePins(pins, { ledger: head });
  } finally {
    wipe(key?.secretKey);
  }
}

async function tellMargin(
  session: Session,
  { charter }: TrustedEscrow,
  register: Register,
  card: number,
  text: string,
): Promise<void> {
  const proven = register.cards
    .filter((entry) => entry.state === 'good' && isProven(entry))
    .map((entry) => entry.card);
  const margin = countReady(charter.policy, proven);
  const left =
    margin < 0
      ? 'The cards that were read back do not make a quorum.'
      : `${margin} of the cards that were read back may still fail.`;
  await session.result({ type: 'check-in', card, provenCards: proven, margin }, `${text}\n${left}`);
}
