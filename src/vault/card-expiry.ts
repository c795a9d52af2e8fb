// When a card expires, in the model's names. Products spell a month and a year in many ways; what could be
// read in two stays as it stands.

import type { Details } from './model.ts';

const YEAR_FIRST = /^(\d{4})[-/]?(0[1-9]|1[0-2])$/;
const MONTH_FIRST = /^(0?[1-9]|1[0-2]) ?[-/ ]? ?(\d{4}|\d\d)$/;

/** "2030-04", "203004", "04/2030", "042030", "04 / 30", "0430"; `{expiry}` for anything else. */
export function cardExpiry(text: string): Details {
  const trimmed = text.trim();
  const [, year, month] = YEAR_FIRST.exec(trimmed) ?? [];
  const [, earlierMonth, earlierYear] = MONTH_FIRST.exec(trimmed) ?? [];
  const found = { month: month ?? earlierMonth, year: year ?? earlierYear };
  if (found.month === undefined || found.year === undefined) return trimmed === '' ? {} : { expiry: text };
  const century = found.year.length === 2 ? '20' : '';
  return { expMonth: String(Number(found.month)), expYear: century + found.year };
}
