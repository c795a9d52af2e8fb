// Points in time as products write them, as ISO 8601. What is not surely a time stays a text elsewhere:
// a date like 03/04/2026 means two days, so it is no time here.

const YEAR_2000_SECONDS = 946_684_800;
const YEAR_2100_SECONDS = 4_102_444_800;

/** Seconds, milliseconds or microseconds since 1970, whichever lies between 2000 and 2100. */
function ofEpoch(digits: string): string | undefined {
  const value = Number(digits);
  for (const unit of [1, 1_000, 1_000_000]) {
    const seconds = value / unit;
    if (seconds >= YEAR_2000_SECONDS && seconds < YEAR_2100_SECONDS)
      return new Date(seconds * 1_000).toISOString();
  }
  return undefined;
}

/** As JavaScript prints a time: "Thu Oct 20 2022 21:31:42 GMT+0200 (Central European Summer Time)". */
const PRINTED = /^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})(?: \([^()]*\))?$/;

function ofPrinted(text: string): string | undefined {
  const [, part] = PRINTED.exec(text) ?? [];
  const time = new Date(part ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** @returns undefined for anything but an ISO date, an ISO time, an epoch number or JavaScript's own form. */
export function isoTime(text: string): string | undefined {
  const trimmed = text.trim();
  if (PRINTED.test(trimmed)) return ofPrinted(trimmed);
  if (/^\d{9,17}(?:\.\d+)?$/.test(trimmed)) return ofEpoch(trimmed);
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(trimmed))
    return undefined;
  const isZoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(trimmed.slice(10));
  // A time without a zone is taken as UTC, so that an export reads the same on every machine.
  const time = new Date(
    trimmed.length > 10 && !isZoned ? `${trimmed.replace(' ', 'T')}Z` : trimmed.replace(' ', 'T'),
  );
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
