// docs/exit-codes.md is the list people build scripts on: it must say what the program does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ExitCode } from '../../src/cli/exit-codes.ts';
import { reportOf, UNEXPECTED } from '../../src/cli/report.ts';
import { EscrowError } from '../../src/core/errors.ts';
import type { ErrorCode, ErrorFacts } from '../../src/core/errors.ts';
import { readPage, ROOT, section, tableUnder, walk } from './pages.ts';

const PAGE = readPage('docs/exit-codes.md');

/** The keys of the interfaces that core/errors.ts joins to ErrorFacts. */
function errorCodes(): ErrorCode[] {
  const path = join(ROOT, 'src/core/errors.ts');
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const codes: string[] = [];
  walk(source, (node) => {
    if (!ts.isInterfaceDeclaration(node) || !node.name.text.endsWith('Facts')) return;
    for (const { name } of node.members) {
      if (name && (ts.isStringLiteral(name) || ts.isIdentifier(name))) codes.push(name.text);
    }
  });
  return codes as ErrorCode[];
}

/** Facts that answer whatever a sentence asks of them; only the exit code is looked at. */
function anyFacts(): ErrorFacts[ErrorCode] {
  const answer: unknown = new Proxy(() => undefined, {
    get: (_target, key) => {
      if (key === Symbol.toPrimitive) return () => 'x';
      if (key === Symbol.iterator) return [][Symbol.iterator];
      return key === 'length' ? 2 : answer;
    },
    apply: () => answer,
  });
  return answer as ErrorFacts[ErrorCode];
}

test('the table lists every exit code by number and name, and no other', () => {
  const listed = tableUnder(PAGE, '# Exit codes').map(([code, name]) => [name, Number(code)]);
  expect(Object.fromEntries(listed)).toEqual(ExitCode);
});

test('every error code stands under the exit code it ends with', () => {
  const truth = new Map<string, number>([['unexpected', UNEXPECTED.exit]]);
  for (const code of errorCodes()) truth.set(code, reportOf(new EscrowError(code, anyFacts())).exit);
  expect(truth.size).toBeGreaterThan(80);

  const told = new Map<string, number>();
  for (const item of section(PAGE, '## Error codes by exit code').split(/^- /m).slice(1)) {
    const exit = Number(/^\*\*(\d+)\*\*/.exec(item)?.[1]);
    for (const [, code = ''] of item.matchAll(/`([a-z.-]+)`/g)) told.set(code, exit);
  }
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(truth));
});

test('the examples say what the program says', () => {
  const told = [
    new EscrowError('recover.too-few', { mark: 'gold circle', have: 2, need: '1 more of cards 3, 4, 5' }),
    new EscrowError('trust.not-enrolled', { folder: 'northwind.escrow' }),
    new EscrowError('seal.entries-dropped', { source: 'the vault', before: 5000, after: 212 }),
  ].map((error) => ({ error, report: reportOf(error) }));
  for (const { report } of told) {
    expect(PAGE.text).toContain(`holdfast: error: ${report.message}\nholdfast: hint: ${report.hint}\n`);
  }
  const { error, report } = told.at(-1)!;
  const { code, facts } = error;
  const { exit, message, hint } = report;
  expect(PAGE.text).toContain(JSON.stringify({ type: 'error', code, exit, message, hint, facts }));
});
