// Bitwarden's encrypted exports. One kind is locked with a password of its own and can be opened by
// whoever has it. The other is locked to the account or organisation that made it: it dies with the
// account, and with every rotation of its key, so it is no escrow and is refused.

import { encodeHex, wipe, type Bytes } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { claimIf, type ReadOptions, type Sample, type VaultFormat } from '../format.ts';
import { isJsonObject, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Vault } from '../model.ts';
import {
  decryptAuthentic,
  deriveBitwardenKeys,
  isAuthentic,
  parseCipherString,
  type BitwardenKdf,
} from './bitwarden-cipher.ts';
import { BITWARDEN_PRODUCT, kindAt, vaultOfBitwarden } from './bitwarden-json.ts';

const FORMAT = 'bitwarden-encrypted';

function malformed(reason: string): EscrowError {
  return new EscrowError('vault.format', { format: FORMAT, reason });
}

/** A whole number from 1, as every KDF parameter is. */
function countAt(json: JsonObject, key: string): number {
  const count = json[key];
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 1) return count;
  throw malformed(`${key} is not a number from 1`);
}

function kdfOf(json: JsonObject, name: string): BitwardenKdf {
  const iterations = countAt(json, 'kdfIterations');
  if (json['kdfType'] === 0) return { kind: 'pbkdf2', iterations };
  if (json['kdfType'] !== 1)
    throw new EscrowError('vault.unsupported', { name, format: FORMAT, feature: 'kdf' });
  return {
    kind: 'argon2id',
    iterations,
    memoryMiB: countAt(json, 'kdfMemory'),
    parallelism: countAt(json, 'kdfParallelism'),
  };
}

/**
 * Opens a password-protected export.
 *
 * @returns The JSON inside, in the clear; the caller wipes it.
 */
async function unlock(
  crypto: CryptoPort,
  json: JsonObject,
  passphrase: Uint8Array,
  name: string,
): Promise<Bytes> {
  const kdf = kdfOf(json, name);
  const check = parseCipherString(textOf(json['encKeyValidation_DO_NOT_EDIT']), 'its key check', name);
  const data = parseCipherString(textOf(json['data']), 'its data', name);
  const wrong = new EscrowError('vault.wrong-passphrase', { name, format: FORMAT, keyFileGiven: false });
  if (passphrase.length === 0) throw wrong;
  const keys = await deriveBitwardenKeys(crypto, passphrase, textOf(json['salt']), kdf);
  try {
    if (!(await isAuthentic(crypto, keys, check))) throw wrong;
    if (!(await isAuthentic(crypto, keys, data))) throw malformed('its data was changed or damaged');
    const plaintext = await decryptAuthentic(keys, data);
    if (plaintext === undefined) throw malformed('its data does not decrypt');
    return plaintext;
  } finally {
    wipe(keys.encryption, keys.mac);
  }
}

async function readEncrypted(crypto: CryptoPort, bytes: Uint8Array, options: ReadOptions): Promise<Vault> {
  const { name, passphrase } = options;
  const json = parseExportJson(bytes, FORMAT);
  if (!isJsonObject(json)) throw malformed('it is not a JSON object');
  if (json['passwordProtected'] !== true) throw new EscrowError('vault.account-restricted', { name });
  if (passphrase === undefined) throw new EscrowError('vault.passphrase-needed', { name, format: FORMAT });
  const plaintext = await unlock(crypto, json, passphrase, name);
  try {
    const inner = parseExportJson(plaintext, FORMAT);
    return vaultOfBitwarden(inner, FORMAT, encodeHex(await crypto.sha256(bytes)), name);
  } finally {
    wipe(plaintext);
  }
}

function isLocked(sample: Sample): boolean {
  return kindAt(sample, 'encrypted') === 'true' && !isForeign(sample);
}

/** Other products write `encrypted: true` too; this one always has one of these. */
function isForeign(sample: Sample): boolean {
  const places = ['encKeyValidation_DO_NOT_EDIT', 'passwordProtected', 'items', 'folders', 'collections'];
  return places.every((place) => kindAt(sample, place) === 'absent');
}

export const bitwardenEncrypted: VaultFormat = {
  id: FORMAT,
  product: BITWARDEN_PRODUCT,
  encrypted: true,
  recognise: (sample) => claimIf(isLocked(sample) && kindAt(sample, 'passwordProtected') === 'true'),
  read: readEncrypted,
};

export const bitwardenAccountRestricted: VaultFormat = {
  id: 'bitwarden-account-restricted',
  product: BITWARDEN_PRODUCT,
  encrypted: true,
  recognise: (sample) => claimIf(isLocked(sample) && kindAt(sample, 'passwordProtected') !== 'true'),
  read: (_crypto, _bytes, { name }) => Promise.reject(new EscrowError('vault.account-restricted', { name })),
};
