// README.txt of a kit, for somebody who is frightened and has never seen this: the first action first, then
// what to do when that fails, and when that fails too. Lines end as Notepad wants them.

import type { Bytes } from '../core/bytes.ts';
import { encodeUtf8 } from '../core/bytes.ts';
import type { Language } from '../core/languages.ts';
import type { Charter } from '../core/record/charter.ts';
import { KIT_WORDS } from './kit-words.ts';

/** What the text says of one kit. */
interface ReadmeFacts {
  readonly policy: Charter['policy'];
  /** Newest first. */
  readonly packages: readonly string[];
  readonly created: string;
  readonly escrow: string;
  readonly pageHash: string;
  /** Whether the emergency sheet is in the kit. */
  readonly hasSheet: boolean;
}

/** docs/spec/page-block.md, in one line of a narrow window. */
const PROGRAM_HASH = `perl -0pe 's/(id="holdfast-escrow">)[^<]*/$1/' RECOVER.html | shasum -a 256`;

/** Windows reads a text without this mark in some old alphabet of its own. */
const BYTE_ORDER_MARK = '\ufeff';

export function readmeText(language: Language, facts: ReadmeFacts): Bytes {
  const words = KIT_WORDS[language];
  const newest = facts.packages[0] ?? 'PACKAGE.tar.age';
  const tar = newest.replace(/^.*\.tar(\.gz)?\.age$/, 'vault.tar$1');
  return asText([
    words.title,
    '',
    ...words.first,
    ...(facts.hasSheet ? words.sheet : []),
    '',
    words.steps,
    ...numbered(words.stepLines(cardsNeeded(language, facts.policy))),
    '',
    ...words.program,
    '',
    '    node holdfast.cjs recover . --out C:/vault --to kdbx',
    '',
    ...words.programCards,
    '',
    ...words.lastResort,
    '',
    '    python3 spec/combine.py < rows.txt > key.txt',
    `    age -d -i key.txt -o ${tar} packages/${newest}`,
    `    tar -xf ${tar}`,
    '',
    ...words.lastResortEnd,
    '',
    ...words.about,
    '',
    ...facts.packages.map((name) => `    packages/${name}`),
    `    ${words.made} ${facts.created}, escrow ${facts.escrow}`,
    '',
    words.pageFile,
    '',
    '    certutil -hashfile RECOVER.html SHA256    (Windows)',
    '    shasum -a 256 RECOVER.html                (Mac, Linux)',
    '',
    words.pageProgram,
    '',
    `    ${facts.pageHash}`,
    `    ${PROGRAM_HASH}`,
  ]);
}

/** tools/README.txt: what the folder is for, and what lies in it. */
export function toolsText(language: Language, names: readonly string[]): Bytes {
  const words = KIT_WORDS[language];
  return asText(
    names.length > 0 ? [...words.tools, '', ...names.map((name) => `    ${name}`)] : words.noTools,
  );
}

function cardsNeeded(language: Language, { groupThreshold, groups }: Charter['policy']): string {
  const { ofCards, ofGroups } = KIT_WORDS[language];
  const each = groups.map(({ threshold, members }) => ofCards(threshold, members));
  return groups.length === 1 ? (each[0] ?? '') : ofGroups(groupThreshold, each.join(', '));
}

const numbered = (lines: readonly string[]): string[] => lines.map((line, at) => `${at + 1}. ${line}`);

function asText(lines: readonly string[]): Bytes {
  const text = lines.flatMap((line) => line.split('\n')).join('\r\n') + '\r\n';
  return encodeUtf8(/[^\0-\x7f]/.test(text) ? BYTE_ORDER_MARK + text : text);
}
