// Every real export in ../shared/fixtures/vaults: known for what it is, counted right, or refused for the
// right reason. Where the folder is absent these tests are left out, and say so.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { Inspection } from '../../src/vault/inspect.ts';
import { inspectExport } from '../support/inspect-export.ts';
import { openVault } from '../../src/vault/open.ts';
import { recogniseExport, RECOGNITION_BYTES } from '../../src/vault/recognise.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import {
  areFixturesHere,
  binOfFixture,
  bytesOfFixture,
  entriesOfFixture,
  formatOfFixture,
  refusalOfFixture,
  sharedFixtures,
  type SharedFixture,
} from '../support/shared-fixtures.ts';
import { utf8 } from '../support/vaults.ts';

if (!areFixturesHere)
  console.warn('left out: exports by other programs, because ../shared/fixtures/vaults is not here');

const rows = sharedFixtures();
const refused = rows.filter((row) => refusalOfFixture(row) !== undefined);
const opened = rows.filter((row) => formatOfFixture(row) !== undefined && !refused.includes(row));

/** Counted beside the trash, as the manifest does not for every product. */
const isCounted = (row: SharedFixture): boolean => entriesOfFixture(row) !== undefined;

describe.runIf(areFixturesHere)('exports by other programs', () => {
  let crypto: CryptoPort;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
  });

  const inspect = (row: SharedFixture): Promise<Inspection> =>
    inspectExport(crypto, bytesOfFixture(row), {
      name: row.file,
      as: refused.includes(row) ? undefined : formatOfFixture(row),
      passphrase: row.passphrase,
      keyFile: row.keyFile,
    });

  test('there are as many as this test was written for', () => {
    expect(opened.length).toBeGreaterThanOrEqual(44);
    expect(refused.length).toBeGreaterThanOrEqual(8);
  });

  test.each(opened)('$file is known as $format, or it is among the candidates', (row) => {
    const bytes = bytesOfFixture(row);
    const { id, candidates } = recogniseExport(bytes.subarray(0, RECOGNITION_BYTES), bytes);
    expect(id === undefined ? candidates : [id]).toContain(formatOfFixture(row));
  });

  test.each(opened.filter(isCounted))('$file: $format with $entries entries', async (row) => {
    const report = await inspect(row);
    expect([report.entries + report.trashed, report.trashed]).toEqual([
      entriesOfFixture(row),
      binOfFixture(row),
    ]);
  });

  test.each(opened.filter(({ notes }) => notes.includes('attachments=')))(
    '$file: attachments',
    async (row) => {
      const report = await inspect(row);
      expect(report.attachments.present).toBe(Number(/attachments=(\d+)/.exec(row.notes)?.[1]));
    },
  );

  test.each(opened)('$file, written as KDBX, is read back equal', async (row) => {
    const vault = await openVault(crypto, bytesOfFixture(row), {
      format: formatOfFixture(row)!,
      passphrase: row.passphrase,
      keyFile: row.keyFile,
    });
    const argon2 = { memoryMiB: 1, iterations: 1, parallelism: 1 };
    const { loss } = await writeKdbx(crypto, vault, { passphrase: utf8('p'), argon2 });
    expect(loss.after).toEqual(loss.before);
  });

  test.each(refused)('$file is refused for what it is', async (row) => {
    const attempt = inspect({ ...row, passphrase: row.passphrase ?? utf8('x') });
    await expect(attempt).rejects.toMatchObject(refusalOfFixture(row)!);
  });

  // A key file may be any file; one of these is itself a KDBX database.
  const unknown = rows.filter(
    (row) => formatOfFixture(row) === undefined && row.format !== 'keepass-keyfile',
  );
  test.each(unknown)('$file ($format) is not taken for something else', (row) => {
    const bytes = bytesOfFixture(row);
    expect(recogniseExport(bytes.subarray(0, RECOGNITION_BYTES), bytes).id).toBeUndefined();
  });
});
