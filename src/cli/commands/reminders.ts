// holdfast reminders: the days on which cards are due, as a calendar file. No name and no secret in it.

import { PUBLIC_FILE, writeFileAtomic } from '../../adapters/atomic-write.ts';
import { counted } from '../../core/counted.ts';
import { EscrowError } from '../../core/errors.ts';
import { encodeCalendar } from '../../escrow/ical.ts';
import { remindersOf } from '../../escrow/reminders.ts';
import { cardOf, openTrusted, registerOf } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

interface RemindersOptions {
  readonly out?: string;
  readonly card?: number;
}

export async function reminders(session: Session, dir: string, options: RemindersOptions): Promise<number> {
  const { out, card } = options;
  const usage = (reason: string): EscrowError => new EscrowError('usage', { reason, command: 'reminders' });
  if (out === undefined) throw usage('--out is needed: the calendar file to write, F.ics');
  const register = await registerOf(session, await openTrusted(session, dir), dir);
  if (card !== undefined) cardOf(register, card, 'reminders');
  const now = session.io.now();
  const events = remindersOf(register, now, card);
  // A calendar without an event is no calendar (RFC 5545, section 3.6).
  if (events.length === 0) throw usage('nothing is due: no such card can be counted on');
  await writeFileAtomic(session.path(out), encodeCalendar(events, now), {
    overwrite: session.isForced,
    mode: PUBLIC_FILE,
  });
  await session.result(
    { type: 'reminders', file: out, events: events.map(({ uid, day, summary }) => ({ uid, day, summary })) },
    `${out}: ${counted(events.length, 'date')}, the first on ${events.map(({ day }) => day).sort()[0] ?? ''}. Made anew after a check-in, it moves them.`,
  );
  return ExitCode.Ok;
}
