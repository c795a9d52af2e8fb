// The font files behind paper/fonts.ts: @fontsource packages, each design cut into files by alphabet.
// A file is read when a character first asks for it. woff only: embedded woff2 comes out blank.
// All are under the SIL Open Font License; docs/card.md says which is for what, and how large.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'fontkit';
import { EscrowError } from '../core/errors.ts';
import type { Face, FaceId, Family, Fonts, RunInk, Voice } from '../paper/fonts.ts';

const require = createRequire(import.meta.url);

/** Fonts for layout, and their files for writing. */
export interface LoadedFonts extends Fonts {
  /** The woff file of a face. */
  fileOf(face: FaceId): Uint8Array;
}

interface Design {
  readonly name: string;
  /** The package's table of character ranges; its folder is where the files are. */
  readonly table: () => string;
  readonly weights: Readonly<Record<Voice, number>>;
}

const STEPS = { regular: 400, bold: 700, heavy: 800, mono: 700 } as const;

const TEXT_FACE: Design = {
  name: 'atkinson-hyperlegible-next',
  table: () => require.resolve('@fontsource/atkinson-hyperlegible-next/unicode.json'),
  weights: STEPS,
};
const ROW_FACE: Design = {
  name: 'atkinson-hyperlegible-mono',
  table: () => require.resolve('@fontsource/atkinson-hyperlegible-mono/unicode.json'),
  weights: { ...STEPS, mono: 600 },
};

/** In order of preference. nanum-gothic (Hangul) and noto-sans-sc (Han and kana) are optional dependencies. */
const FALLBACKS: readonly Design[] = [
  { name: 'noto-sans', table: () => require.resolve('@fontsource/noto-sans/unicode.json'), weights: STEPS },
  {
    name: 'noto-sans-arabic',
    table: () => require.resolve('@fontsource/noto-sans-arabic/unicode.json'),
    weights: STEPS,
  },
  {
    name: 'noto-sans-hebrew',
    table: () => require.resolve('@fontsource/noto-sans-hebrew/unicode.json'),
    weights: STEPS,
  },
  {
    name: 'noto-sans-thai',
    table: () => require.resolve('@fontsource/noto-sans-thai/unicode.json'),
    weights: STEPS,
  },
  {
    name: 'nanum-gothic',
    table: () => require.resolve('@fontsource/nanum-gothic/unicode.json'),
    weights: STEPS,
  },
  {
    name: 'noto-sans-sc',
    table: () => require.resolve('@fontsource/noto-sans-sc/unicode.json'),
    weights: STEPS,
  },
];

type Create = (file: Uint8Array) => Font;

interface Files {
  readonly pathOf: Map<FaceId, string>;
  font(face: FaceId): Font;
}

/** Parses "U+0460-052F,U+1C80" into pairs of first and last code point. */
function parseRanges(text: string): (readonly [number, number])[] {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}

function readDesign(design: Design): { folder: string; subsets: [string, string][] } | undefined {
  try {
    const table = design.table();
    const ranges = JSON.parse(readFileSync(table, 'utf8')) as Record<string, string>;
    return { folder: join(dirname(table), 'files'), subsets: Object.entries(ranges) };
  } catch {
    // Left out with --omit=optional: its characters are then unprintable, and named.
    return undefined;
  }
}

/** A letter counts when its glyph can also be measured. */
function hasGlyph(font: Font, codePoint: number): boolean {
  try {
    return font.hasGlyphForCodePoint(codePoint) && font.glyphForCodePoint(codePoint).advanceWidth >= 0;
  } catch {
    // A subset whose range holds no letter of the design comes without a character map, and fontkit
    // reads past the end of the file for an empty glyph that is the last one.
    return false;
  }
}

