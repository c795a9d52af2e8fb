// Times and sizes as people read them.

import type { Strings } from './strings.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** "03:12", or "1:03:12" beyond an hour. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const short = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${short}` : short;
}

/** British English writes the day first and 24 hours, as the cards do. */
export const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** A date and time of this place: "24 Nov 2026, 02:00". What is none, as some exports have it, stays as it is. */
export function moment(iso: string, language: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    time,
  );
}

/** How long ago that was. A time in the future is no time ago: clocks of clean machines are often wrong. */
export function ago(strings: Strings, iso: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - new Date(iso).getTime()) / 60_000));
  if (minutes < 60) return strings.minutesAgo(minutes);
  return minutes < 48 * 60
    ? strings.hoursAgo(Math.floor(minutes / 60))
    : strings.daysAgo(Math.floor(minutes / 1440));
}

/** French counts in octets. */
const UNITS = { fr: ['Ko', 'Mo', 'Go'], other: ['KB', 'MB', 'GB'] } as const;

/** "312 KB", "4.5 MB", as the language writes it. */
export function sizeOf(bytes: number, language: string): string {
  const [kilo, mega, giga] = UNITS[language === 'fr' ? 'fr' : 'other'];
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(localeOf(language), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    }).format(value);
  if (bytes < 1_000_000) return `${number(Math.ceil(bytes / 1000), 0)} ${kilo}`;
  return bytes < 1_000_000_000 ? `${number(bytes / 1e6, 1)} ${mega}` : `${number(bytes / 1e9, 2)} ${giga}`;
}
