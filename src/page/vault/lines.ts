// What there is to see of an entry, line by line, and which of it stays covered until somebody asks.

import type { Item, Totp } from '../../vault/model.ts';
import type { RevealedPart } from './reveal-log.ts';

/** Lines that the page has a name for; all others bring their own. */
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
  readonly label: LineLabel | { readonly name: string };
  readonly value: string;
  /** What it counts as in the log when it is shown or copied; undefined for what is no secret. */
  readonly part: RevealedPart | undefined;
  /** ISO 8601, of a former password. */
  readonly at?: string;
}

const open = (label: EntryLine['label'], value: string): EntryLine => ({ label, value, part: undefined });

/** The lines that always stand there, the most wanted first. Notes, codes and files have places of their own. */
export function linesOf(item: Item): readonly EntryLine[] {
  const { username, password, urls, fields, card, identity, ssh, passkeys, totp } = item;
  const details = (named: Readonly<Record<string, string>> | undefined, part?: RevealedPart): EntryLine[] =>
    Object.entries(named ?? {}).map(([name, value]) => ({ label: { name }, value, part }));
  const lines: EntryLine[] = [
    open('username', username),
    { label: 'password', value: password, part: 'password' },
    ...totp.flatMap(({ valid, original }): EntryLine[] =>
      valid ? [] : [{ label: 'notCode', value: original, part: 'seed' }],
    ),
    ...urls.map(({ uri }) => open('address', uri)),
    ...details(card, 'card'),
    ...details(identity),
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
