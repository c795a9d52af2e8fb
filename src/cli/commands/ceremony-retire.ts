// holdfast ceremony retire: what becomes of a retired set. Each package that its cards still open is destroyed
// or accepted, with a reason that goes into the ledger; and each of its cards is shredded, or said to be lost.

import { counted } from '../../core/counted.ts';
import { inOnePiece } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import type { KeyPair } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { LedgerEvent } from '../../core/record/ledger-event.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { extendLedger, ledgerStart } from '../../escrow/ledger-lines.ts';
import { ledgerTextProblem } from '../../escrow/ledger-text.ts';
import { withRetiredCard } from '../../escrow/register.ts';
import type { Register } from '../../escrow/register.ts';
import { alsoFile, retiredSets } from '../../escrow/retired.ts';
import type { RetiredSet } from '../../escrow/retired.ts';
import { formatTime } from '../../escrow/seal.ts';
import { verifyEscrow } from '../../escrow/verify.ts';
import { tell } from '../dialogue.ts';
import { openTrusted, registerIfAny, registerOf } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { readContents } from '../read-contents.ts';
import { decide } from '../retire-decisions.ts';
import type { Decided, DecideOptions, Standing } from '../retire-decisions.ts';
import type { Session } from '../session.ts';

interface RetireOptions extends DecideOptions {
  readonly reason?: string;
  readonly set?: number;
  readonly card?: number;
  readonly state?: string;
}

export async function ceremonyRetire(session: Session, dir: string, options: RetireOptions): Promise<number> {
  const { folder } = await openTrusted(session, dir);
  return withLock(folder.path, async () => {
    let standing = await stand(session, dir);
    if (options.state !== undefined) {
      await noteCard(session, standing, options);
    } else {
      const decided = await decide(session, standing, options);
      if (decided.length > 0)
        await carryOut(
          session,
          standing,
          decided,
          await reasonFor(session, options, namesIn(standing.register)),
        );
    }
    standing = await stand(session, dir);
    return tellResult(session, standing.sets);
  });
}

async function stand(session: Session, dir: string): Promise<Standing> {
  const crypto = await session.crypto();
  const escrow = await openTrusted(session, dir);
  const contents = await readContents(escrow.folder, 'none');
  const seen = await verifyEscrow(crypto, contents, escrow.pins);
  assertIntact(escrow.pins, seen);
  const register = await registerIfAny(session, escrow);
  const present = new Map(contents.packages.map(({ name, size }) => [name, size]));
  return { dir, escrow, seen, present, register, sets: retiredSets(seen, new Set(present.keys()), register) };
}

async function reasonFor(
  session: Session,
  { reason }: RetireOptions,
  names: readonly string[],
): Promise<string> {
  const check = (text: string): string | undefined => ledgerTextProblem(text, names);
  const question = 'Why? (for the ledger: no names, no secrets)';
  const text = reason ?? (await (await session.prompter('--reason')).text(question, { check }));
  const problem = check(text);
  if (problem !== undefined) throw new EscrowError('usage', { reason: `--reason: ${problem}` });
  return text.trim();
}

/** Of people and organisation, as far as this machine knows them. */
const namesIn = (register: Register | undefined): string[] =>
  register
    ? [
        register.organisation,
        ...[...register.cards, ...(register.retired ?? []).flatMap(({ cards }) => cards)].map(
          ({ holder }) => holder,
        ),
      ]
    : [];

/** The ledger first: a kill then leaves a line too many, never a loss that nobody can see. */
async function carryOut(
  session: Session,
  standing: Standing,
  decided: readonly Decided[],
  reason: string,
): Promise<void> {
  const events = decided.flatMap(({ record, decision }) =>
    standing.sets
      .filter(({ undecided, accepted }) => [...undecided, ...accepted].includes(record))
      .map(({ set }): LedgerEvent => {
        const { sequence, package: file } = record;
        return { event: 'retire', facts: { set: set.id, package: file.sha256, sequence, decision, reason } };
      }),
  );
  await inOnePiece(async () => {
    await tellLedger(session, standing, events);
    for (const { record, decision } of decided) {
      if (decision !== 'destroyed') continue;
      await standing.escrow.folder.destroyPackage(record.package.file);
      session.say(`${record.package.file} is destroyed here; every copy of it elsewhere still opens`);
    }
  });
}

