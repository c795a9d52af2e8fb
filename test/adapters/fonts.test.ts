import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { writePdf } from '../../src/adapters/pdf-write.ts';
import { loadScanner } from '../../src/adapters/scan.ts';
import { assertPrintable, layoutCard } from '../../src/paper/card.ts';
import { faceRuns } from '../../src/paper/fonts.ts';
import { setLine } from '../../src/paper/typeset.ts';
import { SAMPLE } from '../paper/sample-card.ts';

let fonts: LoadedFonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

const designs = (text: string): string[] => [
  ...new Set(
    faceRuns(fonts, 'bold', text).map((run) =>
      run.face.replace(/-(?:\d+|[a-z]+|latin-ext|cyrillic-ext|greek-ext)-\d+-normal\.woff$/, ''),
    ),
  ),
];

const has = (name: string): boolean => {
  try {
    createRequire(import.meta.url).resolve(`${name}/unicode.json`);
    return true;
  } catch {
    console.warn(`left out: names that need ${name}, an optional dependency that is not installed`);
    return false;
  }
};

describe('names in any script', () => {
  test.each([
    ['Polish', 'Łukasz Żółkiewski', 'atkinson-hyperlegible-next'],
    ['Turkish', 'Işıl Çağlayan Güneş', 'atkinson-hyperlegible-next'],
    ['Icelandic', 'Þórunn Ðóra Æsa', 'atkinson-hyperlegible-next'],
    ['Latvian', 'Ēriks Ķīlis Ņina', 'atkinson-hyperlegible-next'],
    ['Vietnamese', 'Nguyễn Thị Hồng Ánh', 'noto-sans'],
    ['Greek', 'Ελένη Παπαδοπούλου', 'noto-sans'],
    ['Ukrainian', 'Олександр Ґжицький', 'noto-sans'],
    ['Hindi', 'लक्ष्मी श्रीनिवासन', 'noto-sans'],
    ['Arabic', 'محمد بن عبد الله', 'noto-sans-arabic'],
    ['Persian', 'گلناز پژمان', 'noto-sans-arabic'],
    ['Hebrew', 'דוד בן־גוריון', 'noto-sans-hebrew'],
    ['Thai', 'สมชาย ใจดี', 'noto-sans-thai'],
  ])('%s is set in one design', (_, name, design) => {
    expect(designs(name)).toEqual([design]);
    expect(() => {
      assertPrintable(fonts, name, 'holder');
    }).not.toThrow();
  });

  test.skipIf(!has('@fontsource/noto-sans-sc'))('Chinese, in both spellings, and Japanese', () => {
    for (const name of ['王小明', '陳劉黃鄭龍', '渡邉さくら', '髙橋カタカナ々'])
      expect(designs(name)).toEqual(['noto-sans-sc']);
  });

  test.skipIf(!has('@fontsource/nanum-gothic'))('Korean', () => {
    expect(designs('김민준뷁')).toEqual(['nanum-gothic']);
  });

  test('Arabic letters are joined: lam and alef are narrower together than apart', () => {
    const width = (text: string): number => setLine(fonts, { voice: 'bold', sizePt: 15 }, text).widthMm;
    expect(width('لا')).toBeLessThan(0.8 * (width('ل') + width('ا')));
  });

  test('all of them leave ink on paper, where layout says', async () => {
    const scanner = await loadScanner();
    for (const holderName of ['Đặng Ελένη Ґжиц', 'محمد علي', 'דוד', 'लक्ष्मी', 'สมชาย']) {
      const list = layoutCard({ ...SAMPLE, holderName }, 'a4', fonts);
      const block = list.blocks.find((one) => one.name === 'holder')!;
      for await (const page of scanner.rasterise(await writePdf(list, fonts), 100)) {
        const perMm = page.width / list.widthMm;
        for (const { box } of block.items.filter((item) => item.box.right > item.box.left)) {
          const rows = Array.from({ length: Math.ceil((box.bottom - box.top) * perMm) }, (_, row) => {
            const from = (Math.floor(box.top * perMm) + row) * page.width;
            return page.grey.subarray(
              from + Math.floor(box.left * perMm),
              from + Math.ceil(box.right * perMm),
            );
          });
          const dark = rows.reduce((sum, row) => sum + row.filter((grey) => grey < 128).length, 0);
          const area = rows.reduce((sum, row) => sum + row.length, 0);
          expect(dark / area, holderName).toBeGreaterThan(0.1);
        }
      }
    }
  });
});

describe('what cannot be printed is named', () => {
  test.each([
    ['an emoji of several characters', 'Ann 👩‍🚒', '👩‍🚒 (U+1F469 U+200D U+1F692)'],
    ['a script without a font', 'ᚠ', 'ᚠ (U+16A0)'],
    ['an override that would make a name read backwards', 'Ann\u202enn', 'U+202E'],
    ['a control', 'Ann\u0007', 'U+0007'],
    ['half a character', 'Ann\ud83d', 'U+D83D'],
  ])('%s', (_, name, character) => {
    expect(() => {
      assertPrintable(fonts, name, 'holder');
    }).toThrow(expect.objectContaining({ code: 'paper.unprintable', facts: { what: 'holder', character } }));
  });
});
