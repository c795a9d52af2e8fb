// How the plain text of a vault is spelt, and how it is read again. A label of at most ten letters stands
// before each text, further lines of the same text stand under it behind a bar, and blocks are parted by a
// line that begins with "==". No text can look like one of these: everything of the vault is indented.

import { decodeUtf8, encodeUtf8, type Bytes } from '../../core/bytes.ts';
import { entriesOf } from '../findings.ts';
import { itemOf } from '../item.ts';
import type { Item } from '../model.ts';
import { parseTotp } from '../totp.ts';
import { cleanName, cleanValue } from '../xml-text.ts';

export interface SheetLine {
  readonly label: string;
  /** What the product calls a custom field. */
  readonly name?: string;
  readonly value: string;
}

const LABEL_WIDTH = 12;
const FURTHER = `${' '.repeat(LABEL_WIDTH - 2)}| `;
const BLOCK = '== ';
/** An editor or a terminal would act on these, or show nothing. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Text as it stands here: line ends of one kind, and nothing that acts. */
export function sheetText(text: string): string {
  return cleanValue(text).replace(/\r\n?/g, '\n').replace(CONTROL, '\uFFFD');
}

function spell({ label, name, value }: SheetLine): string {
  const text = sheetText(value);
  const [first = '', ...further] = (
    name === undefined ? text : `${cleanName(sheetText(name))}: ${text}`
  ).split('\n');
  return [label.padEnd(LABEL_WIDTH) + first, ...further.map((line) => FURTHER + line)].join('\r\n');
}

/** @returns UTF-8 with a byte order mark and CRLF, so that every editor of Windows shows it right. */
export function encodeSheet(name: string, now: string, blocks: readonly (readonly SheetLine[])[]): Bytes {
  const head = [
    `${cleanName(sheetText(name))}, ${entriesOf(blocks.length)}, written ${now}`,
    'Every password in it can be read by whoever sees it. Destroy it when the emergency is over.',
    'Lines that begin with a bar belong to the text above them.',
  ];
  const parts = blocks.map((lines, index) => {
    return `${BLOCK}${index + 1} of ${blocks.length}\r\n${lines.map(spell).join('\r\n')}\r\n`;
  });
  return encodeUtf8(`\uFEFF${head.join('\r\n')}\r\n\r\n${parts.join('\r\n')}`);
}

/** The lines of a block, with the texts that go on put together. */
function linesOf(block: string): readonly SheetLine[] {
  const lines: { label: string; value: string }[] = [];
  for (const line of block.split('\r\n').slice(1)) {
    const last = lines.at(-1);
    if (line.startsWith(FURTHER) && last !== undefined) last.value += `\n${line.slice(LABEL_WIDTH)}`;
    else if (line !== '')
      lines.push({ label: line.slice(0, LABEL_WIDTH).trim(), value: line.slice(LABEL_WIDTH) });
  }
  return lines;
}

function itemOfBlock(block: string, index: number): Item {
  const lines = linesOf(block);
  const all = (label: string): readonly string[] =>
    lines.flatMap((line) => (line.label === label ? [line.value] : []));
  const one = (label: string): string => all(label)[0] ?? '';
  const [url, ...furtherUrls] = all('address');
  const below = [...furtherUrls, ...all('field'), ...all('expires')];
  return itemOf({
    id: String(index),
    type: 'other',
    title: one('title'),
    username: one('user'),
    password: one('password'),
    urls: url === undefined ? [] : [{ uri: url }],
    notes: [one('notes'), ...below].join('\n'),
    totp: all('seed').map(parseTotp),
    raw: undefined,
  });
}

/** Reads what `encodeSheet` wrote, to compare; what has no place of its own stands below the notes. */
export function readSheet(bytes: Bytes): readonly Item[] {
  return decodeUtf8(bytes).split(`\r\n${BLOCK}`).slice(1).map(itemOfBlock);
}
