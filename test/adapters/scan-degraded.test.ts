import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderCard } from '../../src/adapters/card-press.ts';
import { loadFonts } from '../../src/adapters/fonts.ts';
import { loadScanner, type Scanner } from '../../src/adapters/scan.ts';
import { CODE_MEASURES } from '../../src/paper/card-code.ts';
import type { Paper } from '../../src/paper/measures.ts';
import { CODE_MODULES } from '../../src/paper/qr-write.ts';
import type { Raster } from '../../src/paper/raster.ts';
import { SAMPLE, SAMPLE_ROWS } from '../paper/sample-card.ts';
import { badLight, blur, encodePng, resize, rotate, stain, tilt } from '../support/degrade.ts';

const TEXT = SAMPLE_ROWS.join('');
/** What a flatbed gives, and what a phone held over a sheet gives. */
const FLATBED_PX = 3;
const PHONE_PX = 4;

let scanner: Scanner;
const sheets = new Map<Paper, Raster>();
beforeAll(async () => {
  scanner = await loadScanner();
  const fonts = await loadFonts();
  for (const paper of ['a4', 'letter'] as const) {
    const pages = scanner.rasterise(await renderCard(SAMPLE, paper, fonts), 200);
    for await (const page of pages) sheets.set(paper, page);
  }
});

const sheet = (paper: Paper): Raster => sheets.get(paper) ?? expect.fail('no sheet');

const resized = new Map<string, Raster>();

/** The sheet at so many pixels a module. */
function atPixels(paper: Paper, pixels: number): Raster {
  const key = `${paper} ${pixels}`;
  const now = (CODE_MEASURES[paper].moduleMm * 200) / 25.4;
  const small = resized.get(key) ?? resize(sheet(paper), pixels / now);
  resized.set(key, small);
  return small;
}

const read = (raster: Raster): Promise<string[]> => scanner.readCodes(encodePng(raster), 'photo.png');

describe.each(['a4', 'letter'] as const)('a card on %s reads', (paper) => {
  test.each([2, 45, 90, 133, 180, 271, 357])(
    'turned by %i degrees, at three pixels a module',
    async (degrees) => {
      expect(await read(rotate(atPixels(paper, FLATBED_PX), degrees))).toEqual([TEXT]);
    },
  );

  test.each([0.1, 0.2, 0.3])('seen from the side by %f, at four pixels a module', async (share) => {
    expect(await read(tilt(atPixels(paper, PHONE_PX), share))).toEqual([TEXT]);
  });

  test.each([0.5, 1, 1.5])('out of focus by %f pixels, at four pixels a module', async (sigma) => {
    expect(await read(blur(atPixels(paper, PHONE_PX), sigma))).toEqual([TEXT]);
  });

  test('in a shadow, pale and grainy', async () => {
    expect(await read(badLight(atPixels(paper, PHONE_PX), 60))).toEqual([TEXT]);
  });

  test('turned, tilted, blurred and badly lit at once', async () => {
    const photo = badLight(blur(tilt(rotate(atPixels(paper, PHONE_PX), 9), 0.15), 0.8), 25);
    expect(await read(photo)).toEqual([TEXT]);
  });

  test('with a stain over a twentieth of the code', async () => {
    const [code] = await scanner.readRaster(sheet(paper));
    const [corner] = code!.corners;
    const size = (CODE_MEASURES[paper].moduleMm * CODE_MODULES * 200) / 25.4;
    const box = { left: corner!.x, top: corner!.y, size };
    expect(await read(stain(sheet(paper), box, 0.05))).toEqual([TEXT]);
    // The test can fail: a stain over a third of it leaves nothing to read.
    expect(await read(stain(sheet(paper), box, 0.35))).toEqual([]);
  });
});

describe('with ImageMagick', () => {
  const convert = '/usr/bin/convert';
  const found = existsSync(convert);
  if (!found)
    console.warn('left out: photos as JPEG, because /usr/bin/convert (ImageMagick) is not installed');

  const jpeg = (raster: Raster, ...steps: string[]): Uint8Array =>
    execFileSync(convert, ['png:-', ...steps, 'jpeg:-'], { input: encodePng(raster), maxBuffer: 2 ** 26 });

  test.skipIf(!found).each([
    ['quality 20', 'a4', ['-quality', '20']],
    ['quality 5, small', 'letter', ['-resize', '60%', '-quality', '5']],
    [
      'on a table, turned, blurred, grainy',
      'a4',
      ['-resize', '60%', '-background', '#6b5a48', '-rotate', '13', '-blur', '0x0.8', '+noise', 'Gaussian'],
    ],
    [
      'from the corner',
      'letter',
      [
        ...['-resize', '60%', '-virtual-pixel', 'white', '-distort', 'Perspective'],
        '0,0 60,40  %w,0 %[fx:w-100],12  0,%h 8,%[fx:h-20]  %w,%h %[fx:w-12],%[fx:h-70]',
        ...['-quality', '50'],
      ],
    ],
    ['progressive and in colour', 'a4', ['-type', 'TrueColor', '-interlace', 'Plane', '-quality', '70']],
    ['in CMYK, as some scanners write', 'letter', ['-colorspace', 'CMYK', '-quality', '80']],
  ] as const)('a JPEG: %s, on %s', async (_, paper, steps) => {
    expect(await scanner.readCodes(jpeg(sheet(paper), ...steps), 'photo.jpg')).toEqual([TEXT]);
  });

  test.skipIf(!found)('a photo of 12 million pixels', async () => {
    const photo = jpeg(
      sheet('a4'),
      '-resize',
      '3000x4000!',
      '-rotate',
      '3',
      '-blur',
      '0x1.2',
      '-quality',
      '85',
    );
    expect(await scanner.readCodes(photo, 'photo.jpg')).toEqual([TEXT]);
  });
});

describe('with other programs', () => {
  const zbar = spawnSync('zbarimg', ['--version']).status === 0;
  if (!zbar) console.warn('left out: reading by a second decoder, because zbarimg is not installed');

  test.skipIf(!zbar)('zbarimg reads the same 96 symbols, so the code needs no decoder of ours', () => {
    const png = encodePng(sheet('a4'));
    const text = execFileSync('zbarimg', ['--raw', '-q', '-Sdisable', '-Sqrcode.enable', '-'], {
      input: png,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    expect(text.toString().trim()).toBe(TEXT);
  });
});
