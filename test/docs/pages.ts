// The pages under docs and the README, and what the tests of this folder read in them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

export interface Page {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

function filesUnder(folder: string, suffix: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n') };
}

/** README.md and every Markdown file under docs. */
export function allPages(): Page[] {
  const found = filesUnder(join(ROOT, 'docs'), '.md').map((path) =>
    relative(ROOT, path).replaceAll('\\', '/'),
  );
  return ['README.md', ...found].map(readPage);
}

/** The rows of the first table that follows a heading, as trimmed cells; header and rule left out. */
export function tableUnder(page: Page, heading: string): string[][] {
  const at = page.text.indexOf(`\n${heading}\n`);
  const lines = page.text.slice(at + heading.length + 2).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** The text from a heading to the next one of its level or above. */
export function section(page: Page, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  const rest = page.text.slice(page.text.indexOf(`\n${heading}\n`) + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Every source file under src, parsed. */
export function allSources(): ts.SourceFile[] {
  return filesUnder(join(ROOT, 'src'), '.ts')
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
}

/** Where a node stands, for a message. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(ROOT, file.fileName)}:${line + 1}`;
}

/** Calls `visit` on every node below `node`. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => {
    walk(child, visit);
  });
}
