// "First 15 minutes" (requirement P5): one page at the front desk, in the glovebox and in every kit. Whoever
// finds it may start. No secret, at most nine things to do in a block, and lines for a pen wherever nothing
// was filled in.

import { EscrowError } from '../../core/errors.ts';
import type { DisplayList } from '../display-list.ts';
import type { Fonts } from '../fonts.ts';
import type { Paper } from '../measures.ts';
import { layoutSheet, type SheetContent } from '../sheet.ts';
import type { SheetPart } from '../sheet-parts.ts';
import { dateInEnglish } from '../strings/en.ts';
import { personText, type SheetCard, type SheetFacts, type SheetPerson } from './facts.ts';

interface ClientTier {
  readonly tier: number;
  readonly names: readonly string[];
}

export interface EmergencyFacts extends SheetFacts {
  /** How many cards open it, in words: "3 of 5 are needed". */
  readonly needed: string;
  /** Whose cards can be counted on, in the order of the cards. */
  readonly trustees: readonly Pick<SheetCard, 'holder' | 'contact' | 'isLocked'>[];
  /** The order of clients, as it was decided in calm. */
  readonly tiers: readonly ClientTier[];
}

/** How many names the sheet has room for. */
interface EmergencyRoom {
  readonly leadingMm: number;
  readonly trustees: number;
  readonly clients: number;
}

/** From the most names and the widest lines to the fewest and the closest; names are worth more than air, and trustees most. */
const ROOMS: readonly EmergencyRoom[] = [
  { leadingMm: 6, trustees: 10, clients: 12 },
  { leadingMm: 5.5, trustees: 10, clients: 12 },
  { leadingMm: 5.05, trustees: 10, clients: 12 },
  { leadingMm: 5.05, trustees: 10, clients: 5 },
  { leadingMm: 5.05, trustees: 10, clients: 2 },
  { leadingMm: 5.05, trustees: 8, clients: 2 },
  { leadingMm: 5.05, trustees: 6, clients: 2 },
  { leadingMm: 5.05, trustees: 4, clients: 1 },
  { leadingMm: 4.8, trustees: 3, clients: 1 },
];

const BLANK_TIERS = [
  'Life-safety and medical',
  'Open day and night',
  'Payroll and dates that are due',
  'All others, by name',
];
const TIER_LINES = 4;

/** As many as one reads while dialling. */
const COMMANDERS = 3;

const people = (list: readonly SheetPerson[] | undefined): string | undefined =>
  list === undefined || list.length === 0
    ? undefined
    : list
        .slice(0, COMMANDERS)
        .map(({ name, phone }) => personText({ name, phone }))
        .join('; ');

/** Behind the name of whoever has to type a passphrase. */
const LOCK_SIGN = ' *';

/** A line for a pen. */
const NO_NUMBER = '_'.repeat(16);

/** To be ticked as they say yes. A card whose holder sends it is of no use when a passphrase locks it. */
function trusteeChecks({ trustees }: EmergencyFacts, room: number): readonly SheetPart[] {
  const named = trustees.slice(0, room);
  const shown = named.map(
    ({ holder, contact, isLocked }) =>
      `${personText({ name: holder, phone: contact ?? NO_NUMBER })}${isLocked ? LOCK_SIGN : ''}`,
  );
  const more = trustees.length - shown.length;
  const items = more > 0 ? [...shown, `${more} more, in the register`] : shown;
  if (items.length === 0) return [];
  return [
    { kind: 'checks', items },
    ...(named.some(({ isLocked }) => isLocked)
      ? [
          {
            kind: 'step',
            mark: '*',
            text: 'comes in person: only they know the passphrase of their card.',
          } as const,
        ]
      : []),
  ];
}

function tierSteps({ tiers }: EmergencyFacts, room: number): readonly SheetPart[] {
  if (tiers.length === 0)
    return BLANK_TIERS.map((text, index) => ({
      kind: 'step',
      mark: String.fromCharCode(97 + index),
      text: `${text}:`,
      tick: true,
      fill: { value: undefined },
    }));
  return tiers.slice(0, TIER_LINES).map(({ tier, names }) => {
    const shown = names.slice(0, room);
    const more = names.length - shown.length;
    return {
      kind: 'step',
      mark: `${tier}`,
      text: `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      tick: true,
    };
  });
}

export function emergencySheet(facts: EmergencyFacts, room: EmergencyRoom): SheetContent {
  const { contacts, printed, needed } = facts;
  const todo = (mark: number, text: string, value?: string, isFilled = false): SheetPart => ({
    kind: 'step',
    mark: `${mark}`,
    text,
    tick: true,
    ...(isFilled ? { fill: { value } } : {}),
  });
  const head = (text: string): readonly SheetPart[] => [
    { kind: 'gap', mm: (room.leadingMm - 4.9) * 3 },
    { kind: 'heading', text },
  ];
  return {
    title: 'First 15 minutes',
    foot: `Sheet of ${dateInEnglish(printed)}. Shred older ones.`,
    leadingMm: room.leadingMm,
    parts: [
      { kind: 'title', text: 'First 15 minutes' },
      { kind: 'strong', text: 'You do not need to remember anything. Read, do, tick. Anyone may start.' },
      ...head('Minute 0 to 3: stop it from spreading (one person)'),
      todo(1, 'Note the time:', undefined, true),
      todo(2, 'Disconnect the network. Power off only what you cannot disconnect.'),
      todo(3, 'Shut the remote management tool:', contacts.rmm, true),
      todo(4, 'Log in to the vault from no office machine.'),
      ...head('Minute 3 to 6: people'),
      todo(
        5,
        'The commander, who does not type, is the first you reach of:',
        people(contacts.commanders ?? contacts.ask),
        true,
      ),
      todo(6, 'A second person keeps the log: time, what, who.'),
      todo(7, 'Talk only here, and call printed numbers only:', contacts.channel, true),
      ...head('Minute 6 to 10: start the vault'),
      todo(8, 'A clean laptop from:', contacts.laptop, true),
      todo(9, 'The newest stick or copy from:', contacts.packages, true),
      todo(
        10,
        `Call trustees until enough say yes (${needed}). Say: "We have an incident. Call me back on the number on your sheet."`,
      ),
      ...trusteeChecks(facts, room.trustees),
      ...head('Minute 10 to 15: tell'),
      todo(11, 'Insurer, before any clean-up:', contacts.insurer, true),
      todo(12, 'Lawyer:', contacts.lawyer, true),
      todo(13, 'Police:', contacts.police, true),
      todo(14, 'Clients:', contacts.message === undefined ? undefined : `"${contacts.message}"`, true),
      ...head('Then clients in this order (all of them are in the vault)'),
      ...tierSteps(facts, room.clients),
      { kind: 'gap', mm: 1 },
      {
        kind: 'strong',
        text: 'Stuck? Read the next unticked line aloud. Change the commander after 4 hours.',
      },
    ],
  };
}

/**
 * Lays it out on its one page, with as many names as that takes.
 *
 * @throws {@link EscrowError} `paper.overflow` when what was filled in is too long even so.
 */
export function layoutEmergencySheet(
  facts: EmergencyFacts,
  paper: Paper,
  fonts: Fonts,
): readonly [DisplayList, ...DisplayList[]] {
  for (const room of ROOMS) {
    const pages = layoutSheet(emergencySheet(facts, room), paper, fonts);
    if (pages.length === 1) return pages;
  }
  throw new EscrowError('paper.overflow', { what: 'the emergency sheet' });
}
