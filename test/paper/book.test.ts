import { beforeAll, describe, expect, test } from 'vitest';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { layoutBook, type BookContent, type BookEntry } from '../../src/paper/book.ts';
import { BookType } from '../../src/paper/book-lines.ts';
import { type Block, blockText, boxesOverlap, type DisplayList } from '../../src/paper/display-list.ts';
import { AWKWARD_TEXTS } from '../support/vaults.ts';

let fonts: LoadedFonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

const entryOf = (title: string, parts: Partial<BookEntry> = {}): BookEntry => ({
  title,
  values: [
    { label: 'User name', value: `user of ${title}`, look: 'exact' },
    { label: 'Password', value: `secret of ${title}`, look: 'secret' },
  ],
  codes: [],
  ...parts,
});

const bookOf = (entries: readonly BookEntry[], parts: Partial<BookContent> = {}): BookContent => ({
  name: 'Ours',
  product: 'Keeper',
  made: '2026-11-24',
  leftOut: [],
  clients: [{ name: 'Alder', folders: [{ path: '', entries }] }],
  ...parts,
});

const CODE = {
  link: 'otpauth://totp/Alder:me?secret=JBSWY3DPEHPK3PXP&period=30&digits=6&algorithm=SHA1&issuer=Alder',
  seed: 'JBSWY3DPEHPK3PXP',
  detail: '',
};

const named = ({ blocks }: DisplayList, name: string): readonly Block[] =>
  blocks.filter((block) => block.name === name);
const textsOf = (page: DisplayList, name: string): readonly string[] => named(page, name).map(blockText);

describe('every page', () => {
  test.each(['a4', 'letter'] as const)(
    'on %s: warning, date, number, and nothing outside or on top',
    (paper) => {
      const entries = Array.from({ length: 40 }, (_, index) =>
        entryOf(`Entry ${index}`, index % 3 === 0 ? { codes: [CODE] } : {}),
      );
      const pages = layoutBook(bookOf(entries), paper, fonts);
      expect(pages.length).toBeGreaterThan(4);
      for (const [index, page] of pages.entries()) {
        expect(textsOf(page, 'warning')).toEqual([
          'PRINT ONLY IN AN EMERGENCY — contains every password 24 Nov 2026',
        ]);
        expect(textsOf(page, 'foot')[0]).toContain(`page ${index + 1} of ${pages.length}`);
        const blocks = page.blocks.filter(({ role }) => role !== 'Artifact');
        for (const [at, { name, box }] of blocks.entries()) {
          expect([name, box.left >= 17.9, box.right <= page.widthMm - 17.9]).toEqual([name, true, true]);
          expect([name, box.top > 10, box.bottom < page.heightMm - 12]).toEqual([name, true, true]);
          const other = blocks.slice(at + 1).find((block) => boxesOverlap(block.box, box));
          expect(other?.name).toBeUndefined();
        }
      }
    },
  );

  test('no ink of an entry lies under its square code', () => {
    const long = 'W'.repeat(300);
    const entry = entryOf(long, {
      codes: [CODE],
      values: [
        { label: long, value: long, look: 'secret' },
        { label: 'Notes', value: `${long} ${'word '.repeat(80)}`, look: 'plain' },
      ],
    });
    const [page] = layoutBook(bookOf([entry]), 'a4', fonts).slice(2);
    const [code] = named(page!, 'code');
    const items = named(page!, 'entry').flatMap((block) => block.items);
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ box }) => boxesOverlap(box, code!.box))).toEqual([]);
  });
});

