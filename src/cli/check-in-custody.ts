// Where a card lies and who holds it, as a check-in names it. A number belongs to whoever held the card then: in
// an emergency the sheet would ring somebody who left.

import { EscrowError } from '../core/errors.ts';
import { hasUnseen } from '../core/plain-text.ts';
import { folded } from '../escrow/plan-names.ts';
import { isShortText } from '../escrow/register.ts';
import type { RegisteredCard } from '../escrow/register.ts';
import { formatTime } from '../escrow/seal.ts';
import { HOLDERS } from './sentences/holders.ts';
import type { Session } from './session.ts';

/** What a check-in may name of a card that is there. */
export interface CustodyOptions {
  readonly bag?: string | undefined;
  readonly holder?: string;
  readonly contact?: string;
  readonly place?: string;
}

/** What was noted of the holder before, and is not true of the new one. */
type Cleared = 'contact' | 'place';

export interface Custody {
  readonly change: Partial<RegisteredCard>;
  /** What was heard of the card itself; undefined where only the contact or the place of its holder changes. */
  readonly how: 'bag' | 'holder' | undefined;
  readonly text: string;
  readonly cleared: readonly Cleared[];
  /** Lines about what was cleared, and what is missing now. */
  readonly more: readonly string[];
}

const FLAGS = ['bag', 'holder', 'contact', 'place'] as const;

/** The first flag of these that was given, for a refusal. */
export function custodyFlag(options: CustodyOptions): string | undefined {
  const given = FLAGS.find((name) => options[name] !== undefined);
  return given === undefined ? undefined : `--${given}`;
}

function shortText(flag: string, given: string): string {
  const text = given.trim();
  if (isShortText(text) && !hasUnseen(text)) return text;
  throw new EscrowError('usage', {
    reason: `${flag} takes 1 to 200 characters in one line, none of them invisible`,
  });
}

/** The same texts as they are kept: without spaces around them. */
export function withNames<T extends CustodyOptions>(options: T): T {
  const named = FLAGS.flatMap((name) => {
    const given = options[name];
    return given === undefined ? [] : [[name, shortText(`--${name}`, given)] as const];
  });
  return { ...options, ...Object.fromEntries(named) };
}

/** Whether another person holds the card than before: the same name in other letters is none. */
export const isHandover = (entry: RegisteredCard, holder: string | undefined): boolean =>
  holder !== undefined && folded(holder) !== folded(entry.holder);

/** What was named of the card, if anything. At a terminal the number of a new holder is asked for. */
export async function custodyNamed(
  session: Session,
  entry: RegisteredCard,
  { bag, holder, contact, place }: CustodyOptions,
): Promise<Custody | undefined> {
  if ([bag, holder, contact, place].every((given) => given === undefined)) return undefined;
  const reached = {
    contact: contact ?? (await contactOfNew(session, entry, holder)),
    place: place ?? (isHandover(entry, holder) ? null : entry.place),
  };
  const handed = isHandover(entry, holder) ? { handedOver: formatTime(session.io.now()) } : {};
  const isEmptied = (name: Cleared): boolean => entry[name] !== null && reached[name] === null;
  const cleared = (['contact', 'place'] as const).filter(isEmptied);
  return {
    change: {
      ...(bag === undefined ? {} : { bag }),
      ...(holder === undefined ? {} : { holder }),
      ...handed,
      ...reached,
    },
    how: holder !== undefined ? 'holder' : bag !== undefined ? 'bag' : undefined,
    text: [
      bag === undefined ? '' : ` in bag ${bag}`,
      holder === undefined ? '' : `, held by ${holder}`,
      contact === undefined ? '' : `, contact ${contact}`,
      place === undefined ? '' : `, place ${place}`,
    ].join(''),
    cleared,
    more: [
      ...(cleared.length === 0 ? [] : [HOLDERS.cleared(entry.holder, cleared)]),
      ...(isHandover(entry, holder) && reached.contact === null ? [HOLDERS.noContact(entry.card)] : []),
    ],
  };
}

async function contactOfNew(
  session: Session,
  entry: RegisteredCard,
  holder: string | undefined,
): Promise<string | null> {
  if (holder === undefined || !isHandover(entry, holder)) return entry.contact;
  if (!session.canAsk) return null;
  const prompter = await session.prompter('--contact');
  const typed = await prompter.text(HOLDERS.contact(holder));
  return typed.trim() === '' ? null : shortText('--contact', typed);
}
