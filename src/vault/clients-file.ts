// plan/clients.yaml: whose entries are whose, and in which order clients are helped (docs/ops/clients.md).
// Written by people, so every refusal names the field and its line. It is checked by hand, because a slip
// in it would put a client behind others in the one night that counts.

import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { hasUnseen } from '../core/plain-text.ts';
import { foldClient, foldLevels, type Client, type ClientRule } from './client.ts';
import { nestsTooDeeply } from './yaml-depth.ts';

const NAME_CHARS = 80;
const REASON_CHARS = 400;
const FIELDS = ['name', 'tier', 'reason', 'match'];
const RULE_FIELDS = ['source', 'folder', 'tag'];

/** The file while it is read: its lines, and how many rules there are so far. */
class ClientsText {
  readonly #counter: LineCounter;
  #rules = 0;

  constructor(counter: LineCounter) {
    this.#counter = counter;
  }

  refuse(node: unknown, field: string, reason: string): never {
    const start = (node as Node | null | undefined)?.range?.[0];
    const line = start === undefined ? 1 : this.#counter.linePos(start).line;
    throw new EscrowError('vault.clients', { field, line, reason });
  }

  count(): void {
    this.#rules += 1;
    if (this.#rules > LIMITS.clientRules)
      throw new EscrowError('limit.exceeded', { what: 'clients and their rules', limit: LIMITS.clientRules });
  }

  /** The fields of a map by name; a missing one is undefined. */
  fieldsOf(node: unknown, field: string, known: readonly string[]): ReadonlyMap<string, Node | null> {
    if (!isMap(node)) return this.refuse(node, field, 'is not a list of named fields');
    const fields = new Map<string, Node | null>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
      if (!known.includes(name))
        return this.refuse(key, field, `has a field that is none of ${known.join(', ')}`);
      // An empty value has no node of its own; the field's name tells the line.
      fields.set(name, (value ?? key) as Node | null);
      if (value === null) return this.refuse(key, `${field}.${name}`, 'is empty');
    }
    return fields;
  }

  textOf(node: unknown, field: string, most: number): string {
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (typeof value !== 'string') return this.refuse(node, field, 'is not text');
    const text = value.trim();
    if (text === '') return this.refuse(node, field, 'is empty');
    if (text.length > most) return this.refuse(node, field, `is longer than ${most} characters`);
    return text;
  }

  /** Text that people will read, on paper too. */
  printedOf(node: unknown, field: string, most: number): string {
    const text = this.textOf(node, field, most);
    return hasUnseen(text) ? this.refuse(node, field, 'has control characters') : text;
  }

  ruleOf(node: unknown, field: string): ClientRule {
    this.count();
    const fields = this.fieldsOf(node, field, RULE_FIELDS);
    if (fields.size === 0) return this.refuse(node, field, `has none of ${RULE_FIELDS.join(', ')}`);
    const rule: { -readonly [Key in keyof ClientRule]: ClientRule[Key] } = {};
    for (const [name, value] of fields) {
      const text = this.textOf(value, `${field}.${name}`, LIMITS.csvMappingBytes);
      if (name === 'source') rule.source = foldClient(text);
      else if (name === 'tag') rule.tag = foldClient(text);
      else rule.folder = foldLevels(text);
    }
    // "/" alone is every folder there is; who means that writes "*".
    if (rule.folder?.length === 0) return this.refuse(fields.get('folder'), `${field}.folder`, 'is empty');
    return rule;
  }

  clientOf(node: unknown, field: string): Client {
    this.count();
    const fields = this.fieldsOf(node, field, FIELDS);
    const missing = ['name', 'tier'].find((name) => !fields.has(name));
    if (missing !== undefined) return this.refuse(node, `${field}.${missing}`, 'is missing');
    const tier = this.textOf(fields.get('tier'), `${field}.tier`, NAME_CHARS);
    if (!/^\d$/.test(tier))
      return this.refuse(fields.get('tier'), `${field}.tier`, 'is not a whole number from 0 to 9');
    const reason = fields.get('reason');
    const match = fields.get('match');
    const rules = isSeq(match)
      ? match.items.map((rule, index) => this.ruleOf(rule, `${field}.match.${index + 1}`))
      : match === undefined
        ? []
        : [this.ruleOf(match, `${field}.match`)];
    return {
      name: this.printedOf(fields.get('name'), `${field}.name`, NAME_CHARS),
      tier: Number(tier),
      ...(reason === undefined ? {} : { reason: this.printedOf(reason, `${field}.reason`, REASON_CHARS) }),
      match: rules,
    };
  }
}

function textOfBytes(bytes: Uint8Array): string {
  const refuse = (reason: string): never => {
    throw new EscrowError('vault.clients', { field: 'the file', line: 1, reason });
  };
  if (bytes.length > LIMITS.clientsBytes)
    throw new EscrowError('limit.exceeded', {
      what: 'bytes of the list of clients',
      limit: LIMITS.clientsBytes,
    });
  try {
    const text = decodeUtf8(bytes);
    return nestsTooDeeply(text) ? refuse('is nested too deeply') : text;
  } catch (error) {
    if (error instanceof EscrowError && error.code === 'bytes.bad-encoding')
      return refuse('is not UTF-8 text');
    throw error;
  }
}

/**
 * Reads plan/clients.yaml: a list of clients, each with `name`, `tier` (0 to 9), and perhaps `reason` and
 * `match`: a rule, or a list of rules, of `source`, `folder` and `tag`.
 *
 * @returns the clients in the order of the file; none for an empty file.
 * @throws {@link EscrowError} `vault.clients` with the field and its line, or `limit.exceeded`.
 */
export function decodeClients(bytes: Uint8Array): readonly Client[] {
  const source = textOfBytes(bytes);
  const counter = new LineCounter();
  // Every value as text, so that a client called 007 or No keeps its name. Without the parser's own
  // messages: each quotes the source again. Aliases are no text and no list, so they are refused.
  const document = parseDocument(source, {
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'error',
    schema: 'failsafe',
  });
  const text = new ClientsText(counter);
  const broken = document.errors[0];
  if (broken) {
    const { line } = counter.linePos(broken.pos[0]);
    throw new EscrowError('vault.clients', { field: 'the file', line, reason: 'is not valid YAML here' });
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === '')) return [];
  if (!isSeq(root)) return text.refuse(root, 'the file', 'is not a list of clients');
  const clients = root.items.map((node, index) => ({ node, client: text.clientOf(node, `${index + 1}`) }));
  const taken = new Map<string, number>();
  for (const [index, { node, client }] of clients.entries()) {
    const before = taken.get(foldClient(client.name));
    if (before !== undefined) text.refuse(node, `${index + 1}.name`, `is the name of client ${before} too`);
    taken.set(foldClient(client.name), index + 1);
  }
  return clients.map(({ client }) => client);
}