describe('entries', () => {
  test('each stands whole on one page, in order', () => {
    const titles = Array.from({ length: 90 }, (_, index) => `Entry ${index}`);
    const pages = layoutBook(bookOf(titles.map((title) => entryOf(title))), 'a4', fonts);
    const blocks = pages.flatMap((page) => textsOf(page, 'entry'));
    expect(blocks).toEqual(
      titles.map(
        (title) =>
          `${title}\nUser name user of ${title}\nPassword secret of ${title} ${9 + 1 + title.length} characters`,
      ),
    );
  });

  test('one longer than a page goes on, under its title, and loses no line', () => {
    const lines = Array.from({ length: 150 }, (_, index) => `line ${index}`);
    const entry = entryOf('Long', { values: [{ label: 'Notes', value: lines.join('\n'), look: 'plain' }] });
    const pages = layoutBook(bookOf([entryOf('Before'), entry, entryOf('After')]), 'a4', fonts);
    const blocks = pages.flatMap((page) => textsOf(page, 'entry'));
    expect(blocks.map((text) => text.split('\n')[0])).toEqual([
      'Before',
      'Long',
      'Long (continued)',
      'Long (continued)',
      'Long (continued)',
      'After',
    ]);
    const shown = blocks.flatMap((text) => text.split('\n')).map((text) => text.replace(/^Notes /, ''));
    expect(shown.filter((text) => text.startsWith('line '))).toEqual(lines);
  });

  test('a folder is named above its first entry, on the same page', () => {
    const entries = Array.from({ length: 30 }, (_, index) => entryOf(`Entry ${index}`));
    const folders = [
      { path: '', entries: entries.slice(0, 10) },
      { path: 'Servers / Wi-Fi', entries: entries.slice(10) },
    ];
    const pages = layoutBook(bookOf([], { clients: [{ name: 'Alder', folders }] }), 'a4', fonts);
    const page = pages.find((one) => textsOf(one, 'heading').includes('Servers / Wi-Fi'))!;
    const names = page.blocks.filter(({ role }) => role !== 'Artifact').map(blockText);
    expect(names[names.indexOf('Servers / Wi-Fi') + 1]).toMatch(/^Entry 10\n/);
  });

  test('a second seed has a code of its own, and one too long for a code is there to type', () => {
    const long = {
      link: `otpauth://totp/x?secret=${'A'.repeat(700)}`,
      seed: 'A'.repeat(700),
      detail: 'SHA256',
    };
    const entry = entryOf('Codes', { codes: [CODE, { ...CODE, seed: 'GEZDGNBV' }, long] });
    const pages = layoutBook(bookOf([entry]), 'a4', fonts);
    const paths = pages.flatMap((page) =>
      page.blocks.flatMap(({ items }) =>
        items.filter((item) => item.kind === 'path' && item.steps.length > 500),
      ),
    );
    expect(paths).toHaveLength(2);
    const text = pages.flatMap((page) => textsOf(page, 'entry')).join('\n');
    expect(text).toContain('GEZDGNBV 8 characters');
    expect(text.replace(/[^A]/g, '').length).toBeGreaterThanOrEqual(700);
    expect(text).toContain('SHA256');
  });
});

describe('front', () => {
  test('the contents say where each client begins', () => {
    const clients = Array.from({ length: 90 }, (_, index) => ({
      name: `Client ${index}`,
      folders: [
        { path: '', entries: Array.from({ length: 1 + (index % 20) }, () => entryOf(`of ${index}.`)) },
      ],
    }));
    const pages = layoutBook(bookOf([], { clients }), 'a4', fonts);
    const listed = pages.flatMap((page) => textsOf(page, 'contents')).map((text) => text.split(', '));
    expect(listed).toHaveLength(90);
    for (const [index, [name, entries, page]] of listed.entries()) {
      expect([name, entries]).toEqual([
        `Client ${index}`,
        index % 20 === 0 ? '1 entry' : `${1 + (index % 20)} entries`,
      ]);
      expect(textsOf(pages[Number(page) - 1]!, 'heading')).toEqual([name]);
    }
  });

  test('the cover counts, and says what is missing', () => {
    const content = bookOf([entryOf('a'), entryOf('b')], { leftOut: ['3 attachments'] });
    const pages = layoutBook(content, 'letter', fonts);
    const texts = textsOf(pages[0], 'cover');
    expect(texts).toEqual(
      expect.arrayContaining([
        'Password book',
        'Ours',
        'Made on 24 Nov 2026 from an export of Keeper.',
        '2 entries, 1 client, 3 pages.',
        '3 attachments',
      ]),
    );
    expect(textsOf(layoutBook(bookOf([]), 'a4', fonts)[0], 'cover')).not.toContain('Not in this book');
  });

  test('a tier is said in the contents and at the client', () => {
    const clients = [{ name: 'Alder', tier: 0, folders: [{ path: '', entries: [entryOf('a')] }] }];
    const pages = layoutBook(bookOf([], { clients }), 'a4', fonts);
    expect(textsOf(pages[1]!, 'contents')).toEqual(['Alder, Tier 0, 1 entry, 3']);
    expect(textsOf(pages[2]!, 'tier')).toEqual(['Tier 0']);
  });

  test('an empty vault is a cover', () => {
    expect(layoutBook(bookOf([], { clients: [] }), 'a4', fonts)).toHaveLength(1);
  });
});

