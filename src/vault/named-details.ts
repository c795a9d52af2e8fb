// A card or a person from named values: under the model's names where these mean the same, otherwise under
// the product's own. A second value of one name stays with the others, so that it is not lost.

import { cardExpiry } from './card-expiry.ts';
import type { Details } from './model.ts';
import type { NamedValue } from './named-lines.ts';

/** The product's names, each with the model's; `expiry` means month and year in one. */
export type DetailNames = Readonly<Record<string, string>>;

function spelt(name: string, value: string): Details {
  if (name === 'expiry') return cardExpiry(value);
  // "09" is no month to the programs that take cards.
  return { [name]: name === 'expMonth' && /^\d\d?$/.test(value) ? String(Number(value)) : value };
}

/** Empty values are left out. */
export function namedDetails(
  pairs: readonly NamedValue[],
  names: DetailNames,
): { details: Details; rest: readonly NamedValue[] } {
  const details = new Map<string, string>();
  const rest: NamedValue[] = [];
  for (const pair of pairs) {
    if (pair.value === '') continue;
    const name = Object.hasOwn(names, pair.name) ? (names[pair.name] ?? pair.name) : pair.name;
    const spelling = Object.entries(spelt(name, pair.value));
    if (spelling.some(([key]) => details.has(key))) rest.push(pair);
    else for (const [key, value] of spelling) details.set(key, value);
  }
  return { details: Object.fromEntries(details), rest };
}
