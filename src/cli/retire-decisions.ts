// What becomes of each package that cards of a retired set open: named by flags, or asked for one by one. The
// newest that the cards in force open always stays.

import { EscrowError } from '../core/errors.ts';
import type { RetireRefusal } from '../core/errors.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { keyTag } from '../core/share/share-record.ts';
import type { Register } from '../escrow/register.ts';
import type { RetiredSet } from '../escrow/retired.ts';
import { newestRecord } from '../escrow/verify.ts';
import type { Verification } from '../escrow/verify.ts';
import { heading } from './dialogue.ts';
import type { TrustedEscrow } from './escrow-access.ts';
import type { Session } from './session.ts';

export interface DecideOptions {
  readonly accept?: readonly string[];
  readonly destroy?: readonly string[];
}

type Decision = 'accepted' | 'destroyed';

/** What was decided on one package. */
export interface Decided {
  readonly record: PackageRecord;
  readonly decision: Decision;
}

/** The escrow as it stands while nobody else writes. */
export interface Standing {
  /** The escrow folder, as it was named. */
  readonly dir: string;
  /** Where this machine keeps it. */
  readonly register: Register | undefined;
  readonly escrow: TrustedEscrow;
  readonly seen: Verification;
  readonly sets: readonly RetiredSet[];
  /** Sizes of the package files that are here, by name. */
  readonly present: ReadonlyMap<string, number>;
}

/** By flags, or asked for at the terminal one by one. */
export async function decide(
  session: Session,
  standing: Standing,
  options: DecideOptions,
): Promise<Decided[]> {
  const { accept = [], destroy = [] } = options;
  const undecided = undecidedIn(standing);
  const decided =
    accept.length + destroy.length > 0
      ? decideByFlags(standing, undecided, { accept, destroy })
      : session.canAsk
        ? await askForEach(session, standing, undecided)
        : [];
  assertNewestStays(standing, decided);
  return decided;
}

/** `all` is what is undecided and not named for the other fate. What was accepted is destroyed only by its number. */
function decideByFlags(
  standing: Standing,
  undecided: readonly PackageRecord[],
  { accept, destroy }: { accept: readonly string[]; destroy: readonly string[] },
): Decided[] {
  const isAll = (words: readonly string[]): boolean => words.includes('all');
  if (isAll(accept) && isAll(destroy))
    throw new EscrowError('usage', { reason: 'all packages cannot be accepted and destroyed' });
  const accepted = isAll(accept) ? [] : named(standing, 'accept', accept, undecided);
  const known = [...undecided, ...standing.sets.flatMap((set) => set.accepted)];
  const destroyed = isAll(destroy) ? [] : named(standing, 'destroy', destroy, known);
  const twice = accepted.find((record) => destroyed.includes(record));
  if (twice)
    throw new EscrowError('usage', { reason: `package ${twice.sequence} cannot be accepted and destroyed` });
  const rest = undecided.filter((record) => !accepted.includes(record) && !destroyed.includes(record));
  return [
    ...[...accepted, ...(isAll(accept) ? rest : [])].map((record): Decided => ({
      record,
      decision: 'accepted',
    })),
    ...[...destroyed, ...(isAll(destroy) ? rest : [])].map((record): Decided => ({
      record,
      decision: 'destroyed',
    })),
  ];
}

function undecidedIn({ sets }: Standing): PackageRecord[] {
  const all = new Map(sets.flatMap(({ undecided }) => undecided.map((record) => [record.sequence, record])));
  return [...all.values()].sort((a, b) => a.sequence - b.sequence);
}

type Fate = 'accept' | 'destroy';

function named(
  standing: Standing,
  fate: Fate,
  words: readonly string[],
  among: readonly PackageRecord[],
): PackageRecord[] {
  return [...new Set(words)].map((word) => {
    const found = among.find(({ sequence }) => String(sequence) === word);
    if (found) return found;
    throw refused(standing, word, whyNot(standing, fate, word));
  });
}

const refused = ({ dir }: Standing, word: string, why: RetireRefusal): EscrowError =>
  new EscrowError('ceremony.retire-refused', { named: word, why, folder: dir });

/** Of a number that names nothing to be decided. */
function whyNot(standing: Standing, fate: Fate, word: string): RetireRefusal {
  const { seen, sets, present } = standing;
  const isIt = ({ sequence }: PackageRecord): boolean => String(sequence) === word;
  const record = seen.records.map((entry) => entry.record).find(isIt);
  if (!/^\d+$/.test(word)) return 'no-number';
  if (!record) return 'unknown';
  if (!present.has(record.package.file)) return 'gone';
  if (sets.some(({ accepted }) => accepted.some(isIt))) return 'accepted';
  return fate === 'destroy' && record === newestHere(standing) ? 'newest' : 'in-force';
}

/**
 * The package that would be recovered today by the cards in force: the newest that is here and that a sealer of the
 * charter vouches for; where none is, the newest that anybody does. Undefined when there is no package at all.
 */
function newestHere({ seen, escrow, present }: Standing): PackageRecord | undefined {
  const here = seen.records.filter(
    ({ record }) =>
      keyTag(record.setId) === keyTag(escrow.charter.set.id) &&
      present.get(record.package.file) === record.package.size,
  );
  const vouched = here.filter(({ sealerKnown }) => sealerKnown);
  return newestRecord(vouched.length > 0 ? vouched : here)?.record;
}

function assertNewestStays(standing: Standing, decided: readonly Decided[]): void {
  const newest = newestHere(standing);
  if (!decided.some(({ record, decision }) => decision === 'destroyed' && record === newest)) return;
  throw refused(standing, String(newest?.sequence), 'newest');
}

async function askForEach(
  session: Session,
  standing: Standing,
  undecided: readonly PackageRecord[],
): Promise<Decided[]> {
  const prompter = await session.prompter('--accept');
  const newest = newestHere(standing);
  const decided: Decided[] = [];
  for (const record of undecided) {
    const sets = standing.sets.filter((set) => set.undecided.includes(record));
    heading(
      session,
      `Package ${record.sequence}, sealed ${record.created}: ${sets.map(({ set, mark }) => `set ${set.number} (${mark})`).join(', ')} opens it`,
    );
    const way = await prompter.choose<Decision | 'later'>('What becomes of it?', [
      { name: 'it stays: that is accepted, and why is noted', value: 'accepted' },
      ...(record === newest
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
