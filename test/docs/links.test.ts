// Pages that can be followed: every relative link leads somewhere, and every flag that is named exists.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { toldCommands } from './commands.ts';
import type { Told } from './commands.ts';
import { allPages, ROOT } from './pages.ts';
import type { Page } from './pages.ts';

const PAGES = allPages();

/** Programs of others that pages show in use; their flags are theirs. */
const OTHERS =
  /^(?:age|b2sum|cp|diskpart|docker|find|git|hdiutil|keepassxc-cli|minisign|mkdir|mount|node|npm|npx|openssl|pdftoppm|powershell|pwsh|python3|rsync|schtasks|sha256sum|sudo|systemctl|tar|umount|vitest|zbarimg)\b/;

/** Text outside fences and inline code: a link in code is not one. */
function prose({ text }: Page): string {
  return text.replaceAll(/^(```|~~~)[^]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

/** GitHub's name for a heading. */
function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function slugsIn(path: string): Set<string> {
  const text = readFileSync(path, 'utf8').replaceAll(/^(```|~~~)[^]*?^\1/gm, '');
  return new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slugOf(heading)));
}

function brokenLinks(page: Page): string[] {
  const targets = [...prose(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  );
  return targets.flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? join(ROOT, page.path) : join(ROOT, dirname(page.path), file);
    if (!existsSync(path)) return [`${page.path}: ${target} leads nowhere`];
    const isThere = anchor === undefined || slugsIn(path).has(anchor);
    return isThere ? [] : [`${page.path}: ${target}: no such heading`];
  });
}

/** Commands on a page: lines of fences, with what a backslash carries on, and spans of inline code. */
function commandTexts({ text }: Page): string[] {
  const fences = [...text.matchAll(/^(?:```|~~~).*\n([^]*?)^(?:```|~~~)/gm)].map(([, body = '']) => body);
  const lines = fences.flatMap((body) => body.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  const outside = text.replaceAll(/^(```|~~~)[^]*?^\1/gm, '');
  const spans = [...outside.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  return [...lines, ...spans]
    .flatMap((line) => line.split(/\s(?:\||&&|;)\s/))
    .filter((part) => /(?:^|\s)--[a-z]/.test(part));
}

const flagsIn = (text: string): string[] => text.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? [];

/** Flags in one command that its `--help` does not know. */
function unknownFlags(command: string, told: readonly Told[]): string[] {
  const union = new Set(told.flatMap(({ flags }) => [...flags]));
  const text = command.trim().replace(/^\$ /, '').replace('node bin/holdfast.js', 'holdfast');
  const called = /(?:^|\s)holdfast (?=[a-z])([^]*)$/.exec(text)?.[1] ?? text;
  const known = told.find(({ name }) => called === name || called.startsWith(`${name} `));
  if (!known && OTHERS.test(text)) return [];
  // A flag by itself, or one quoted from a message, has no command to ask: some command must know it.
  return flagsIn(called).filter((flag) => !(known?.flags ?? union).has(flag));
}

test('every relative link on a page resolves', () => {
  expect(PAGES.length).toBeGreaterThan(15);
  expect(PAGES.flatMap(brokenLinks)).toEqual([]);
});

test('no page names a flag that --help does not know', async () => {
  const told = await toldCommands();
  const unknown = PAGES.flatMap((page) =>
    commandTexts(page).flatMap((command) =>
      unknownFlags(command, told).map((flag) => `${page.path}: ${flag} in "${command.trim()}"`),
    ),
  );
  expect(unknown).toEqual([]);
});

test('what is looked for is found', async () => {
  const told = await toldCommands();
  expect(unknownFlags('holdfast seal DIR e.json --force --accept-drop', told)).toEqual([]);
  expect(unknownFlags('holdfast verify DIR --accept-drop', told)).toEqual(['--accept-drop']);
  expect(unknownFlags('--no-such-flag', told)).toEqual(['--no-such-flag']);
  expect(unknownFlags('npm ci --omit=optional', told)).toEqual([]);
  expect(
    brokenLinks({ path: 'docs/x.md', text: '[a](glossary.md) [b](no.md) [c](glossary.md#no)' }),
  ).toHaveLength(2);
});
