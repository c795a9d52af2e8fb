// What is left of a set when a card is gone, in one sentence: how many are needed, how many can be counted
// on, and what one more loss would mean. Requirement K3.

import { counted } from '../core/counted.ts';
import { cardPositions } from '../core/share/policy.ts';
import type { Policy } from '../core/share/policy.ts';
import { isCounted } from './custody.ts';
import { countReady } from './readiness.ts';
import type { Register } from './register.ts';

export interface Margin {
  /** Cards that can be counted on. */
  readonly good: readonly number[];
  /** How many of them may be lost, whichever they are; -1 when they open nothing any more. */
  readonly spare: number;
  /** "3 of 5 are needed". */
  readonly needed: string;
  readonly sentence: string;
}

export function marginOf(policy: Policy, register: Register): Margin {
  const usable = register.cards.filter(isCounted);
  const good = usable.map(({ card }) => card);
  const locked = usable.filter(({ lock }) => lock === 'passphrase').length;
  const spare = countReady(policy, good);
  const names = groupNames(policy, register);
  const left = `${counted(good.length, 'good card')} ${good.length === 1 ? 'is' : 'are'} left`;
  const needed = needText(policy, names);
  const sentence = `${needed}; ${left}${leftByGroup(policy, names, good)}${lockedText(locked)}; ${spareText(policy, spare)}.`;
  return { good, spare, needed, sentence };
}

/** Groups by the names in the register, or by their numbers. */
function groupNames(policy: Policy, register: Register): readonly string[] {
  const positions = cardPositions(policy);
  return policy.groups.map((_, index) => {
    const first = positions.find(({ group }) => group === index + 1)?.card;
    return register.cards.find(({ card }) => card === first)?.group ?? `group ${index + 1}`;
  });
}

function needText(policy: Policy, names: readonly string[]): string {
  const { groupThreshold, groups } = policy;
  const [only] = groups;
  if (only && groups.length === 1) return `${only.threshold} of ${only.members} are needed`;
  const each = groups.map(
    ({ threshold, members }, index) => `${threshold} of ${members} in ${names[index] ?? ''}`,
  );
  return groupThreshold === groups.length
    ? `${each.join(' and ')} are needed`
    : `any ${groupThreshold} of these are needed: ${each.join(', ')}`;
}

function leftByGroup(policy: Policy, names: readonly string[], good: readonly number[]): string {
  if (policy.groups.length === 1) return '';
  const positions = cardPositions(policy).filter(({ card }) => good.includes(card));
  const each = names.map(
    (name, index) => `${positions.filter(({ group }) => group === index + 1).length} in ${name}`,
  );
  return ` (${each.join(', ')})`;
}

/** A card is worth what its holder remembers. */
const lockedText = (locked: number): string =>
  locked === 0
    ? ''
    : `, ${locked} of them only with the passphrase of ${locked === 1 ? 'its holder' : 'their holders'}`;

function spareText(policy: Policy, spare: number): string {
  if (spare < 0) return 'nothing can be opened with them';
  // With groups it depends on which card it is.
  const may = policy.groups.length === 1 ? '' : ' of the wrong card';
  if (spare === 0) return `one more loss${may} and nothing can be opened`;
  if (spare === 1) return `one more loss${may} leaves none to spare`;
  return `any ${spare} more may be lost`;
}
