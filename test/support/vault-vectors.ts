// Runs test/vectors/vault.json: exports of every format with one fault each, and each good one written
// as KDBX and opened again.

import { decodeBase64, encodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { isFormatId } from '../../src/vault/formats.ts';
import { inspectVault } from '../../src/vault/inspect.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recognise } from '../../src/vault/recognise.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { Checks } from './checks.ts';
import type { SuiteResult } from './vector-suites.ts';

interface VaultVector {
  name: string;
  format: string;
  expect: string;
  file: string;
  trashed?: number;
  passphrase?: string;
}

interface VaultVectors {
  passphrase: string;
  entries: { title: string; username: string; password: string; notes: string; totp: string }[];
  list: VaultVector[];
}

/** What the vectors say about an entry, of each entry in use, by title. */
function entriesOf(vault: Vault): VaultVectors['entries'] {
  const used = vault.items.filter((item) => item.state === 'active');
  const entries = used.map(({ title, username, password, notes, totp }) => ({
    title,
    username,
    password,
    notes,
    totp: totp[0]?.secret ?? '',
  }));
  return entries.sort((a, b) => a.title.localeCompare(b.title));
}

async function outcome(
  crypto: CryptoPort,
  bytes: Uint8Array,
  format: FormatId,
  passphrase: Uint8Array,
): Promise<string> {
  try {
    await openVault(crypto, bytes, { format, passphrase });
  } catch (error) {
    if (error instanceof EscrowError) return (error as EscrowError).code;
    throw error;
  }
  return 'ok';
}

export async function runVaultVectors(crypto: CryptoPort, vectors: VaultVectors): Promise<SuiteResult> {
  const checks = new Checks();
  const wanted = [...vectors.entries].sort((a, b) => a.title.localeCompare(b.title));
  for (const { name, format, expect, file, trashed, passphrase = vectors.passphrase } of vectors.list)
    await checks.attempt(name, async () => {
      if (!isFormatId(format)) throw new Error(`no format ${format}`);
      const bytes = decodeBase64(file);
      const secret = encodeUtf8(passphrase);
      checks.same(`${name}: format`, recognise(bytes), format);
      if (expect !== 'ok') {
        checks.same(name, await outcome(crypto, bytes, format, secret), expect);
        return;
      }
      const vault = await openVault(crypto, bytes, { format, passphrase: secret });
      checks.same(`${name}: entries`, entriesOf(vault), wanted);
      checks.same(`${name}: trash`, inspectVault(vault).trashed, trashed);
      checks.same(`${name}: folders`, inspectVault(vault).folders, 2);
      const argon2 = { memoryMiB: 1, iterations: 1, parallelism: 1 };
      const written = await writeKdbx(crypto, vault, { passphrase: secret, argon2 });
      const again = await openVault(crypto, written.bytes, { format: 'kdbx', passphrase: secret });
      checks.same(`${name}: written and opened`, entriesOf(again), wanted);
    });
  return checks.result();
}
