// Passwords that are missing, odd, weak or used twice. They are counted and never shown, not even in part:
// a report lies in logs, and a vault with few entries would give a weak password away by its length.

import { entriesOf, finding } from '../findings.ts';
import { counted } from '../../core/counted.ts';
import { countOf, type Check } from './check.ts';
import { firstsAlike, hashOf } from './alike.ts';

/** Of fewer logins, half without a password may well be meant so. */
const LOGINS_TO_EXPECT_PASSWORDS = 10;

export const checkMissingPasswords: Check = (_vault, live) => {
  const logins = countOf(live, ({ type }) => type === 'login');
  const count = countOf(
    live,
    (item) => item.type === 'login' && item.password === '' && item.passkeys.length === 0,
  );
  if (count === 0) return undefined;
  const isMost = logins >= LOGINS_TO_EXPECT_PASSWORDS && count * 2 > logins;
  const hint = 'these may be meant so; if not, the one who exported could perhaps not see the passwords';
  return finding(
    isMost ? 'warning' : 'info',
    'vault.no-password',
    `${counted(count, 'login')} without a password; notes and the like are not counted`,
    hint,
  );
};

/** White space at an end, a line break within, or another control character: seldom meant. */
const ODD_PASSWORD = /^\s|\s$|[\x00-\x1f\x7f]/;

export const checkOddPasswords: Check = (_vault, live) => {
  const count = countOf(live, ({ password }) => ODD_PASSWORD.test(password));
  if (count === 0) return undefined;
  const message = `${entriesOf(count)} whose password begins or ends with white space or holds a line break or control character`;
  const hint = 'they are kept exactly so; if one is not accepted, try it without';
  return finding('info', 'vault.odd-passwords', message, hint);
};

export const checkReusedPasswords: Check = (_vault, live) => {
  const items = live.filter(({ password }) => password !== '');
  const firsts = firstsAlike(
    items,
    ({ password }) => hashOf(password),
    (a, b) => a.password === b.password,
  );
  const isShared = new Uint8Array(items.length);
  let sharing = 0;
  let distinct = 0;
  for (const [index, first] of firsts.entries()) {
    if (first === index) continue;
    if (isShared[first] === 0) distinct += 1;
    sharing += isShared[first] === 0 ? 2 : 1;
    isShared[first] = 1;
  }
  if (sharing === 0) return undefined;
  const message = `${entriesOf(sharing)} that share a password with another (${counted(distinct, 'different password')})`;
  const hint = 'whoever learns one has the others: change them in calm';
  return finding('info', 'vault.reused-passwords', message, hint);
};

const LEAST_CHARACTERS = 8;

/** The commonest of eight characters and more that are not digits alone, in lower case. */
const COMMONEST = new Set(
  (
    'password password1 password12 password123 passw0rd p@ssword p@ssw0rd p@ssw0rd1 pa$$word qwertyuiop ' +
    'qwerty12 qwerty123 qwertz123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 abcd1234 a1b2c3d4 asdfghjk asdfghjkl ' +
    'iloveyou sunshine princess football baseball superman trustno1 starwars whatever computer letmein1 ' +
    'welcome1 welcome123 changeme changeme1 admin123 admin1234 administrator default1 test1234 summer2026'
  ).split(' '),
);

function isWeak(password: string): boolean {
  if (password === '') return false;
  // A sign beyond the first plane is two units and one character.
  if (password.length < 2 * LEAST_CHARACTERS && Array.from(password).length < LEAST_CHARACTERS) return true;
  return /^\d+$/.test(password) || (password.length <= 16 && COMMONEST.has(password.toLowerCase()));
}

export const checkWeakPasswords: Check = (_vault, live) => {
  const count = countOf(live, ({ password }) => isWeak(password));
  if (count === 0) return undefined;
  const message = `${entriesOf(count)} with a password of fewer than ${LEAST_CHARACTERS} characters, of digits alone, or among the commonest`;
  const hint = 'look for them with the health check of the password program, and change them in calm';
  return finding('info', 'vault.weak-passwords', message, hint);
};
