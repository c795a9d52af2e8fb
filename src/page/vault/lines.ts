// What there is to see of an entry, line by line, and which of it stays covered until somebody asks.

import type { Details, Item, Totp } from '../../vault/model.ts';
import type { RevealedPart } from './reveal-log.ts';

/** Lines that the page has a name for; fields bring their own, and so do details of a card or an identity. */
export type LineLabel =
  | 'username'
  | 'password'
  | 'address'
  | 'privateKey'
  | 'publicKey'
  | 'fingerprint'
  | 'notCode'
  | 'former'
  | 'passkey';

export interface EntryLine {
  readonly label: LineLabel | { readonly name: string } | { readonly detail: string };
  readonly value: string;
  /** What it counts as in the log when it is shown or copied; undefined for what is no secret. */
  readonly part: RevealedPart | undefined;
  /** ISO 8601, of a former password. */
  readonly at?: string;
}

const open = (label: EntryLine['label'], value: string): EntryLine => ({ label, value, part: undefined });

/** A detail of a card or an identity as the table of a language has it; what is not in it keeps its own name. */
export function detailName(table: Readonly<Record<string, string>>, name: string): string {
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? name;
}

/** What of a payment card nobody can pay with. */
const OPEN_OF_CARDS: ReadonlySet<string> = new Set(['cardholderName', 'brand', 'expMonth', 'expYear']);

/** Numbers of a person by which another can pass for them, under whatever name a product has for it. */
export const isDocument = (name: string): boolean =>
  /ssn|social|passport|licen[cs]e|national|tax/i.test(name);

/** The lines that always stand there, the most wanted first. Notes, codes and files have places of their own. */
export function linesOf(item: Item): readonly EntryLine[] {
  const { username, password, urls, fields, card, identity, ssh, passkeys, totp } = item;
  const details = (
    named: Details | undefined,
    partOf: (name: string) => RevealedPart | undefined,
  ): EntryLine[] =>
    Object.entries(named ?? {}).map(([name, value]) => ({
      label: { detail: name },
      value,
      part: partOf(name),
    }));
  const lines: EntryLine[] = [
    open('username', username),
    { label: 'password', value: password, part: 'password' },
    ...totp.flatMap(({ valid, original }): EntryLine[] =>
      valid ? [] : [{ label: 'notCode', value: original, part: 'seed' }],
    ),
    ...urls.map(({ uri }) => open('address', uri)),
    ...details(card, (name) => (OPEN_OF_CARDS.has(name) ? undefined : 'card')),
    ...details(identity, (name) => (isDocument(name) ? 'field' : undefined)),
    { label: 'privateKey', value: ssh?.privateKey ?? '', part: 'key' },
    open('publicKey', ssh?.publicKey ?? ''),
    open('fingerprint', ssh?.fingerprint ?? ''),
    ...fields.map(({ name, value, kind }): EntryLine => ({
      label: { name },
      value,
      part: kind === 'hidden' ? 'field' : undefined,
    })),
    // A passkey signs in only from a program that holds it; here one can see that there is one.
    ...passkeys.map(({ relyingParty }) => open('passkey', relyingParty)),
  ];
  return lines.filter(({ value }) => value !== '');
}

/** Earlier passwords, the newest first. */
export function formerLines({ history }: Item): readonly EntryLine[] {
  return history
    .map(({ value, at }): EntryLine => ({
      label: 'former',
      value,
      part: 'former password',
      ...(at === undefined ? {} : { at }),
    }))
    .reverse();
}

export const seedsOf = ({ totp }: Item): readonly Totp[] => totp.filter(({ valid }) => valid);
