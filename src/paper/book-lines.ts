// Lines of the printed book. Exact text, which somebody types off the page, is broken anywhere and shows
// what cannot be seen: spaces as open boxes, a line that goes on by a wedge, unprintable characters by
// number. Plain text is broken at spaces. No text of a vault is refused: the book must always come out.

import { type Item, drawnPath, type PathStep } from './display-list.ts';
import { assertGlyphs, clustersOf, type Fonts, type Voice } from './fonts.ts';
import { MM_PER_PT, placeLine, setLine, type SetLine, wrapText } from './typeset.ts';

/** A line that is drawn from its left end. */
export interface BookLine {
  readonly widthMm: number;
  /** As it is read aloud. */
  readonly text: string;
  place(x: number, baseline: number): readonly Item[];
}

type Sign = 'space' | 'goes on';

const SIGN_INK = '#000000';

const corners = (points: readonly (readonly [number, number])[], isClosed: boolean): PathStep[] => [
  ...points.map(([x, y], index): PathStep => [index === 0 ? 'M' : 'L', x, y]),
  ...(isClosed ? [['Z'] as const] : []),
];

/** Draws a sign in the place of a character, `em` being its size in millimetres. */
export function drawSign(sign: Sign, x: number, baseline: number, em: number): Item {
  const at = (right: number, down: number): [number, number] => [x + right * em, baseline + down * em];
  if (sign === 'space')
    return drawnPath(corners([at(0.1, -0.1), at(0.1, 0.1), at(0.5, 0.1), at(0.5, -0.1)], false), {
      stroke: { colour: SIGN_INK, widthMm: 0.05 * em },
    });
  return drawnPath(corners([at(0.15, -0.55), at(0.5, -0.3), at(0.15, -0.05)], true), { fill: SIGN_INK });
}

/** Advance of every character of the mono face, in ems. */
const MONO_ADVANCE = 0.632;

interface Unit {
  readonly text: string;
  readonly widthMm: number;
}

const spelt = (cluster: string): string =>
  Array.from(
    cluster,
    (sign) => `‹U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  ).join('');

/** Sets lines of the book, and remembers what each character takes. */
export class BookType {
  readonly #fonts: Fonts;
  readonly #space: string;
  readonly #shown = new Map<string, string>();
  readonly #widths = new Map<string, number>();

  /** @param space - A further space that is set as it is: our own words hold some that do not break. */
  constructor(fonts: Fonts, space = ' ') {
    this.#fonts = fonts;
    this.#space = space;
  }

  line(voice: Voice, sizePt: number, text: string): BookLine {
    return placeable(setLine(this.#fonts, { voice, sizePt }, this.#printable(voice, text)));
  }

  /** An example of a spelt character; in a vault's own text its brackets would be spelt as well. */
  mark(sizePt: number, text: string): BookLine {
    return placeable(setLine(this.#fonts, { voice: 'mono', sizePt }, text));
  }

  /** Text for reading: broken at its line ends, and at spaces where a line is full. */
  plain(voice: Voice, sizePt: number, text: string, limitMm: number): readonly BookLine[] {
    const style = { voice, sizePt };
    return text
      .split(/\r\n|[\r\n]/)
      .flatMap((part) => wrapText(this.#fonts, style, this.#printable(voice, part), limitMm))
      .map((part) => placeable(setLine(this.#fonts, style, part)));
  }

  /** Text for typing, in the mono face. */
  exact(sizePt: number, text: string, limitMm: number): readonly BookLine[] {
    const em = sizePt * MM_PER_PT;
    // The wedge of a line that goes on stands behind the last character.
    const room = limitMm - MONO_ADVANCE * em;
    return text.split(/\r\n|[\r\n]/).flatMap((part) => {
      const lines: Unit[][] = [[]];
      let used = 0;
      for (const unit of this.#units(sizePt, part)) {
        if (used > 0 && used + unit.widthMm > room) {
          lines.push([]);
          used = 0;
        }
        lines.at(-1)?.push(unit);
        used += unit.widthMm;
      }
      return lines.map((units, index) => this.#exactLine(sizePt, units, index < lines.length - 1));
    });
  }

  #units(sizePt: number, text: string): readonly Unit[] {
    return clustersOf(text).flatMap((cluster) => {
      // A character that is spelt out may be longer than a line: a family of emoji has seven numbers.
      const parts = cluster === ' ' ? [' '] : this.#show('mono', cluster).split(/(?<=›)(?=‹)/);
      return parts.map((part) => ({ text: part, widthMm: this.#width(sizePt, part) }));
    });
  }

  #width(sizePt: number, text: string): number {
    const key = `${sizePt} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width =
        text === ' '
          ? MONO_ADVANCE * sizePt * MM_PER_PT
          : setLine(this.#fonts, { voice: 'mono', sizePt }, text).widthMm;
      this.#widths.set(key, width);
    }
    return width;
  }

  #exactLine(sizePt: number, units: readonly Unit[], goesOn: boolean): BookLine {
    const em = sizePt * MM_PER_PT;
    const parts: { text: string; dx: number }[] = [];
    let dx = 0;
    for (const { text, widthMm } of units) {
      const last = parts.at(-1);
      if (last !== undefined && last.text !== ' ' && text !== ' ') last.text += text;
      else parts.push({ text, dx });
      dx += widthMm;
    }
    const style = { voice: 'mono', sizePt } as const;
    const runs = parts.map(({ text, dx: from }) => ({
      line: setLine(this.#fonts, style, text),
      text,
      dx: from,
    }));
    const end = dx;
    return {
      widthMm: goesOn ? end + MONO_ADVANCE * em : end,
      text: units.map(({ text }) => text).join(''),
      place: (x, baseline) => [
        ...runs.flatMap(({ line, text, dx: from }) =>
          text === ' '
            ? [drawSign('space', x + from, baseline, em)]
            : placeLine(line, { x: x + from, baseline }),
        ),
        ...(goesOn ? [drawSign('goes on', x + end, baseline, em)] : []),
      ],
    };
  }

  #printable(voice: Voice, text: string): string {
    return clustersOf(text)
      .map((cluster) => (cluster === '\t' ? '    ' : this.#show(voice, cluster)))
      .join('');
  }

  /** A character as it is printed: itself, or its numbers where no face has it or it would not be seen. */
  #show(voice: Voice, cluster: string): string {
    const key = `${voice} ${cluster}`;
    let shown = this.#shown.get(key);
    if (shown === undefined) {
      shown =
        cluster === ' ' || cluster === this.#space || this.#canPrint(voice, cluster)
          ? cluster
          : spelt(cluster);
      this.#shown.set(key, shown);
    }
    return shown;
  }

  #canPrint(voice: Voice, cluster: string): boolean {
    // The brackets of a spelt character would be taken for one; other spaces look like the usual one.
    if (/[‹›\s]/u.test(cluster) || cluster.normalize('NFC') !== cluster) return false;
    try {
      assertGlyphs(this.#fonts, voice, cluster, 'text');
      return true;
    } catch {
      return false;
    }
  }
}

function placeable(line: SetLine): BookLine {
  return { widthMm: line.widthMm, text: line.text, place: (x, baseline) => placeLine(line, { x, baseline }) };
}
