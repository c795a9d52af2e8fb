// What 1Password keeps of a card or a person among ordinary fields, under the names that the model uses
// for these. Whatever has no such name stays an ordinary field.

import { cardExpiry } from '../card-expiry.ts';
import type { Details, ItemType } from '../model.ts';
import type { SectionField } from './onepassword-value.ts';

const CARD: Readonly<Record<string, string>> = {
  cardholder: 'cardholderName',
  type: 'brand',
  ccnum: 'number',
  cvv: 'code',
  expiry: 'expiry',
};

const IDENTITY: Readonly<Record<string, string>> = {
  firstname: 'firstName',
  initial: 'middleName',
  lastname: 'lastName',
  company: 'company',
  address: 'address1',
  username: 'username',
  email: 'email',
  defphone: 'phone',
};

interface SpecialDetails {
  readonly card?: Details;
  readonly identity?: Details;
  /** Fields that are neither. */
  readonly rest: readonly SectionField[];
}

const spelt = (name: string, text: string): Details =>
  name === 'expiry' ? cardExpiry(text) : text === '' ? {} : { [name]: text };

/** Takes the details of a card or a person out of the fields of such an entry. */
export function detailsOfSections(type: ItemType, fields: readonly SectionField[]): SpecialDetails {
  if (type !== 'card' && type !== 'identity') return { rest: fields };
  const names = type === 'card' ? CARD : IDENTITY;
  const details = new Map<string, string>();
  const rest: SectionField[] = [];
  for (const field of fields) {
    const name = Object.hasOwn(names, field.id) ? names[field.id] : undefined;
    const pairs = name === undefined ? [] : Object.entries(spelt(name, field.text));
    // A second value of one kind stays a field.
    if (pairs.length === 0 || pairs.some(([key]) => details.has(key))) {
      rest.push(field);
      continue;
    }
    for (const [key, value] of pairs) details.set(key, value);
    // What the value says beyond its one text.
    const beside = field.fields.slice(1);
    if (beside.length > 0) rest.push({ ...field, text: '', fields: beside });
  }
  return { [type]: Object.fromEntries(details), rest };
}
