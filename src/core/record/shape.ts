// Shapes: what a value inside a signed document must look like (docs/spec/README.md, "Documents").
// A shape takes a parsed JSON value and gives it back typed, its fields in declared order, or refuses
// with the path of what is wrong. Written by hand rather than with a schema library: the page's content
// policy forbids code made from strings, and the command line must start fast. Knows no document.

import { EscrowError } from '../errors.ts';

/** Says what is wrong; each kind of document throws its own code. */
export type Refuse = (reason: string) => never;

/** Where in a document a value stands, for the reason of a refusal: `policy.groups[2].threshold`. */
export interface Place {
  readonly path: string;
  readonly refuse: Refuse;
}

/** Checks one value and gives it back typed; refuses through its place. */
export type Shape<T> = (value: unknown, place: Place) => T;

const wrong = (place: Place, must: string): never =>
  place.refuse(`${place.path === '' ? 'the document' : place.path} ${must}`);

/** The place of a part: a field as `.name`, an item as `[index]`. */
export const below = (place: Place, step: string): Place => ({
  path: place.path === '' ? step.replace(/^\./, '') : place.path + step,
  refuse: place.refuse,
});

/** Exactly this text. */
export function literal<T extends string>(text: T): Shape<T> {
  return (value, place) => (value === text ? text : wrong(place, `is not "${text}"`));
}

/** One of a closed list of texts. */
export function oneOf<T extends string>(texts: readonly T[]): Shape<T> {
  return (value, place) =>
    texts.find((text) => text === value) ?? wrong(place, `is none of ${texts.join(', ')}`);
}

/** A whole number from `min` to `max`, both allowed. */
export function integer(min: number, max: number): Shape<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : wrong(place, `is not a whole number from ${min} to ${max}`);
}

/** A text that a pattern matches as a whole; `what` names it in a refusal. */
export function pattern(what: string, whole: RegExp): Shape<string> {
  return (value, place) =>
    typeof value === 'string' && whole.test(value) ? value : wrong(place, `is not ${what}`);
}

/** `bytes` bytes as lower-case hexadecimal. */
export function hex(bytes: number): Shape<string> {
  return pattern(`${2 * bytes} lower-case hex digits`, new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
}

/** A moment in UTC to the second, `2026-11-24T01:02:03Z`, that the calendar has. */
export const instant: Shape<string> = (value, place) => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) {
    const time = new Date(value);
    // Some engines roll 30 February over into March; the spelling must survive the round trip.
    if (!Number.isNaN(time.getTime()) && time.toISOString() === value.replace('Z', '.000Z')) return value;
  }
  return wrong(place, 'is not a time like 2026-11-24T01:02:03Z');
};

/** A text that its own decoder takes: a key, a recipient; `what` names it in a refusal. */
export function decodable(what: string, decode: (text: string) => unknown): Shape<string> {
  return (value, place) => {
    if (typeof value !== 'string') return wrong(place, `is not ${what}`);
    try {
      decode(value);
    } catch (error) {
      if (error instanceof EscrowError) return wrong(place, `is not ${what}`);
      throw error;
    }
    return value;
  };
}

/** The shape, or null. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, place) => (value === null ? null : shape(value, place));
}

/** A list of at most `max` values of one shape. */
export function list<T>(item: Shape<T>, max: number): Shape<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return wrong(place, 'is not a list');
    if (value.length > max) return wrong(place, `has more than ${max} items`);
    return value.map((element, index) => item(element, below(place, `[${index}]`)));
  };
}

/** A parsed JSON object, and not a list or null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object with exactly these fields; the result has them in the order declared here.
 *
 * @param optional - Those that may be absent, and then are absent in the result.
 */
export function object<T extends object>(
  fields: { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> },
  optional: readonly (keyof T & string)[] = [],
): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  return (value, place) => {
    if (!isObject(value)) return wrong(place, 'is not an object');
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (unknown !== undefined) {
      // The key is a stranger's text: shown only where it is harmless to print.
      return wrong(
        place,
        /^[\w-]{1,40}$/.test(unknown) ? `has an unknown key ${unknown}` : 'has an unknown key',
      );
    }
    const isAbsent = (key: string): boolean =>
      optional.some((name) => name === key) && !Object.hasOwn(value, key);
    const expected = shapes.filter(([key]) => !isAbsent(key));
    const checked = expected.map(([key, shape]) =>
      Object.hasOwn(value, key)
        ? [key, shape(value[key], below(place, `.${key}`))]
        : wrong(below(place, `.${key}`), 'is missing'),
    );
    return Object.fromEntries(checked) as T;
  };
}
