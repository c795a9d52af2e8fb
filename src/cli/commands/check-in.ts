// holdfast check-in: what became of one card, into the register of this machine and the ledger. It
// never takes a share: holders prove their cards on their own devices.

import { inOnePiece } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import { capital } from '../../core/capital.ts';
import { EscrowError } from '../../core/errors.ts';
import type { LedgerEvent } from '../../core/record/ledger-event.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import { encodeChallenge, makeChallenge } from '../../core/record/proof.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { cardsAsFiles, isCounted } from '../../escrow/custody.ts';
import { extendLedger, ledgerStart } from '../../escrow/ledger-lines.ts';
import { marginOf } from '../../escrow/margin.ts';
import { countReady } from '../../escrow/readiness.ts';
import { isProven, withCard } from '../../escrow/register.ts';
import type { Register, RegisteredCard } from '../../escrow/register.ts';
import { formatTime } from '../../escrow/seal.ts';
import { stillOpens } from '../../escrow/still-opens.ts';
import type { StillOpens } from '../../escrow/still-opens.ts';
import { verifyEscrow } from '../../escrow/verify.ts';
import type { Verification } from '../../escrow/verify.ts';
import { assertOneAnswer, judgeAnswer } from '../check-in-answer.ts';
import type { Answer, CheckInOptions } from '../check-in-answer.ts';
import { isHandover, withNames } from '../check-in-custody.ts';
import {
  actionAfter,
  actionText,
  filesLeftText,
  lastWayText,
  lockTakenText,
  sealedFileText,
} from '../custody-words.ts';
import { cardOf, openTrusted, registerOf } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { readContents } from '../read-contents.ts';
import type { Session } from '../session.ts';

export async function checkIn(session: Session, dir: string, options: CheckInOptions): Promise<number> {
  assertOneAnswer(options);
  const given = withNames(options);
  const { folder } = await openTrusted(session, dir);
  // Pins and register are read inside the lock: a seal or another check-in may be about to change them.
  return withLock(folder.path, () => takeIn(session, dir, given));
}

async function takeIn(session: Session, dir: string, options: CheckInOptions): Promise<number> {
  const escrow = await openTrusted(session, dir);
  const register = await registerOf(session, escrow, dir);
  const card = options.card;
  if (card === undefined)
    throw new EscrowError('usage', { reason: '--card is needed: which card is this about' });
  const entry = cardOf(register, card);
  if (options.challenge === true) return giveChallenge(session, escrow, register, entry);
  const answer = await judgeAnswer(session, { escrow, register, entry }, options);
  // The ledger first: a kill then leaves a line too many, never a change that nobody can see.
  const { history } = await inOnePiece(async () => {
    const seen = await tellLedger(session, escrow, answer.event);
    await session.home.writeRegister(answer.register);
    return seen;
  });
  const left = stillOpens(
    history.map(({ charter }) => charter),
    answer.register,
  );
  await tellMargin(session, escrow, answer, { entry, left, more: moreOf(entry, options, answer) });
  return answer.otherBag ? ExitCode.Findings : ExitCode.Ok;
}

/** What is left of a card besides its paper: a file, and a passphrase in somebody's head. */
function moreOf(
  entry: RegisteredCard,
  { holder, change }: CheckInOptions,
  { gone }: Answer,
): readonly (string | undefined)[] {
  if (gone !== undefined && gone !== 'other-bag') return [sealedFileText(entry, 'gone')];
  const isLeft = change === 'left' || isHandover(entry, holder);
  return isLeft ? [lockTakenText(entry), sealedFileText(entry, 'handed-on')] : [];
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

/**
 * Signed when this machine is a sealer of this escrow; one that only keeps the register leaves the ledger
 * alone: a line by a key that nobody named would count as forged.
 */
async function tellLedger(
  session: Session,
  { folder, pins, charter }: TrustedEscrow,
  event: LedgerEvent,
): Promise<Verification> {
  const crypto = await session.crypto();
  const contents = await readContents(folder, 'none');
  const seen = await verifyEscrow(crypto, contents, pins);
  assertIntact(pins, seen);
  const key = await session.home.sealer(crypto);
  try {
    if (!key || !charter.sealers.includes(encodePublicKey(crypto, key.publicKey))) {
      session.warn('this machine is no sealer of this escrow: the register is changed, the ledger is not');
      return seen;
    }
    const time = formatTime(session.io.now());
    const { ledger, head } = extendLedger(crypto, contents.ledger, {
      time,
      firstPrev: ledgerStart(seen),
      events: [event],
      key,
    });
    await folder.writeLedger(ledger);
    await session.home.advancePins(pins, { ledger: head });
    return seen;
  } finally {
    wipe(key?.secretKey);
  }
}

interface Told {
  readonly entry: RegisteredCard;
  readonly left: StillOpens;
  readonly more: readonly (string | undefined)[];
}

async function tellMargin(
  session: Session,
  { charter }: TrustedEscrow,
  { register, text, gone, otherBag, cleared }: Answer,
  { entry, left, more }: Told,
): Promise<void> {
  const proven = register.cards
    .filter((entry) => isCounted(entry) && isProven(entry))
    .map((entry) => entry.card);
  const provenMargin = countReady(charter.policy, proven);
  const margin = marginOf(charter.policy, register);
  const action = gone === undefined ? null : actionAfter(gone, margin, left);
  const files = cardsAsFiles(register.cards);
  const readBack =
    provenMargin < 0
      ? 'The cards that were read back do not make a quorum.'
      : `${provenMargin} of the cards that were read back may still fail.`;
  const lines = [
    text,
    ...(gone === undefined ? [] : [capital(margin.sentence)]),
    readBack,
    action === 'rekey' && margin.spare < 0 ? lastWayText(left) : actionText(action),
    ...more,
    action !== null && margin.spare < 0 && files.length > 0 ? filesLeftText(files) : undefined,
  ];
  await session.result(
    {
      type: 'check-in',
      card: entry.card,
      provenCards: proven,
      margin: provenMargin,
      goodCards: margin.good,
      spareCards: margin.spare,
      action,
      otherBag: otherBag ?? null,
      cleared: cleared ?? [],
    },
    lines.filter((line) => line !== undefined).join('\n'),
  );
}
