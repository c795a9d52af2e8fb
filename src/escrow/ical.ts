// A calendar file, RFC 5545: whole days with an alarm. Written here and not by a library: it is two screens,
// nothing is ever read, and what a library adds (time zones, recurrence) is what goes wrong between calendars.

import { encodeUtf8, type Bytes } from '../core/bytes.ts';

export interface CalendarEvent {
  /** Stays the same from file to file, so that a calendar moves an event and does not add another. */
  readonly uid: string;
  /** `2027-02-22`. */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
}

/** Section 3.1: a line has at most so many bytes, its end not counted; what is longer goes on after a space. */
const LINE_BYTES = 75;
/** The alarm rings at nine on the day, and a week before: whole days begin at midnight where the reader is. */
const ALARMS = ['PT9H', '-P6DT15H'];

/** Section 3.3.11. */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|[\r\n]/g, '\\n');

/** Breaks a line between characters, never inside one. */
function folded(line: string): string {
  let out = '';
  let room = LINE_BYTES;
  for (const character of line) {
    const { length } = encodeUtf8(character);
    if (length > room) {
      out += '\r\n ';
      // The space counts.
      room = LINE_BYTES - 1;
    }
    out += character;
    room -= length;
  }
  return `${out}\r\n`;
}

/** `20261124T010203Z`. */
const stamp = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const compactDay = (day: string): string => day.replaceAll('-', '');

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function eventLines(event: CalendarEvent, now: Date): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${stamp(now)}`,
    // Grows from file to file: of two that have the same UID, the later one is the true one.
    `SEQUENCE:${Math.floor(now.getTime() / 60_000)}`,
    `DTSTART;VALUE=DATE:${compactDay(event.day)}`,
    `DTEND;VALUE=DATE:${compactDay(nextDay(event.day))}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    'TRANSP:TRANSPARENT',
    ...ALARMS.flatMap((trigger) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(event.summary)}`,
      `TRIGGER:${trigger}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

/** A calendar of some events. @param now - When it is made. */
export function encodeCalendar(events: readonly CalendarEvent[], now: Date): Bytes {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//holdfast//custody//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...events.flatMap((event) => eventLines(event, now)),
    'END:VCALENDAR',
  ];
  return encodeUtf8(lines.map(folded).join(''));
}
