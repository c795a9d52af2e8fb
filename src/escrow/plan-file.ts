// A plan as a file for people: YAML with a word about each field, to be read aloud, changed by hand and
// kept. What is written here is read by plan.ts.

import type { PaperSize, Trustee } from './plan.ts';

/** What a plan of one group says. */
export interface PlanFields {
  readonly organisation: string;
  readonly threshold: number;
  readonly trustees: readonly Trustee[];
  readonly paper: PaperSize;
  readonly lead?: string | undefined;
  readonly witness?: string | undefined;
}

/** Text in double quotes is the same in YAML as in JSON, whatever is in it. */
const quoted = (text: string): string => JSON.stringify(text);

const HEAD = `# The plan of a ceremony: who gets a card, and how many cards open the escrow together.
# Check it after every change, and agree on the six words that it has then:
#   holdfast ceremony plan --plan THIS-FILE
# Comments, quotes and the order of the fields do not change the words; everything else does.
# All fields, and plans of several groups: docs/ops/plan.md
`;

const TRUSTEES_HEAD = `# Cards are numbered in this order. Fields of a trustee, all but the name may be left out:
#   name       as it is printed on the card
#   contact    how to reach them in an emergency
#   place      the building where the card is kept, in the same words for all who keep it there;
#              "home" is each one's own home
#   household  the same word for people who live together
#   team       whom they work with
#   reportsTo  the name of the person above them
#   outside    true for somebody who is not of the company
#   reachable  from 0 to 1: how likely they can be reached within two hours on a holiday weekend
#   lock       passphrase: the card opens nothing without one that its holder chooses at the ceremony;
#              whoever forgets it has lost the card
#   encryptTo  an age recipient of theirs: beside the card they get its rows as a file sealed to it
`;

/** Fields of a trustee in the order in which they are written. */
const FIELDS = [
  'name',
  'contact',
  'place',
  'household',
  'team',
  'reportsTo',
  'outside',
  'reachable',
  'lock',
  'encryptTo',
] as const;

export function planFile(plan: PlanFields): string {
  const { organisation, lead, witness, threshold, trustees, paper } = plan;
  const lines = [
    `organisation: ${quoted(organisation)}`,
    '# Who runs the program at the ceremony, and who watches and writes down what happens.',
    lead === undefined ? '#lead: ""' : `lead: ${quoted(lead)}`,
    witness === undefined ? '#witness: ""' : `witness: ${quoted(witness)}`,
    '# a4 or letter',
    `paper: ${paper}`,
    `# So many of the ${trustees.length} cards open the escrow.`,
    `threshold: ${threshold}`,
  ];
  return `${HEAD}\n${lines.join('\n')}\n\n${TRUSTEES_HEAD}trustees:\n${trustees.map(trusteeLines).join('')}`;
}

function trusteeLines(trustee: Trustee): string {
  const given = FIELDS.flatMap((field) => {
    const value = trustee[field];
    if (value === undefined) return [];
    return [`${field}: ${typeof value === 'string' ? quoted(value) : String(value)}`];
  });
  return given.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}\n`).join('');
}
