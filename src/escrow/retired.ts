// What cards of retired sets still open. A set that another took the place of is not powerless: after a
// reissue its cards give the very key, after a rekey the old one, and every package sealed to it that is still
// here opens. Each such package is destroyed, or accepted with a reason; the ledger says which.

import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';
import type { PackageRecord } from '../core/record/package-record.ts';
import { setMark } from '../core/share/set.ts';
import { keyTag } from '../core/share/share-record.ts';
import { markName } from './card-verdict.ts';
import type { Register, RegisteredCard } from './register.ts';
import type { Verification } from './verify.ts';

export interface RetiredSet {
  readonly set: { readonly number: number; readonly id: string };
  readonly mark: string;
  /** Whether its cards give the key that is in force: they open whatever is sealed today. */
  readonly givesCurrentKey: boolean;
  /** Packages here that its cards open and nobody decided on, the oldest first. */
  readonly undecided: readonly PackageRecord[];
  readonly accepted: readonly PackageRecord[];
  /** Its cards that were not destroyed, as the register has them; undefined where nobody noted them. */
  readonly cards: readonly RegisteredCard[] | undefined;
}

/**
 * @param present - Names of the package files that are here.
 * @param register - In force; it keeps who held what.
 */
export function retiredSets(
  { history, records, ledger }: Pick<Verification, 'history' | 'records' | 'ledger'>,
  present: ReadonlySet<string>,
  register: Register | undefined,
): RetiredSet[] {
  const sets = history.map(({ charter }) => charter.set);
  const current = sets.at(-1);
  const accepted = new Set(
    (ledger?.lines ?? [])
      .filter(({ body, isTrusted }) => isTrusted && body.event === 'retire')
      .filter(({ body }) => body.facts['decision'] === 'accepted')
      .map(({ body }) => `${String(body.facts['set'])} ${String(body.facts['package'])}`),
  );
  const here = records.map(({ record }) => record).filter(({ package: { file } }) => present.has(file));
  return sets.slice(0, -1).map((set, at): RetiredSet => {
    const givesCurrentKey = keyTag(set.id) === keyTag(current?.id ?? '');
    // Of the key in force, only what was sealed before the set was retired is asked about: that the rest opens too is
    // what a reissue is.
    const until = new Set(sets.slice(0, at + 1).map(({ id }) => id));
    const opened = here
      .filter(({ setId }) => keyTag(setId) === keyTag(set.id) && (!givesCurrentKey || until.has(setId)))
      .sort((a, b) => a.sequence - b.sequence);
    const isAccepted = (record: PackageRecord): boolean => accepted.has(`${set.id} ${record.package.sha256}`);
    return {
      set,
      mark: markName(setMark(set.number)),
      givesCurrentKey,
      undecided: opened.filter((record) => !isAccepted(record)),
      accepted: opened.filter(isAccepted),
      cards: register?.retired
        ?.find((old) => old.set.id === set.id)
        ?.cards.filter(({ state }) => state !== 'destroyed'),
    };
  });
}

/** ", also card-2-….txt.age": what is not shredded with the paper. */
export const alsoFile = (sealedFile: string | null | undefined): string =>
  typeof sealedFile === 'string' ? `, also ${sealedFile}` : '';

/** What is to be said of them. @param severity - Of packages nobody decided on: verify judges bytes, and only mentions it. */
export function retiredFindings(sets: readonly RetiredSet[], severity: 'info' | 'warning'): Finding[] {
  return sets.flatMap(({ set, mark, givesCurrentKey, undecided, cards }): Finding[] => {
    const name = `set ${set.number} (${mark})`;
    const gone = (cards ?? [])
      .filter(({ state }) => state !== 'good')
      .map(({ card, state }) => `card ${card} is ${state}`);
    return [
      ...(undecided.length === 0
        ? []
        : [
            {
              code: 'retired-set-opens',
              severity,
              message: `cards of the retired ${name} still open ${counted(undecided.length, 'package')} here that nobody decided on: ${undecided.map(({ sequence }) => sequence).join(', ')}`,
              hint: 'holdfast ceremony retire DIR: destroy or accept each',
            },
          ]),
      ...(givesCurrentKey && gone.length > 0
        ? [
            {
              code: 'retired-card-gone',
              severity: severity === 'info' ? severity : ('error' as const),
              message: `of the retired ${name}, which gives the key in force: ${gone.join(', ')}`,
              hint: 'a reissue does not lock it out: make a new key (holdfast ceremony rekey)',
            },
          ]
        : []),
      ...(cards !== undefined && cards.length > gone.length
        ? [
            {
              code: 'retired-cards-out',
              severity: givesCurrentKey ? severity : ('info' as const),
              message: `${counted(cards.length - gone.length, 'card')} of the retired ${name} not destroyed yet: ${cards
                .filter(({ state }) => state === 'good')
                .map(({ card, holder, sealedFile }) => `${card} (${holder}${alsoFile(sealedFile)})`)
                .join(', ')}`,
              hint: 'collect and shred them, see sealed files deleted, then holdfast ceremony retire DIR --set N --card N --state destroyed',
            },
          ]
        : []),
    ];
  });
}
