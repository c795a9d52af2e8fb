// The part of a Bitwarden item that one signs in with: addresses, the one seed it has a place for, passkeys.

import { encodeHex } from '../../core/bytes.ts';
import type { LossTally } from '../loss.ts';
import type { Item, Passkey, Totp } from '../model.ts';
import { formatOtpauth, parseTotp } from '../totp.ts';

/** UriMatchType of the clients, by number. */
export const MATCH_RULES = ['domain', 'host', 'startsWith', 'exact', 'regex', 'never'];

/** Bitwarden computes Steam's codes in Steam's way only. */
const isPlainSteam = ({ encoder, algorithm, period }: Totp): boolean =>
  encoder === 'steam' && algorithm === 'SHA1' && period === 30;

function seedText(seed: Totp, losses: LossTally): string {
  if (!seed.valid) return seed.original;
  if (!isPlainSteam(seed)) {
    if (seed.encoder === 'steam')
      losses.note(
        'degraded',
        'Steam seed of an unusual kind',
        'Bitwarden shows codes of another kind for it',
      );
    return formatOtpauth(seed);
  }
  if (seed.issuer !== '' || seed.account !== '')
    losses.note('dropped', 'issuer and account of a Steam seed', 'its link has no place for them');
  return `steam://${seed.secret}`;
}

/** The object identifier of P-256 in PKCS #8: the only keys that Bitwarden signs in with. */
const P256 = '06082a8648ce3d030107';

function isP256(privateKey: string): boolean {
  try {
    return encodeHex(Uint8Array.from(atob(privateKey), (char) => char.charCodeAt(0))).includes(P256);
  } catch {
    return false;
  }
}

function passkeyOf(passkey: Passkey, created: string): object {
  const { credentialId, relyingParty, userName, userHandle, privateKey } = passkey;
  return {
    credentialId: `b64.${credentialId}`,
    keyType: 'public-key',
    keyAlgorithm: 'ECDSA',
    keyCurve: 'P-256',
    keyValue: privateKey.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    rpId: relyingParty,
    userHandle,
    userName,
    counter: '0',
    rpName: '',
    userDisplayName: '',
    discoverable: 'true',
    creationDate: created,
  };
}

/**
 * The seed that codes are computed from: the first that can be, or an unreadable one as it stood; not one that
 * Bitwarden would read as a seed of another kind.
 */
export const mainSeed = ({ totp }: Item): Totp | undefined =>
  totp.find((seed) => seed.valid) ??
  totp.find(({ original }) => original.trim() !== '' && !parseTotp(original).valid);

export function bitwardenLogin(item: Item, losses: LossTally, created: string): object {
  const seed = mainSeed(item);
  losses.note(
    'moved',
    'further one-time-code seeds',
    'kept as hidden fields',
    item.totp.length - (seed === undefined ? 0 : 1),
  );
  losses.note(
    'degraded',
    'passkey',
    'Bitwarden signs in with keys of the kind ES256 only',
    item.passkeys.filter(({ privateKey }) => !isP256(privateKey)).length,
  );
  return {
    uris: item.urls
      .filter(({ uri }) => uri !== '')
      .map(({ uri, match }) => ({
        match: match === undefined || !MATCH_RULES.includes(match) ? null : MATCH_RULES.indexOf(match),
        uri,
      })),
    username: item.username === '' ? null : item.username,
    password: item.password === '' ? null : item.password,
    totp: seed === undefined ? null : seedText(seed, losses),
    fido2Credentials: item.passkeys.map((passkey) => passkeyOf(passkey, created)),
  };
}
