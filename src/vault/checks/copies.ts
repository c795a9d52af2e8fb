// Entries that stand in the vault more than once: exact repeats, and copies that went stale when the
// password changed in one of them only.

import { topsOf } from '../container-paths.ts';
import { entriesOf, finding } from '../findings.ts';
import type { Item } from '../model.ts';
import { firstsAlike, hashOf, repeatsIn } from './alike.ts';
import type { Check } from './check.ts';

const urlOf = (item: Item): string => item.urls[0]?.uri ?? '';

const hashOfPlace = (item: Item, password = ''): number =>
  hashOf(item.title.toLowerCase(), item.username.toLowerCase(), urlOf(item).toLowerCase(), password);

const areSame = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

const areAtOnePlace = (a: Item, b: Item): boolean =>
  areSame(a.title, b.title) && areSame(a.username, b.username) && areSame(urlOf(a), urlOf(b));

/** The top folder of an entry; the empty string where it lies in none. */
type TopOf = (item: Item) => string;

const ANYWHERE: TopOf = () => '';

function repeats(logins: readonly Item[], topOf = ANYWHERE): number {
  const hash = (item: Item): number => hashOf(topOf(item)) ^ hashOfPlace(item, item.password);
  return repeatsIn(
    firstsAlike(
      logins,
      hash,
      (a, b) => a.password === b.password && topOf(a) === topOf(b) && areAtOnePlace(a, b),
    ),
  );
}

const withPassword = (item: Item): boolean => item.type === 'login' && item.password !== '';

export const checkDuplicates: Check = (_vault, live) => {
  const count = repeats(live.filter(withPassword));
  if (count === 0) return undefined;
  const hint = 'harmless; they are kept';
  return finding('info', 'vault.duplicates', `${entriesOf(count)} that repeat another one exactly`, hint);
};

/** Below one top folder only: whoever looks after many has a firewall with the user admin at each of them. */
export const checkStaleCopies: Check = ({ containers }, live) => {
  const logins = live.filter((item) => withPassword(item) && item.username !== '');
  const tops = topsOf(containers);
  const topOf: TopOf = ({ containerIds: [id = ''] }) => tops.get(id) ?? '';
  const hash = (item: Item): number => hashOf(topOf(item)) ^ hashOfPlace(item);
  const same = repeatsIn(firstsAlike(logins, hash, (a, b) => topOf(a) === topOf(b) && areAtOnePlace(a, b)));
  const count = same === 0 ? 0 : same - repeats(logins, topOf);
  if (count === 0) return undefined;
  const hint = 'one of each pair may be an old copy with a dead password: tidy them up in calm';
  const message = `${entriesOf(count)} with the same title, user name and address as another below the same top folder, but another password`;
  return finding('info', 'vault.stale-copies', message, hint);
};
