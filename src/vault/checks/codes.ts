// One-time codes and passkeys: what is most often left out of an export, and most missed.

import { entriesOf, finding } from '../findings.ts';
import { countOf, type Check } from './check.ts';

/** A vault with fewer logins than this may well use no codes at all. */
const LOGINS_TO_EXPECT_TOTP = 20;

export const checkTotp: Check = (_vault, live) => {
  const logins = countOf(live, ({ type }) => type === 'login');
  if (logins === 0 || live.some((item) => item.totp.length > 0)) return undefined;
  return finding(
    logins < LOGINS_TO_EXPECT_TOTP ? 'info' : 'warning',
    'vault.no-totp',
    `no one-time-code seed in ${entriesOf(live.length)}`,
    'seeds kept in a separate authenticator need an escrow of their own; some exports leave them out unless ticked',
  );
};

export const checkTotpSyntax: Check = (_vault, live) => {
  const count = countOf(live, ({ totp }) => totp.some((seed) => !seed.valid));
  if (count === 0) return undefined;
  const hint = 'look at them in the vault: such a seed gives no code in any program';
  return finding(
    'warning',
    'vault.totp-unreadable',
    `${entriesOf(count)} with a one-time-code seed that cannot be read`,
    hint,
  );
};

export const checkPasskeys: Check = (_vault, live) => {
  const count = countOf(live, ({ passkeys }) => passkeys.length > 0);
  if (count === 0) return undefined;
  const hint = 'KeePassXC 2.7.7 and later can use them after a conversion; other programs may not';
  return finding('info', 'vault.passkeys', `${entriesOf(count)} with a passkey`, hint);
};

/** A passkey is named, but the key itself is not in the export. */
export const checkPasskeysMissing: Check = (_vault, live) => {
  const count = countOf(live, ({ passkeys }) => passkeys.some(({ privateKey }) => privateKey === ''));
  if (count === 0) return undefined;
  const hint = 'see that each of them can be signed in to in another way, and seal that way';
  const message = `${entriesOf(count)} with a passkey whose private key is not in the export`;
  return finding('warning', 'vault.passkeys-missing', message, hint);
};
