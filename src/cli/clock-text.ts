// A moment as a person compares it with a watch: day, date, time and zone.

/** "Tue 24 Nov 2026, 14:05, UTC-05:00 (America/New_York)" */
export function clockText(now: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(now);
  const date = `${part({ weekday: 'short' })} ${part({ day: 'numeric', month: 'short', year: 'numeric' })}`;
  const minutes = -now.getTimezoneOffset();
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const offset = `UTC${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${date}, ${part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}, ${offset} (${timeZone})`;
}
