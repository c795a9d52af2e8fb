// What an entry holds beyond a login, as custom fields: for targets that know nothing but a login. The
// names are those that the other targets give to these parts.

import { wordsOfKey } from '../key-words.ts';
import type { LossTally } from '../loss.ts';
import type { Details, Field, Item, Totp } from '../model.ts';
import { looseSeed } from '../read-back.ts';

/** The seed for the one place there is: the first that codes can be computed from. */
export const firstSeed = ({ totp }: Item): Totp | undefined => totp.find((seed) => seed.valid);

/** Details as custom fields, each under the name of what it belongs to. */
export const fieldsOfDetails = (heading: string, details: Details): readonly Field[] =>
  Object.entries(details).map(([name, value]) => ({
    name: `${heading}: ${wordsOfKey(name)}`,
    value,
    kind: 'hidden',
  }));

/** Custom fields, and what else has no column: further seeds, cards, identities, SSH keys. */
export function looseFields(item: Item, where: string, losses: LossTally): readonly Field[] {
  const { fields, card = {}, identity = {}, ssh } = item;
  const main = firstSeed(item);
  const seeds = item.totp
    .filter((seed) => seed !== main)
    .map((seed): Field => {
      const name = seed.valid ? 'further one-time-code seed' : 'TOTP (unreadable)';
      return { name, value: looseSeed(seed), kind: 'hidden' };
    });
  const details = [
    ...fieldsOfDetails('card', card),
    ...fieldsOfDetails('identity', identity),
    ...fieldsOfDetails('SSH', { ...ssh }),
  ].filter(({ value }) => value !== '');
  const unreadable = item.totp.filter(({ valid }) => !valid).length;
  losses.note('moved', 'further one-time-code seeds', where, seeds.length - unreadable);
  losses.note('moved', 'unreadable one-time-code seeds', where, unreadable);
  losses.note('moved', 'part of a card, identity or SSH key', where, details.length);
  return [...fields, ...seeds, ...details];
}
