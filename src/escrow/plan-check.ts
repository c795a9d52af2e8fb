// What is to be said of a plan before anything is made of it: who is too near to whom, how many cards may
// be gone, and how likely a quorum can be reached when it is needed.

import type { Finding } from '../core/finding.ts';
import { independenceFindings } from './independence.ts';
import type { Plan } from './plan.ts';
import { cardList } from './plan-names.ts';
import { BAD_CHANCE, GOOD_CHANCE, alternatives } from './reachability.ts';
import type { Alternative } from './reachability.ts';
import { countReady } from './readiness.ts';

interface PlanCheck {
  readonly findings: readonly Finding[];
  /** The plan first, then the policies next to it; empty unless every trustee gave a figure. */
  readonly alternatives: readonly Alternative[];
}

export function checkPlan(plan: Plan): PlanCheck {
  const choices = weekendChoices(plan);
  const findings = [
    ...spareFindings(plan),
    ...lockFindings(plan),
    ...independenceFindings(plan),
    ...reachFindings(plan, choices),
  ];
  return { findings, alternatives: choices };
}

function weekendChoices({ policy, cards }: Plan): Alternative[] {
  const chances = cards.map(({ trustee }) => trustee.reachable);
  if (chances.some((chance) => chance === undefined)) return [];
  const groups = policy.groups.map(({ threshold }, index) => ({
    threshold,
    chances: cards.flatMap(({ group, trustee }) => (group === index + 1 ? [trustee.reachable ?? 0] : [])),
  }));
  return alternatives({ groupThreshold: policy.groupThreshold, groups });
}

function spareFindings({ policy, cards }: Plan): Finding[] {
  const spare = countReady(
    policy,
    cards.map(({ card }) => card),
  );
  if (spare > 1) return [];
  const hint = 'two cards to spare are a good rule: one trustee is away, and one card cannot be got at';
  return spare === 1
    ? [{ code: 'plan-one-spare', severity: 'info', message: 'there is only one card to spare', hint }]
    : [
        {
          code: 'plan-no-spare',
          severity: 'warning',
          message: 'there is no card to spare: one that is lost can be the end of everything sealed',
          hint,
        },
      ];
}

const isLocked = ({ trustee }: Plan['cards'][number]): boolean => trustee.lock === 'passphrase';

/** What a lock does not do where it stands, and what it costs. */
function lockFindings({ policy, cards }: Plan): Finding[] {
  // All members of a group that needs one card have the same share: who opens one card has them all.
  const idle = policy.groups.flatMap(({ threshold }, index) => {
    const members = cards.filter(({ group }) => group === index + 1);
    const locked = members.filter(isLocked).map(({ card }) => card);
    return threshold === 1 && locked.length < members.length ? locked : [];
  });
  const open = cards.filter((place) => !isLocked(place)).map(({ card }) => card);
  const isNeeded = open.length < cards.length && countReady(policy, open) < 0;
  return [
    ...(idle.length === 0
      ? []
      : [
          {
            code: 'plan-lock-idle',
            severity: 'warning',
            message: `the lock of ${cardList(idle)} keeps nobody out: one card is enough in its group, and another of it is not locked`,
            hint: 'lock all cards of the group, or none',
          } as const,
        ]),
    ...(isNeeded
      ? [
          {
            code: 'plan-lock-needed',
            severity: 'warning',
            message:
              'nothing opens without a locked card: a passphrase that is forgotten can be the end of everything sealed',
            hint: 'lock so few cards that the others are a quorum',
          } as const,
        ]
      : []),
  ];
}

function reachFindings({ cards }: Plan, [asPlanned]: readonly Alternative[]): Finding[] {
  if (!asPlanned) {
    const without = cards.filter(({ trustee }) => trustee.reachable === undefined);
    return [
      {
        code: 'plan-reachable-unknown',
        severity: 'info',
        message: `how likely a quorum is reached cannot be told: ${cardList(without.map(({ card }) => card))} without "reachable"`,
        hint: 'ask each trustee how often they can be reached within two hours on a holiday weekend, from 0 to 1',
      },
    ];
  }
  if (asPlanned.chance >= GOOD_CHANCE) return [];
  return [
    {
      code: 'plan-hard-to-reach',
      severity: asPlanned.chance < BAD_CHANCE ? 'error' : 'warning',
      message: `on a holiday weekend a quorum is reached with a chance of ${percent(asPlanned.chance)}; ${percent(GOOD_CHANCE)} is good`,
      hint: 'see what one card more or less would do, or choose trustees who can be reached',
    },
  ];
}

/** "93.1 %", rounded down: nothing is called good, or certain, that is not. */
export function percent(chance: number): string {
  return `${Math.floor(chance * 1000 + 1e-9) / 10} %`;
}
