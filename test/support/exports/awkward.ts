// Values that every made-up export holds somewhere: what breaks readers.

import type { Totp } from '../../../src/vault/model.ts';

export const SEED = 'JBSWY3DPEHPK3PXP';
export const LINK = `otpauth://totp/Alder:ops?secret=${SEED}&issuer=Alder&digits=8&period=60&algorithm=SHA256`;
export const AWKWARD = 'q"uo\'te, tab\t, line\nbreak, äöü €, 🔑, &amp; <b>, 007';

/** What {@link LINK} and {@link SEED} are in the model. */
export const LINK_TOTP: Totp = {
  secret: SEED,
  algorithm: 'SHA256',
  digits: 8,
  period: 60,
  encoder: 'decimal',
  issuer: 'Alder',
  account: 'ops',
  valid: true,
  original: LINK,
};
export const SEED_TOTP: Totp = {
  secret: SEED,
  algorithm: 'SHA1',
  digits: 6,
  period: 30,
  encoder: 'decimal',
  issuer: '',
  account: '',
  valid: true,
  original: SEED,
};
