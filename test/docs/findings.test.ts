// docs/json.md lists the findings that programs may look for: all of them, and none that is not there.

import ts from 'typescript';
import { expect, test } from 'vitest';
import { FORMATS } from '../../src/vault/formats.ts';
import { toldCommands } from './commands.ts';
import { allSources, placeOf, readPage, section, tableUnder, walk } from './pages.ts';

const PAGE = readPage('docs/json.md');

/** Functions that make a finding, and which of their arguments is the code. */
const MAKERS: Readonly<Record<string, number>> = { finding: 1, report: 1, tellFault: 2 };

function textOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function property(node: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return node.properties.find((entry) => entry.name?.getText() === name);
}

/** The code of a call or an object that makes a finding; a shorthand `code` passes one on. */
function codeOf(node: ts.Node): { code: string | undefined } | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const at = MAKERS[node.expression.text];
    return at === undefined || node.arguments.length <= at ? undefined : { code: textOf(node.arguments[at]) };
  }
  if (!ts.isObjectLiteralExpression(node) || !property(node, 'severity')) return undefined;
  const code = property(node, 'code');
  if (code === undefined || ts.isShorthandPropertyAssignment(code)) return undefined;
  return { code: ts.isPropertyAssignment(code) ? textOf(code.initializer) : undefined };
}

/** Every finding code in src, with the places that have one which is not written out. */
function emitted(): { codes: Set<string>; unclear: string[] } {
  const codes = new Set<string>();
  const unclear: string[] = [];
  for (const source of allSources()) {
    // Elsewhere these words name other things: an error is told by `report`.
    if (!/\bFinding\b|\/findings?\.ts'/.test(source.text)) continue;
    walk(source, (node) => {
      const found = codeOf(node);
      if (found?.code !== undefined) codes.add(found.code);
      else if (found && !isPassedOn(node)) unclear.push(placeOf(node));
    });
  }
  return { codes, unclear };
}

/** Inside a function that itself takes the code: the caller's place is looked at instead. */
function isPassedOn(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && at.parameters.some(({ name }) => name.getText() === 'code')) return true;
  }
  return false;
}

function listed(): string[] {
  const tables = [
    '### About an export',
    '### About the bytes of an escrow',
    '### About a kit',
    '### About a pre-flight',
    '### About a plan',
    '### About readiness',
  ];
  return tables.flatMap((heading) =>
    tableUnder(PAGE, heading).map(([code = '']) => code.replaceAll('`', '')),
  );
}

test('every finding code in src is on the page, and every code on the page is in src', () => {
  const { codes, unclear } = emitted();
  expect(unclear).toEqual([]);
  expect([...codes].sort()).toEqual(listed().sort());
});

test('the page lists every format id', () => {
  const ids = tableUnder(PAGE, '## Formats').map(([id = '']) => id.replaceAll('`', ''));
  expect(ids.sort()).toEqual(FORMATS.map(({ id }) => id).sort());
});

test('every command has its shape on the page', async () => {
  const shapes = section(PAGE, '## Commands').match(/^### .+$/gm) ?? [];
  const names = (await toldCommands()).map(({ name }) => name);
  expect(shapes.map((line) => line.slice(4)).sort()).toEqual(names.sort());
});
