// The table that `npm run fixtures` prints: each shared fixture, what the manifest expects, what was found.

import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { counted } from '../../src/core/counted.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { inspectExport } from './inspect-export.ts';
import { recogniseExport } from '../../src/vault/recognise.ts';
import {
  areFixturesHere,
  bytesOfFixture,
  entriesOfFixture,
  formatOfFixture,
  refusalOfFixture,
  sharedFixtures,
  type SharedFixture,
} from './shared-fixtures.ts';
import { utf8 } from './vaults.ts';

interface Line {
  readonly file: string;
  readonly format: string;
  readonly expected: string;
  readonly found: string;
}

function expectationOf(row: SharedFixture): string {
  const refusal = refusalOfFixture(row) as { code: string } | undefined;
  if (refusal) return refusal.code;
  if (formatOfFixture(row) === undefined) return 'not known';
  return /^\d+$/.test(row.entries) ? counted(entriesOfFixture(row) ?? 0, 'entry', 'entries') : 'opens';
}

async function lineOf(row: SharedFixture): Promise<Line> {
  const bytes = bytesOfFixture(row);
  const { id, candidates } = recogniseExport(bytes, bytes);
  const known = id ?? (candidates.length > 0 ? `perhaps ${candidates.join(', ')}` : 'unknown');
  const line = { file: row.file, format: known, expected: expectationOf(row) };
  if (line.expected === 'not known') return { ...line, found: id ?? 'not known' };
  try {
    const report = await inspectExport(await loadNodeCrypto(), bytes, {
      name: row.file,
      as: refusalOfFixture(row) ? undefined : formatOfFixture(row),
      passphrase: row.passphrase ?? (refusalOfFixture(row) ? utf8('x') : undefined),
      keyFile: row.keyFile,
    });
    return { ...line, found: counted(report.entries + report.trashed, 'entry', 'entries') };
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    return { ...line, found: error.code };
  }
}

/** @returns the exit code: 1 when anything is other than expected. */
export async function printFixtures(): Promise<number> {
  if (!areFixturesHere) {
    console.log('left out: ../shared/fixtures/vaults is not here');
    return 0;
  }
  const lines: Line[] = [];
  for (const row of sharedFixtures()) if (row.format !== 'keepass-keyfile') lines.push(await lineOf(row));
  const widest = (key: keyof Line): number => Math.max(key.length, ...lines.map((line) => line[key].length));
  const keys = ['file', 'format', 'expected', 'found'] as const;
  const row = (line: Line): string => keys.map((key) => line[key].padEnd(widest(key))).join('  ');
  console.log(row({ file: 'file', format: 'format', expected: 'expected', found: 'found' }));
  for (const line of lines) console.log(row(line));
  const wrong = lines.filter(({ expected, found }) => expected !== found && expected !== 'opens');
  console.log(`\n${lines.length} files, ${wrong.length} other than expected`);
  return wrong.length === 0 ? 0 : 1;
}
