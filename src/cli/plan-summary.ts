// A plan in words, and its table of chances: what is read aloud before people agree.

import { percent } from '../escrow/plan-check.ts';
import type { PaperSize, Plan, PlannedCard, Trustee } from '../escrow/plan.ts';
import { policyWords } from '../escrow/policy-words.ts';
import { bestTrade, GOOD_CHANCE, isGoodTrade } from '../escrow/reachability.ts';
import type { Alternative, Change } from '../escrow/reachability.ts';
import { wrapText } from './wrap.ts';

export const PAPER_NAMES: Readonly<Record<PaperSize, string>> = { a4: 'A4', letter: 'US Letter' };

export function planLines(plan: Plan): string[] {
  const { organisation, cards, paper, lead, witness } = plan;
  const opens = `${organisation}: ${policyWords(plan)} open it, on ${PAPER_NAMES[paper]} paper`;
  const roles = [
    ...(lead === undefined ? [] : [`lead: ${lead}`]),
    ...(witness === undefined ? [] : [`witness: ${witness}`]),
  ];
  return [
    wrapText(opens, '  '),
    ...cards.map((card) => wrapText(`  card ${card.card}: ${personLine(card)}`, '    ')),
    ...roles.map((role) => `  ${role}`),
  ];
}

/** As much of a recipient as people compare. */
export const shortRecipient = (text: string): string => `${text.slice(0, 12)}…${text.slice(-8)}`;

/** What else there is of a card than its paper, or what the paper needs beside it. */
export function lockFacts({ lock, encryptTo }: Trustee): readonly string[] {
  return [
    ...(lock === undefined ? [] : ['locked by a passphrase']),
    ...(encryptTo === undefined ? [] : [`also as a file for ${shortRecipient(encryptTo)}`]),
  ];
}

function personLine({ trustee, groupName }: PlannedCard): string {
  const { name, place, household, team, reportsTo, outside, reachable } = trustee;
  const facts = [
    groupName,
    place === undefined ? undefined : `kept at ${place}`,
    household === undefined ? undefined : `household ${household}`,
    team === undefined ? undefined : `team ${team}`,
    reportsTo === undefined ? undefined : `reports to ${reportsTo}`,
    outside === true ? 'from outside' : undefined,
    reachable === undefined ? undefined : `reachable ${percent(reachable)}`,
    ...lockFacts(trustee),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** The chance on a holiday weekend, for the plan and the policies next to it. Nothing without figures. */
export function weekendLines(alternatives: readonly Alternative[], plan: Plan): string[] {
  if (alternatives.length === 0) return [];
  const rows = alternatives.map((choice) => [
    changeName(choice.change, plan),
    sizeOf(choice),
    percent(choice.chance),
    String(choice.spare),
    String(choice.fewest),
  ]);
  const head = ['', 'opens', 'chance', 'cards to spare', 'people who suffice'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd();
  return [
    "Chance of a quorum on a holiday weekend, by the trustees' own figures:",
    line(head),
    ...rows.map(line),
    ...tradeLines(alternatives, plan),
    '',
  ];
}

function sizeOf({ policy }: Alternative): string {
  const [only, ...others] = policy.groups;
  if (only && others.length === 0) return `${only.threshold} of ${only.members}`;
  return `${policy.groupThreshold} of ${policy.groups.length} groups`;
}

function changeName({ what, by, group }: Change, plan: Plan): string {
  const more = by < 0 ? 'less' : 'more';
  const name = plan.cards.find((card) => card.group === group)?.groupName;
  const where = name === undefined ? '' : `, ${name}`;
  switch (what) {
    case 'none':
      return 'as planned';
    case 'threshold':
      return `one card ${more} needed${where}`;
    case 'groupThreshold':
      return `one group ${more} needed`;
    case 'trustee':
      return `one trustee ${more}${where}`;
  }
}

function tradeLines(alternatives: readonly Alternative[], plan: Plan): string[] {
  const best = bestTrade(alternatives);
  if (!best) return [];
  const name = changeName(best.change, plan);
  const goal = `a chance of ${percent(GOOD_CHANCE)} with two cards to spare`;
  const trade = isGoodTrade(best)
    ? `Best trade: ${name}. Of those that reach ${goal}, it needs the most people together.`
    : `None of these reaches ${goal}. Likeliest to open: ${name}.`;
  const caveat =
    'What this does not know: people of one place, household or team are away together, so the true chance is lower. ' +
    'One trustee less is the one hardest to reach; one more is like the average of the others.';
  return [wrapText(`  ${trade}`, '  '), wrapText(`  ${caveat}`, '  ')];
}
