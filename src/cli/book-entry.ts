// One entry of a vault as it stands in the printed book: what is typed, what is read, and what is only named
// because paper cannot hold it.

import { capital } from '../core/capital.ts';
import type { BookCode, BookEntry, BookValue } from '../paper/book.ts';
import type { Attachment, Details, Field, Item, Totp } from '../vault/model.ts';
import { wordsOfKey } from '../vault/key-words.ts';
import { formatOtpauth } from '../vault/totp.ts';

/** Longer names would only make the square code finer. */
const NAME_CHARS = 40;

const STATES = { archived: 'archived', trashed: 'in the trash' } as const;

const LINKED: Readonly<Record<string, string>> = {
  username: 'the same as the user name',
  password: 'the same as the password',
};

/** Neither name may hold a colon: one stands between them. */
const short = (text: string): string => Array.from(text.replaceAll(':', ' ')).slice(0, NAME_CHARS).join('');

/** An authenticator app shows both names, so they must not be empty. */
function codeOf(seed: Totp, item: Item): BookCode {
  const issuer = short(seed.issuer || item.title);
  const account = short(seed.account || item.username);
  const details = [
    ...(seed.encoder === 'steam' ? ["Steam's five letters"] : []),
    ...(seed.algorithm === 'SHA1' ? [] : [seed.algorithm]),
    ...(seed.encoder === 'steam' || seed.digits === 6 ? [] : [`${seed.digits} digits`]),
    ...(seed.period === 30 ? [] : [`every ${seed.period} seconds`]),
  ];
  return {
    link: formatOtpauth({ ...seed, issuer, account }),
    seed: seed.secret,
    detail: details.join(', '),
  };
}

function fieldValue({ name, value, kind }: Field): BookValue {
  if (kind === 'linked') {
    const known = Object.hasOwn(LINKED, value) ? LINKED[value] : undefined;
    return { label: name, value: known ?? value, look: 'plain' };
  }
  return { label: name, value, look: kind === 'hidden' ? 'secret' : 'plain' };
}

const detailValues = (details: Details | undefined, look: BookValue['look']): readonly BookValue[] =>
  Object.entries(details ?? {}).map(([name, value]) => ({ label: capital(wordsOfKey(name)), value, look }));

function fileText({ name, size, status, sha256 = '' }: Attachment): string {
  if (status !== 'present') return `${name}: was not in the export`;
  return `${name}: not in this book, ${size} bytes, SHA-256 ${sha256.slice(0, 16)}…`;
}

/**
 * What the book says of an entry; empty values are left out.
 *
 * @param further - Paths of the places it lies in as well.
 */
export function bookEntry(item: Item, further: readonly string[]): BookEntry {
  const values: readonly BookValue[] = [
    ...(item.state === 'active'
      ? []
      : [{ label: 'State', value: STATES[item.state], look: 'plain' } as const]),
    { label: 'User name', value: item.username, look: 'exact' },
    { label: 'Password', value: item.password, look: 'secret' },
    ...item.urls.map(({ uri }): BookValue => ({ label: 'Address', value: uri, look: 'plain' })),
    ...item.fields.map(fieldValue),
    ...detailValues(item.card, 'secret'),
    ...detailValues(item.identity, 'plain'),
    ...detailValues(item.ssh && { ...item.ssh }, 'exact'),
    ...item.totp
      .filter((seed) => !seed.valid)
      .map(({ original }): BookValue => ({ label: 'Unreadable seed', value: original, look: 'exact' })),
    { label: 'Notes', value: item.notes.replace(/\s+$/, ''), look: 'plain' },
    { label: 'Tags', value: item.tags.join(', '), look: 'plain' },
    { label: 'Also in', value: further.join('\n'), look: 'plain' },
    { label: 'Expires', value: item.expires?.slice(0, 10) ?? '', look: 'plain' },
    ...item.passkeys.map(({ relyingParty, userName }): BookValue => {
      return { label: 'Passkey', value: `${relyingParty}, ${userName}: not in this book`, look: 'plain' };
    }),
    ...item.attachments.map((file): BookValue => ({ label: 'File', value: fileText(file), look: 'plain' })),
  ];
  return {
    title: item.title.trim() === '' ? 'Without a title' : item.title,
    values: values.filter(({ value }) => value !== ''),
    codes: item.totp.filter((seed) => seed.valid).map((seed) => codeOf(seed, item)),
  };
}
