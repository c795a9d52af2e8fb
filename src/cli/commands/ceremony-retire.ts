// holdfast ceremony retire: what becomes of a retired set. Each package that its cards still open is destroyed
// or accepted, with a reason that goes into the ledger; and each of its cards is shredded, or said to be lost.

import { counted } from '../../core/counted.ts';
import { rm } from 'node:fs/promises';
import { inOnePiece } from '../../adapters/interrupt.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import type { KeyPair } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { LedgerEvent } from '../../core/record/ledger-event.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import type { PackageRecord } from '../../core/record/package-record.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { extendLedger, ledgerStart } from '../../escrow/ledger-lines.ts';
import { withRetiredCard } from '../../escrow/register.ts';
import { retiredSets } from '../../escrow/retired.ts';
import type { RetiredSet } from '../../escrow/retired.ts';
import { formatTime } from '../../escrow/seal.ts';
import { newestRecord, verifyEscrow } from '../../escrow/verify.ts';
import type { Verification } from '../../escrow/verify.ts';
import { heading, tell } from '../dialogue.ts';
import { openTrusted, registerIfAny, registerOf } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { readContents } from '../read-contents.ts';
import type { Session } from '../session.ts';

interface RetireOptions {
  readonly accept?: readonly string[];
  readonly destroy?: readonly string[];
  readonly reason?: string;
  readonly set?: number;
  readonly card?: number;
  readonly state?: string;
}

type Decision = 'accepted' | 'destroyed';

/** What was decided on one package. */
interface Decided {
  readonly record: PackageRecord;
  readonly decision: Decision;
}

/** The escrow as it stands while nobody else writes. */
interface Standing {
  readonly escrow: TrustedEscrow;
  readonly seen: Verification;
  readonly sets: readonly RetiredSet[];
}

export async function ceremonyRetire(session: Session, dir: string, options: RetireOptions): Promise<number> {
  const { folder } = await openTrusted(session, dir);
  return withLock(folder.path, async () => {
    let standing = await stand(session, dir);
    if (options.state !== undefined) {
      await noteCard(session, standing, options);
    } else {
      const decided = await decide(session, standing, options);
      if (decided.length > 0) await carryOut(session, standing, decided, await reasonFor(session, options));
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
  const present = new Set(contents.packages.map(({ name }) => name));
  return { escrow, seen, sets: retiredSets(seen, present, register) };
}

/** By flags, or asked for at the terminal one by one. */
async function decide(session: Session, standing: Standing, options: RetireOptions): Promise<Decided[]> {
  const { accept = [], destroy = [] } = options;
  const undecided = undecidedIn(standing);
  if (accept.length + destroy.length > 0) {
    const accepted = named(accept, undecided);
    // What is accepted can still be destroyed.
    const destroyed = named(destroy, [...undecided, ...standing.sets.flatMap((set) => set.accepted)]);
    const twice = accepted.find((record) => destroyed.includes(record));
    if (twice)
      throw new EscrowError('usage', {
        reason: `package ${twice.sequence} cannot be accepted and destroyed`,
      });
    for (const record of destroyed) assertNotNewest(standing, record);
    return [
      ...accepted.map((record): Decided => ({ record, decision: 'accepted' })),
      ...destroyed.map((record): Decided => ({ record, decision: 'destroyed' })),
    ];
  }
  return session.canAsk ? askForEach(session, standing, undecided) : [];
}

function undecidedIn({ sets }: Standing): PackageRecord[] {
  const all = new Map(sets.flatMap(({ undecided }) => undecided.map((record) => [record.sequence, record])));
  return [...all.values()].sort((a, b) => a.sequence - b.sequence);
}

function named(words: readonly string[], among: readonly PackageRecord[]): PackageRecord[] {
  if (words.includes('all')) return [...new Set(among)];
  return [...new Set(words)].map((word) => {
    const found = among.find(({ sequence }) => String(sequence) === word);
    if (found) return found;
    throw new EscrowError('usage', {
      reason: `package ${word} is none that a retired set opens here and that is undecided`,
    });
  });
}

/** The vault that would be recovered today is no package to be rid of. */
function isNewest({ seen, escrow }: Standing, record: PackageRecord): boolean {
  const tag = escrow.charter.set.id.slice(2, 12);
  const newest = newestRecord(seen.records.filter((judged) => judged.record.setId.slice(2, 12) === tag));
  return newest?.record.sequence === record.sequence;
}

function assertNotNewest(standing: Standing, record: PackageRecord): void {
  if (!isNewest(standing, record)) return;
  throw new EscrowError('usage', {
    reason: `package ${record.sequence} is the newest that the cards in force open: accept it, or seal a newer one first`,
  });
}

async function askForEach(
  session: Session,
  standing: Standing,
  undecided: readonly PackageRecord[],
): Promise<Decided[]> {
  const prompter = await session.prompter('--accept');
  const decided: Decided[] = [];
  for (const record of undecided) {
    const sets = standing.sets.filter((set) => set.undecided.includes(record));
    heading(
      session,
      `Package ${record.sequence}, sealed ${record.created}: ${sets.map(({ set, mark }) => `set ${set.number} (${mark})`).join(', ')} opens it`,
    );
    const way = await prompter.choose<Decision | 'later'>('What becomes of it?', [
      { name: 'it stays: that is accepted, and why is noted', value: 'accepted' },
      ...(isNewest(standing, record)
        ? []
        : [
            {
              name: 'it is destroyed here now; copies elsewhere are yours to find',
              value: 'destroyed' as const,
            },
          ]),
      { name: 'decide later', value: 'later' },
    ]);
    if (way === 'later') continue;
    decided.push({ record, decision: way });
  }
  return decided;
}

async function reasonFor(session: Session, { reason }: RetireOptions): Promise<string> {
  const text =
    reason ??
    (await (await session.prompter('--reason')).text('Why? (for the ledger: no names, no secrets)'));
  if (text.trim() !== '' && !/\p{Cc}/u.test(text) && text.length <= 500) return text.trim();
  throw new EscrowError('usage', { reason: '--reason takes 1 to 500 characters in one line' });
}

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
      await rm(standing.escrow.folder.packagePath(record.package.file), { force: true });
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
      ({ card, holder, state }) => `  card ${card}: ${holder}${state === 'good' ? '' : `, ${state}`}`,
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
        cards: cards?.map(({ card, holder, state }) => ({ card, holder, state })) ?? null,
      })),
    },
    lines.join('\n'),
  );
  return undecidedSum(sets) > 0 ? ExitCode.Findings : ExitCode.Ok;
}

const undecidedSum = (sets: readonly RetiredSet[]): number =>
  sets.reduce((sum, { undecided }) => sum + undecided.length, 0);
