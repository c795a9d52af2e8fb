// Names of KDBX strings that mean something to KeePass programs, for reader and writer alike.
// Sources: keepass.info (standard fields, TimeOtp), Keepass2Android (KP2A_URL), KeePassXC (otp, passkeys).

import type { Item } from './model.ts';

/** The five fields every entry has. */
export const STANDARD = {
  title: 'Title',
  username: 'UserName',
  password: 'Password',
  url: 'URL',
  notes: 'Notes',
} as const;

/** The seed as an otpauth link; further seeds of one entry are `otp_2`, `otp_3`, which is our own custom. */
export const OTP = 'otp';

/** Further addresses, numbered from 1. */
export const FURTHER_URL = 'KP2A_URL_';

/** A passkey of KeePassXC 2.7.7 and later; further ones of an entry carry `_2`, `_3`, our own custom. */
export const PASSKEY = {
  credentialId: 'KPEX_PASSKEY_CREDENTIAL_ID',
  privateKey: 'KPEX_PASSKEY_PRIVATE_KEY_PEM',
  relyingParty: 'KPEX_PASSKEY_RELYING_PARTY',
  userName: 'KPEX_PASSKEY_USERNAME',
  userHandle: 'KPEX_PASSKEY_USER_HANDLE',
} as const;

/** `name` for the first of several, `name_2` for the second. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}_${index + 1}`;
}

/** Whether KeePass programs put a text of another entry in the place of one of this one's. */
export function hasReference({
  username,
  password,
  urls,
}: Pick<Item, 'username' | 'password' | 'urls'>): boolean {
  return [username, password, ...urls.map(({ uri }) => uri)].some((text) => /\{REF:[A-Z]@[A-Z]:/i.test(text));
}
