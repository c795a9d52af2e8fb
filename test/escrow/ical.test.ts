// The calendar of custody, read back by a small reader written from RFC 5545 and not from the writer.

import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/languages.ts';
import { encodeCalendar } from '../../src/escrow/ical.ts';
import type { Register } from '../../src/escrow/register.ts';
import { remindersOf } from '../../src/escrow/reminders.ts';
import { ISSUED, registerOf } from './sample-register.ts';

interface Component {
  readonly name: string;
  readonly lines: ReadonlyMap<string, string>;
  readonly inner: readonly Component[];
}

const NOW = new Date('2026-11-24T12:00:00Z');

/** Section 3.1: content lines, unfolded. */
function contentLines(bytes: Uint8Array): string[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  return text
    .slice(0, -2)
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n');
}

/** Components inside each other, each property at most once. */
function parse(lines: string[]): Component {
  const [, name = ''] = /^BEGIN:(\w+)$/.exec(lines.shift() ?? '') ?? [];
  const found = new Map<string, string>();
  const inner: Component[] = [];
  while (lines[0] !== `END:${name}`) {
    if (lines[0] === undefined) throw new Error(`${name} has no end`);
    if (lines[0].startsWith('BEGIN:')) {
      inner.push(parse(lines));
      continue;
    }
    const [, key = '', value = ''] = /^([A-Z-]+(?:;[A-Z]+=[A-Z]+)*):(.*)$/.exec(lines.shift() ?? '') ?? [];
    expect(found.has(key), key).toBe(false);
    found.set(
      key,
      value.replaceAll(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
    );
  }
  lines.shift();
  return { name, lines: found, inner };
}

function read(bytes: Uint8Array): Component {
  const lines = contentLines(bytes);
  const calendar = parse(lines);
  expect(lines).toEqual([]);
  return calendar;
}

test('what has signs of its own, and what is long in many scripts, comes back as it went in', () => {
  const summary = `a; b, c\\ d ${'Łukasz 李小龙 👩‍👧 '.repeat(12)}`;
  const event = { uid: '1@holdfast.invalid', day: '2026-12-31', summary, description: 'one\ntwo\r\nthree' };
  const [found] = read(encodeCalendar([event], NOW)).inner;
  expect(found?.lines.get('SUMMARY')).toBe(summary);
  expect(found?.lines.get('DESCRIPTION')).toBe('one\ntwo\nthree');
  expect(found?.lines.get('DTSTART;VALUE=DATE')).toBe('20261231');
  expect(found?.lines.get('DTEND;VALUE=DATE')).toBe('20270101');
});

describe('the dates of a register', () => {
  const register = {
    ...registerOf(4, (card) => ({
      holder: `Secret Name ${card}`,
      bag: `A10447${card}`,
      ...(card === 2 ? { heard: '2026-12-24T00:00:00Z' } : {}),
      ...(card === 3 ? { state: 'lost' as const } : {}),
      ...(card === 4 ? { proof: null, issued: '2026-06-01T00:00:00Z' } : {}),
    })),
    changes: [{ card: 1, change: 'left', time: ISSUED } as const],
  };
  const calendar = read(encodeCalendar(remindersOf(register, NOW), NOW));

  test('is a calendar with what RFC 5545 requires', () => {
    expect(calendar.name).toBe('VCALENDAR');
    expect(calendar.lines.get('VERSION')).toBe('2.0');
    expect(calendar.lines.get('PRODID')).toBeTruthy();
    for (const event of calendar.inner) {
      expect(event.name).toBe('VEVENT');
      expect(event.lines.get('DTSTAMP')).toBe('20261124T120000Z');
      expect(event.inner.map(({ lines }) => lines.get('ACTION'))).toEqual(['DISPLAY', 'DISPLAY']);
      for (const { lines } of event.inner) expect(lines.get('TRIGGER')).toMatch(/^-?P(\d+D)?(T\d+H)?$/);
    }
  });

  test('has both levels of every card that counts, and what is late is due today', () => {
    const dates = calendar.inner.map(({ lines }) => [lines.get('SUMMARY'), lines.get('DTSTART;VALUE=DATE')]);
    expect(dates).toEqual([
      ['Card 1: look at the bag', '20270222'],
      ['Card 1: yearly proof', '20271124'],
      ['Card 2: look at the bag', '20270324'],
      ['Card 2: yearly proof', '20271124'],
      ['Card 4: look at the bag', '20261124'],
      ['Card 4: yearly proof', '20261124'],
      ['Card 1: settle the change about its holder', '20261201'],
    ]);
  });

  test('names nobody and no bag', () => {
    expect(JSON.stringify([...calendar.inner.map(({ lines }) => [...lines])])).not.toMatch(
      /Secret Name|A10447|Northwind/,
    );
  });

  test('keeps its UIDs, and grows its SEQUENCE, so that a calendar moves what it knows', () => {
    const later = new Date('2027-01-10T12:00:00Z');
    const again = read(encodeCalendar(remindersOf(register, later), later));
    const uids = (of: Component): unknown[] => of.inner.map(({ lines }) => lines.get('UID'));
    const sequence = (of: Component): number => Number(of.inner[0]?.lines.get('SEQUENCE'));
    expect(uids(again)).toEqual(uids(calendar));
    expect(new Set(uids(calendar)).size).toBe(calendar.inner.length);
    expect(sequence(again)).toBeGreaterThan(sequence(calendar));
    expect(sequence(again)).toBeLessThan(2 ** 31);
  });

  test('says of a card without a bag what is true of an envelope', () => {
    const texts = remindersOf(registerOf(1), NOW).flatMap(({ summary, description }) => [
      summary,
      description,
    ]);
    expect(texts[0]).toBe('Card 1: look at the envelope or bag');
    expect(texts.join(' ').replaceAll('envelope or bag', '')).not.toMatch(/bag|number/);
  });

  test('asks at every card of a set with a locked one whether the passphrase is still known, and of no other', () => {
    const locked = registerOf(3, (card) => (card === 2 ? { lock: 'passphrase' } : {}));
    const looks = remindersOf(locked, NOW).filter(({ summary }) => summary.includes('look at'));
    expect(looks.map(({ description }) => description.includes('If a passphrase was chosen'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(JSON.stringify(remindersOf(register, NOW))).not.toMatch(/passphrase/);
  });

  test.each(LANGUAGES.filter((language) => language !== 'en'))(
    'speaks the language of the cards: %s',
    (language) => {
      const told = (of: Register): string[] =>
        remindersOf({ ...of, language }, NOW).flatMap(({ summary, description }) => [summary, description]);
      const all = [...told(register), ...told(registerOf(2, () => ({ lock: 'passphrase' })))];
      expect(all.join(' ')).not.toMatch(/\b(the|card|look|level|close|year|bag)\b/i);
      for (const text of all) expect(text.length).toBeGreaterThan(10);
      expect(remindersOf({ ...register, language }, NOW).map(({ uid }) => uid)).toEqual(
        remindersOf(register, NOW).map(({ uid }) => uid),
      );
    },
  );

  test('can be of one card', () => {
    expect(remindersOf(register, NOW, 2).map(({ summary }) => summary)).toEqual([
      'Card 2: look at the bag',
      'Card 2: yearly proof',
    ]);
    expect(remindersOf(register, NOW, 3)).toEqual([]);
  });
});
