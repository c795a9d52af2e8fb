// Real exports by other people's programs, which may not be copied into this repository. They lie in
// ../shared/fixtures/vaults, beside a manifest that says what each is; where that is absent, these tests
// are left out, and say so. Formats that no reader knows yet must stay unrecognised.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { inspectExport, type Inspection } from '../../src/vault/inspect.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recognise, RECOGNITION_BYTES } from '../../src/vault/recognise.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { utf8 } from '../support/vaults.ts';

const FOLDER = new URL('../../../shared/fixtures/vaults/', import.meta.url).pathname;
const MANIFEST = join(FOLDER, 'MANIFEST.tsv');
const isPresent = existsSync(MANIFEST);
if (!isPresent)
  console.warn('left out: exports by other programs, because ../shared/fixtures/vaults is not here');

interface Row {
  readonly file: string;
  readonly format: string;
  readonly passphrase: Uint8Array | undefined;
  readonly keyFile: Uint8Array | undefined;
  readonly entries: string;
  readonly notes: string;
}

/** "secret + keyfile name", "(none) + keyfile name", "(empty)" or nothing. */
function unlockOf(file: string, text: string): Pick<Row, 'passphrase' | 'keyFile'> {
  const [password = '', keyFile] = text.split(' + keyfile ');
  const isNone = password === '' || password === '(none)';
  return {
    passphrase: isNone ? undefined : utf8(password === '(empty)' ? '' : password),
    keyFile: keyFile === undefined ? undefined : readFileSync(join(FOLDER, dirname(file), keyFile)),
  };
}

function readManifest(): readonly Row[] {
  const lines = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [file = '', format = '', , , , password = '', entries = '', , notes = ''] = line.split('\t');
    return { file, format, entries, notes, ...unlockOf(file, password) };
  });
}

const ROWS = isPresent ? readManifest() : [];

/** What the manifest's words mean here; undefined for what no reader knows yet. */
function formatOf({ format }: Row): FormatId | undefined {
  if (format.startsWith('KDB')) return 'kdbx';
  if (format.startsWith('Bitwarden JSON (individual')) return 'bitwarden-json';
  if (format.startsWith('Bitwarden JSON (org')) return 'bitwarden-json-org';
  if (format.includes('account-restricted')) return 'bitwarden-account-restricted';
  return format.includes('password-protected') ? 'bitwarden-encrypted' : undefined;
}

const known = ROWS.filter((row) => formatOf(row) !== undefined);
const opened = known.filter(
  ({ format, entries, notes }) =>
    /^\d+$/.test(entries) && !notes.includes('Unsupported') && !format.includes('account-restricted'),
);
const refused = known.filter((row) => !opened.includes(row));

/** kdbxweb counts the recycle bin; the manifest says how many lie there. */
function binOf({ notes }: Row): number {
  return Number(/inRecycleBin=(\d+)/.exec(notes)?.[1] ?? 0);
}

describe.runIf(isPresent)('exports by other programs', () => {
  let crypto: CryptoPort;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
  });

  const bytesOf = ({ file }: Row): Uint8Array => readFileSync(join(FOLDER, file));
  const inspect = (row: Row): Promise<Inspection> =>
    inspectExport(crypto, bytesOf(row), { name: row.file, passphrase: row.passphrase, keyFile: row.keyFile });

  test('there are as many as this test was written for', () => {
    expect(opened.length).toBeGreaterThanOrEqual(40);
    expect(refused.length).toBeGreaterThanOrEqual(8);
  });

  test.each(opened)('$file: $format with $entries entries', async (row) => {
    const bytes = bytesOf(row);
    expect(recognise(bytes.subarray(0, RECOGNITION_BYTES))).toBe(formatOf(row));
    const report = await inspect(row);
    expect([report.entries + report.trashed, report.trashed]).toEqual([Number(row.entries), binOf(row)]);
  });

  test.each(opened.filter(({ notes }) => notes.includes('attachments=')))(
    '$file: attachments',
    async (row) => {
      const report = await inspect(row);
      expect(report.attachments.present).toBe(Number(/attachments=(\d+)/.exec(row.notes)?.[1]));
    },
  );

  test.each(opened)('$file, written as KDBX, is read back equal', async (row) => {
    const format = formatOf(row)!;
    const vault = await openVault(crypto, bytesOf(row), {
      format,
      passphrase: row.passphrase,
      keyFile: row.keyFile,
    });
    const argon2 = { memoryMiB: 1, iterations: 1, parallelism: 1 };
    const { loss } = await writeKdbx(crypto, vault, { passphrase: utf8('p'), argon2 });
    expect(loss.after).toEqual(loss.before);
  });

  const REASONS: Readonly<Record<string, object>> = {
    'account-encrypted': { code: 'vault.account-restricted' },
    twofish: { code: 'vault.unsupported', facts: { feature: 'twofish' } },
    broken_kdbx_version: { code: 'vault.unsupported', facts: { feature: 'kdbx-version' } },
    'kdb_with_password.kdb': { code: 'vault.unsupported', facts: { feature: 'keepass-1' } },
    // Nothing in the file says that it wants a hardware key: with any passphrase it is a wrong one.
    YubiKey: { code: 'vault.wrong-passphrase', facts: { keyFileGiven: false } },
  };

  test.each(refused)('$file is refused for what it is', async (row) => {
    const reason = Object.entries(REASONS).find(([part]) => row.file.includes(part))?.[1];
    expect(reason).toBeDefined();
    const attempt = inspect({ ...row, passphrase: row.passphrase ?? utf8('x') });
    await expect(attempt).rejects.toMatchObject(reason!);
  });

  // A key file may be any file; one of these is itself a KDBX database.
  const unknown = ROWS.filter((row) => formatOf(row) === undefined && row.format !== 'keepass-keyfile');
  test.each(unknown)('$file ($format) is not taken for something else', (row) => {
    const bytes = bytesOf(row);
    expect(recognise(bytes.subarray(0, RECOGNITION_BYTES), bytes)).toBeUndefined();
  });
});
