// Text of lines "name: value", in which some products keep what their CSV has no column for. A line without
// a name goes on with the value before it, and so does everything within a PEM block.

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

interface NamedLinesOptions {
  /** The name whose value is everything that follows. */
  readonly last?: string;
  /** The product writes no blank behind the colon: one that is there belongs to the value. */
  readonly isTight?: boolean;
}

const NAMED = /^([^:\r\n]{1,80}):[ \t]?(.*)$/;
const NAMED_TIGHT = /^([^:\r\n]{1,80}):(.*)$/;

/** Without the empty lines at the end. */
const joined = (lines: readonly string[]): string =>
  lines.slice(0, lines.findLastIndex((line) => line !== '') + 1).join('\n');

/**
 * Reads such text.
 *
 * @returns its pairs in their order, and the lines before the first pair as `rest`.
 */
export function readNamedLines(
  text: string,
  { last, isTight = false }: NamedLinesOptions = {},
): { pairs: readonly NamedValue[]; rest: string } {
  const pairs: { name: string; lines: string[] }[] = [];
  const rest: string[] = [];
  let isInBlock = false;
  let isInLast = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const match: RegExpExecArray | null =
      isInBlock || isInLast ? null : (isTight ? NAMED_TIGHT : NAMED).exec(line);
    if (match === null) (pairs.at(-1)?.lines ?? rest).push(line);
    else pairs.push({ name: match[1]?.trim() ?? '', lines: [match[2] ?? ''] });
    isInLast ||= match !== null && pairs.at(-1)?.name === last;
    if (/-----BEGIN [A-Z0-9 ]+-----/.test(line)) isInBlock = true;
    if (/-----END [A-Z0-9 ]+-----/.test(line)) isInBlock = false;
  }
  return {
    pairs: pairs.map(({ name, lines }) => ({ name, value: joined(lines) })),
    rest: rest.join('\n').trim(),
  };
}
