// Every CSV reader gives a vault or one of our codes, whatever the bytes: its own file with bytes changed,
// cut out, doubled or added, rows of any cells under its header, and bytes of any kind.

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { decodeCsvMapping } from '../../src/vault/csv-mapping.ts';
import { inspectExport } from '../support/inspect-export.ts';
import type { FormatId } from '../../src/vault/model.ts';
import { recognise } from '../../src/vault/recognise.ts';
import { csvOf, HEADED, HEADERS, OTPAUTH, sampleOf } from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const columns = decodeCsvMapping(
  utf8('columns: {title: Title, password: [Password, b]}\nfolder separator: /'),
);

const CELLS = [
  ...[
    '',
    'x',
    '1',
    'Yes',
    'No',
    'login',
    'folder',
    'http://sn',
    'https://a.test',
    OTPAUTH,
    'a\\b/c',
    '&amp;',
    '1E+10',
  ],
  ...[
    'NoteType:SSH Key\nPrivate Key:-----BEGIN X-----',
    '{"a":{"b":[1]}}',
    '[{"label":1}]',
    '[null]',
    'a:b\nc',
    '#edit',
    ':',
  ],
];

async function outcomeOf(bytes: Uint8Array, as: FormatId): Promise<'value' | 'code'> {
  try {
    recognise(bytes);
    const report = await inspectExport(crypto, bytes, { name: 'x', as, columns });
    expect(report.entries).toBeGreaterThanOrEqual(0);
    return 'value';
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
    // A file without the columns of a mapping is the mapping's fault.
    const codes = ['vault.format', 'limit.exceeded', ...(as === 'csv' ? ['vault.columns'] : [])];
    expect(codes).toContain(error.code);
    return 'code';
  }
}

const ALL: readonly FormatId[] = [...HEADED, 'keeper-csv', 'csv'];
const headerOf = (format: FormatId): readonly string[] =>
  format === 'csv'
    ? ['Title', 'Password']
    : format === 'keeper-csv'
      ? ['f', 't', 'l', 'p', 'https://a.test', 'n', 's']
      : HEADERS[format as keyof typeof HEADERS].split(',');

const cell = fc.oneof(fc.constantFrom(...CELLS), fc.string({ maxLength: 12, unit: 'binary' }));

test.each(ALL)('%s: any cells under its header', async (format) => {
  const header = headerOf(format);
  const row = fc.array(cell, { minLength: header.length, maxLength: header.length });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 4 }), async (rows) => {
      // NUL makes it no text; everything else in quotes is a value.
      const text = csvOf([header, ...rows]).replaceAll('\0', '');
      seen.add(await outcomeOf(utf8(text), format));
    }),
    { numRuns: 60 },
  );
  expect(seen).toContain('value');
});

test.each(ALL)('%s: its own file, damaged, and any bytes', async (format) => {
  const header = headerOf(format);
  const bytes = utf8(csvOf([header, header.map((_name, at) => CELLS[at % CELLS.length] ?? '')]));
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 40 }), async (at, value, length) => {
      const from = at % bytes.length;
      const cut = Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + length)]);
      for (const changed of [bytes.with(from, value), bytes.slice(0, from), cut])
        seen.add(await outcomeOf(changed, format));
    }),
    { numRuns: 25 },
  );
  expect([...seen].sort()).toEqual(['code', 'value']);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (any) => {
      await outcomeOf(any, format);
    }),
    { numRuns: 25 },
  );
});

test('a sample of each is read as it is', async () => {
  for (const format of HEADED) expect(await outcomeOf(sampleOf(format), format)).toBe('value');
});
