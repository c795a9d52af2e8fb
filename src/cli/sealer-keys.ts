// Which machines may seal: those named, else this one, whose key is made before the charter is signed.

import { readBounded } from '../adapters/read-file.ts';
import { decodeUtf8, wipe } from '../core/bytes.ts';
import { LIMITS } from '../core/limits.ts';
import { decodePublicKey, encodePublicKey } from '../core/record/minisign.ts';
import type { Session } from './session.ts';

/**
 * @param named - Public key files, or key lines themselves: they are public.
 * @returns minisign public key lines, each once.
 */
export async function sealerKeys(session: Session, named: readonly string[] | undefined): Promise<string[]> {
  const crypto = await session.crypto();
  if (!named || named.length === 0) {
    const pair = await session.home.ensureSealer(crypto);
    wipe(pair.secretKey);
    return [encodePublicKey(crypto, pair.publicKey)];
  }
  const lines: string[] = [];
  for (const entry of named) {
    const text = /^RW[A-Za-z0-9+/]{54}$/.test(entry)
      ? entry
      : decodeUtf8(await readBounded(session.path(entry), LIMITS.signatureBytes));
    lines.push(encodePublicKey(crypto, decodePublicKey(text)));
  }
  return [...new Set(lines)];
}