async function tellLedger(
  session: Session,
  { escrow, seen }: Standing,
  events: readonly LedgerEvent[],
): Promise<void> {
  const crypto = await session.crypto();
  const key = await session.home.sealer(crypto);
  if (!key) throw new EscrowError('trust.no-sealer', {});
  try {
    await append(session, { escrow, seen }, events, key);
  } finally {
    wipe(key.secretKey);
  }
}

async function append(
  session: Session,
  { escrow, seen }: Pick<Standing, 'escrow' | 'seen'>,
  events: readonly LedgerEvent[],
  key: KeyPair,
): Promise<void> {
  const crypto = await session.crypto();
  if (!escrow.charter.sealers.includes(encodePublicKey(crypto, key.publicKey)))
    throw new EscrowError('usage', {
      reason:
        "this machine's sealer is not in the charter, and the ledger takes no line of it: do this on one that is",
    });
  const { ledger, head } = extendLedger(crypto, await escrow.folder.ledger(), {
    time: formatTime(session.io.now()),
    firstPrev: ledgerStart(seen),
    events,
    key,
  });
  await escrow.folder.writeLedger(ledger);
  await session.home.advancePins(escrow.pins, { ledger: head });
}

/** A card of a retired set: shredded, or found to be lost. */
async function noteCard(session: Session, standing: Standing, options: RetireOptions): Promise<void> {
  const { escrow, sets } = standing;
  const { card, state } = options;
  if (state !== 'destroyed' && state !== 'lost' && state !== 'seen')
    throw new EscrowError('usage', { reason: `"${String(state)}" is none of lost, seen, destroyed` });
  if (card === undefined)
    throw new EscrowError('usage', { reason: '--card is needed: which card is this about' });
  const number = options.set ?? sets.at(-1)?.set.number;
  const register = await registerOf(session, escrow, escrow.folder.path);
  const old = register.retired?.find(({ set }) => set.number === number);
  if (!old?.cards.some((entry) => entry.card === card))
    throw new EscrowError('usage', {
      reason: `there is no card ${card} in a retired set ${number ?? ''}`.trimEnd(),
    });
  const file = old.cards.find((entry) => entry.card === card)?.sealedFile;
  if (state === 'destroyed' && typeof file === 'string')
    session.warn(
      `card ${card} of set ${old.set.number} is also ${file}, sealed to a key of its first holder: it is destroyed only when every copy of that is deleted too`,
    );
  const facts = { card, state, set: old.set.id } as const;
  await inOnePiece(async () => {
    await tellLedger(session, standing, [{ event: 'check-in', facts }]);
    await session.home.writeRegister(withRetiredCard(register, old.set.number, card, { state }));
  });
}

async function tellResult(session: Session, sets: readonly RetiredSet[]): Promise<number> {
  const lines = sets.flatMap(({ set, mark, givesCurrentKey, undecided, accepted, cards }) => [
    `Set ${set.number} (${mark}), retired${givesCurrentKey ? '; its cards still give the key in force, until a rekey' : ''}:`,
    `  ${counted(undecided.length, 'package')} undecided${undecided.length > 0 ? ` (${undecided.map(({ sequence }) => sequence).join(', ')})` : ''}, ${accepted.length} accepted`,
    ...(cards ?? []).map(
      ({ card, holder, state, sealedFile }) =>
        `  card ${card}: ${holder}${state === 'good' ? '' : `, ${state}`}${alsoFile(sealedFile)}`,
    ),
    ...(cards?.length === 0 ? ['  every card of it is destroyed'] : []),
  ]);
  if (sets.length === 0) lines.push('No set of this escrow is retired.');
  if (sets.length > 0 && !session.canAsk && undecidedSum(sets) > 0)
    lines.push('  decide with --accept N or all, --destroy N, and --reason TEXT');
  if (session.canAsk && sets.length > 0)
    tell(session, 'Nothing here reaches copies elsewhere: sticks, clouds, photos.');
  await session.result(
    {
      type: 'retire',
      sets: sets.map(({ set, mark, givesCurrentKey, undecided, accepted, cards }) => ({
        set,
        mark,
        givesCurrentKey,
        undecided: undecided.map(({ sequence }) => sequence),
        accepted: accepted.map(({ sequence }) => sequence),
        cards:
          cards?.map(({ card, holder, state, sealedFile = null }) => ({ card, holder, state, sealedFile })) ??
          null,
      })),
    },
    lines.join('\n'),
  );
  return undecidedSum(sets) > 0 ? ExitCode.Findings : ExitCode.Ok;
}

const undecidedSum = (sets: readonly RetiredSet[]): number =>
  sets.reduce((sum, { undecided }) => sum + undecided.length, 0);
