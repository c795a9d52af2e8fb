// The public keys that lie beside a charter, for minisign and for people: who signs charters, and who seals.

import type { CharterKeyFiles } from '../adapters/charter-files.ts';
import type { CryptoPort } from '../core/crypto.ts';
import type { Charter } from '../core/record/charter.ts';
import { decodePublicKey, publicKeyFile } from '../core/record/minisign.ts';

export function keyFilesOf(crypto: CryptoPort, { charterKey, sealers }: Charter): CharterKeyFiles {
  const file = (line: string, comment: string): string =>
    publicKeyFile(crypto, decodePublicKey(line), comment);
  const [sealer] = sealers;
  return {
    charter: file(charterKey, 'holdfast charter key'),
    sealer: sealer === undefined ? undefined : file(sealer, 'holdfast sealer'),
  };
}