function facesOf(design: Design, voice: Voice, files: Files): Face[] {
  const found = readDesign(design);
  return (found?.subsets ?? []).map(([subset, ranges]) => {
    const pairs = parseRanges(ranges);
    // Numbered subsets are "[12]" in the table and "12" in the file's name.
    const file = `${design.name}-${subset.replace(/[[\]]/g, '')}-${design.weights[voice]}-normal.woff`;
    files.pathOf.set(file, join(found?.folder ?? '', file));
    return {
      id: file,
      // The table says which file to ask; the file itself may still lack the letter.
      covers: (codePoint) =>
        pairs.some(([first, last]) => first <= codePoint && codePoint <= last) &&
        hasGlyph(files.font(file), codePoint),
    };
  });
}

/** A design whose table is read when a text first asks for it: most names never ask for Chinese. */
function familyOf(design: Design, voice: Voice, files: Files): Family {
  let faces: Face[] | undefined;
  return {
    name: design.name,
    get faces() {
      return (faces ??= facesOf(design, voice, files));
    },
  };
}

/** The box of a run's ink, in the run's own units. */
function inkOf(run: ReturnType<Font['layout']>): {
  left: number;
  right: number;
  above: number;
  below: number;
} {
  const ink = { left: Infinity, right: -Infinity, above: -Infinity, below: -Infinity };
  let x = 0;
  run.glyphs.forEach((glyph, index) => {
    const position = run.positions[index];
    const { minX, maxX, minY, maxY } = glyph.bbox;
    // A space has no outline, and its box is inside out or empty.
    if (position !== undefined && maxX > minX && maxY > minY) {
      ink.left = Math.min(ink.left, x + position.xOffset + minX);
      ink.right = Math.max(ink.right, x + position.xOffset + maxX);
      ink.above = Math.max(ink.above, position.yOffset + maxY);
      ink.below = Math.max(ink.below, -(position.yOffset + minY));
    }
    x += position?.xAdvance ?? 0;
  });
  return ink.right > ink.left ? ink : { left: 0, right: 0, above: 0, below: 0 };
}

function measureRun(font: Font, text: string): RunInk {
  // An explicit list of features makes pdfkit shape the run as one, as is done here (see pdf-write).
  const run = font.layout(text, []);
  const ink = inkOf(run);
  const em = font.unitsPerEm;
  return {
    advance: run.advanceWidth / em,
    left: ink.left / em,
    right: ink.right / em,
    above: ink.above / em,
    below: ink.below / em,
  };
}

function openFiles(create: Create): Files {
  const pathOf = new Map<FaceId, string>();
  const opened = new Map<FaceId, Font>();
  return {
    pathOf,
    font(face) {
      let font = opened.get(face);
      if (font === undefined) {
        font = create(readFileSync(pathOf.get(face) ?? face));
        opened.set(face, font);
      }
      return font;
    },
  };
}

/** Asked before anything of fonts is loaded: the one-file program has neither them nor their library. */
function assertThere(design: Design): void {
  try {
    design.table();
  } catch (cause) {
    throw new EscrowError('program.incomplete', { what: 'its fonts' }, { cause });
  }
}

/** Opens the fonts; their files are read as characters ask for them. @throws {@link EscrowError} `program.incomplete`. */
export async function loadFonts(): Promise<LoadedFonts> {
  assertThere(TEXT_FACE);
  const { create } = await import('fontkit');
  const files = openFiles((file) => create(file as Buffer) as Font);
  const byVoice = new Map<Voice, Family[]>();
  const measured = new Map<string, RunInk>();
  return {
    families(voice) {
      let families = byVoice.get(voice);
      if (families === undefined) {
        // Rows of cards ask for the first only; passwords in a book may be of any script.
        const designs = [...(voice === 'mono' ? [ROW_FACE] : []), TEXT_FACE, ...FALLBACKS];
        families = designs.map((design) => familyOf(design, voice, files));
        byVoice.set(voice, families);
      }
      return families;
    },
    measure(face, text) {
      // Nothing of the rows is kept: they are secret, and each is measured once.
      if (face.startsWith(ROW_FACE.name)) return measureRun(files.font(face), text);
      const key = `${face} ${text}`;
      let ink = measured.get(key);
      if (ink === undefined) {
        ink = measureRun(files.font(face), text);
        measured.set(key, ink);
      }
      return ink;
    },
    fileOf: (face) => readFileSync(files.pathOf.get(face) ?? face),
  };
}