describe('text', () => {
  const exact = (text: string, limitMm = 100): readonly string[] =>
    new BookType(fonts).exact(10, text, limitMm).map((line) => line.text);
  const itemsOf = (text: string, limitMm = 100): readonly string[] =>
    new BookType(fonts)
      .exact(10, text, limitMm)
      .flatMap((line) => line.place(0, 0).map((item) => (item.kind === 'text' ? item.text : 'sign')));

  test('what is typed shows every space, and where a line goes on', () => {
    expect(itemsOf(' a  b ')).toEqual(['sign', 'a', 'sign', 'sign', 'b', 'sign']);
    expect(itemsOf('abcdefghij', 14)).toEqual(['abcde', 'sign', 'fghij']);
    expect(itemsOf('ab\r\ncd\ref')).toEqual(['ab', 'cd', 'ef']);
  });

  test.each([
    ['a\u00a0b', 'a‹U+00A0›b'],
    ['\u202eabc', '‹U+202E›abc'],
    ['‹U+0041›', '‹U+2039›U+0041‹U+203A›'],
    ['tab\t', 'tab‹U+0009›'],
    ['🔑', '‹U+1F511›'],
    ['\ud800', '‹U+D800›'],
    ['e\u0301', '‹U+0065›‹U+0301›'],
    ['é ключ ß€', 'é ключ ß€'],
  ])('%j is printed as %s', (text, printed) => {
    expect(exact(text).join('')).toBe(printed);
  });

  test('no line is wider than it may be', () => {
    const type = new BookType(fonts);
    for (const text of [...AWKWARD_TEXTS, '👨‍👩‍👧‍👦'.repeat(3), 'W'.repeat(500), 'مفتاح'.repeat(20)])
      for (const line of [...type.exact(10.5, text, 60), ...type.plain('regular', 10.5, text, 60)]) {
        expect(line.widthMm).toBeLessThanOrEqual(60.01);
        for (const { box } of line.place(0, 0)) expect(box.right).toBeLessThanOrEqual(61);
      }
  });

  // An entry of nothing but the empty text leaves no ink; the mapping gives it a title.
  test('no text whatever keeps a book from being laid out', () => {
    const odd = [...AWKWARD_TEXTS, '', '\0', '\u202e\u2066', '\ud83d', '𓀀𓀁', '\u0301', 'ﷺ', '\u2028'];
    const entries = odd.map((text) =>
      entryOf(text, {
        values: (['secret', 'exact', 'plain'] as const).map((look) => ({ label: text, value: text, look })),
      }),
    );
    const clients = odd.map((text) => ({ name: text, folders: [{ path: text, entries }] }));
    const pages = layoutBook(bookOf([], { name: '\u202e', product: '\0', clients }), 'a4', fonts);
    expect(pages.flatMap((page) => named(page, 'entry')).length).toBe(odd.length * (odd.length - 1));
  });
});
