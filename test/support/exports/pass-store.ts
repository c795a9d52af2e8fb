// A pass store, zipped.

import { zipOfFiles } from '../zips.ts';

/** Begins as GnuPG's messages do: a session key, locked to a public key. */
export const GPG_MESSAGE = Uint8Array.of(0x85, 0x01, 0x0c, 0x03, 1, 2, 3);

export function passStore(files: Record<string, string | Uint8Array> = {}): Uint8Array<ArrayBuffer> {
  return zipOfFiles({
    'password-store/.gpg-id': 'ops@alder.test\n',
    'password-store/.git/config': '[core]\n',
    'password-store/mail.gpg': GPG_MESSAGE,
    'password-store/Alder/router ä.gpg': GPG_MESSAGE,
    'password-store/Alder/Net/switch.age': 'age-encryption.org/v1\n',
    ...files,
  });
}
