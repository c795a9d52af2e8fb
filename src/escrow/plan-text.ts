// The text of a plan as a YAML document, bounded. How deep it nests is counted before it is parsed. What
// the fields mean is judged in plan.ts.

import { LineCounter, isMap, isNode, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { nestsTooDeeply } from '../vault/yaml-depth.ts';

/** A field's place: names and, in lists, positions from 0. */
export type FieldPath = readonly PropertyKey[];

/** A parsed plan and where its fields stand. */
export interface PlanText {
  readonly value: unknown;
  /** The line of a field; of one that is missing, the line of what lacks it. */
  lineOf(path: FieldPath): number;
  /** The line of a field's name inside `path`. */
  lineOfKey(path: FieldPath, key: string): number;
}

function refuse(reason: string): never {
  throw new EscrowError('plan.format', { reason });
}

/**
 * Parses a plan.
 *
 * @throws {@link EscrowError} `limit.exceeded`, or `plan.format` for anything that is not one document
 * with fields.
 */
export function parsePlanText(source: string): PlanText {
  if (source.length > LIMITS.planBytes)
    throw new EscrowError('limit.exceeded', { what: 'plan', limit: LIMITS.planBytes });
  if (nestsTooDeeply(source)) refuse('it is nested too deeply');
  const counter = new LineCounter();
  // Without its own messages: each quotes the source again, and a hostile file has thousands of errors.
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  const broken = document.errors[0];
  if (broken) refuse(`line ${counter.linePos(broken.pos[0]).line} is not valid YAML or JSON`);
  let value: unknown;
  try {
    // No aliases: a few lines of them can expand to gigabytes.
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new EscrowError('plan.format', { reason: 'aliases are not taken in a plan' }, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('it is not a list of named fields');
  const lineOf = (path: FieldPath): number => lineOfNode(document, counter, path);
  return {
    value,
    lineOf,
    lineOfKey: (path, key) => lineOfName(document, counter, path, key) ?? lineOf(path),
  };
}

function lineOfNode(document: Document, counter: LineCounter, path: FieldPath): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

function lineOfName(
  document: Document,
  counter: LineCounter,
  path: FieldPath,
  key: string,
): number | undefined {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === key);
  const start = (pair?.key as Node | undefined)?.range?.[0];
  return start === undefined ? undefined : counter.linePos(start).line;
}
