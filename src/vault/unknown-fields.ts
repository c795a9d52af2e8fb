// What a product says in its own objects and this program has no place for: kept as custom fields under
// the product's own names, hidden, since nobody here can tell which of them are secrets.

import { textOf, type JsonObject } from './json.ts';
import { wordsOfKey } from './key-words.ts';
import type { Field } from './model.ts';

/**
 * Texts anywhere in an object as hidden fields; empty ones are left out.
 *
 * `{bankAccount: {accountNumber: '1'}}` → "bank account: account number". How deep objects nest is bounded
 * where JSON is parsed.
 *
 * @param known - Keys of the outermost object that have a place elsewhere.
 * @param path - Names that go before.
 */
export function fieldsOfUnknown(
  object: JsonObject,
  known: ReadonlySet<string> = new Set(),
  path: readonly string[] = [],
): Field[] {
  return Object.entries(object).flatMap(([key, value]): Field[] => {
    if (known.has(key)) return [];
    const name = [...path, key];
    if (typeof value === 'object' && value !== null)
      return fieldsOfUnknown(value as JsonObject, new Set(), name);
    const text = textOf(value);
    return text === '' ? [] : [{ name: name.map(wordsOfKey).join(': '), value: text, kind: 'hidden' }];
  });
}
