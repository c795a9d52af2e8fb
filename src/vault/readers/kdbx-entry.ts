// One KeePass entry as an entry of the model. KeePass has no types: an entry with nothing but a title
// and notes is called a note, every other one a login. What the model has no place for (auto-type,
// icons, colours, plugin data, earlier versions of fields other than the password) is named.

import type { KdbxEntry, KdbxEntryField } from 'kdbxweb';
import { decodeUtf8, encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { FURTHER_URL, numbered, PASSKEY, STANDARD } from '../kdbx-names.ts';
import type { Attachment, Field, FormerPassword, Item, Passkey, Url } from '../model.ts';
import { findTotp } from './kdbx-totp.ts';

const STANDARD_NAMES: ReadonlySet<string> = new Set(Object.values(STANDARD));

/** Field text in the clear; a leading byte order mark is part of it, which kdbxweb's own getter drops. */
function textOfField(value: KdbxEntryField | undefined): string {
  if (value === undefined || typeof value === 'string') return value ?? '';
  try {
    return decodeUtf8(value.getBinary());
  } catch {
    return value.getText();
  }
}

/** Lower-case hexadecimal, as `{REF:…@I:…}` spells it. */
export function hexOfUuid(uuid: { toBytes(): ArrayBuffer }): string {
  return encodeHex(new Uint8Array(uuid.toBytes()));
}

function urlsOf(main: string, texts: ReadonlyMap<string, string>, consumed: Set<string>): readonly Url[] {
  const further = [...texts.keys()].filter((name) => name === 'KP2A_URL' || /^KP2A_URL_\d+$/.test(name));
  const order = (name: string): number => Number(name.slice(FURTHER_URL.length));
  further.sort((a, b) => order(a) - order(b));
  for (const name of further) consumed.add(name);
  const uris = [main, ...further.map((name) => texts.get(name) ?? '')];
  return uris.filter((uri) => uri !== '').map((uri) => ({ uri }));
}

function passkeysOf(texts: ReadonlyMap<string, string>, consumed: Set<string>): readonly Passkey[] {
  const passkeys: Passkey[] = [];
  for (let index = 0; texts.has(numbered(PASSKEY.privateKey, index)); index += 1) {
    const take = (name: string): string => {
      consumed.add(numbered(name, index));
      return texts.get(numbered(name, index)) ?? '';
    };
    passkeys.push({
      credentialId: take(PASSKEY.credentialId),
      relyingParty: take(PASSKEY.relyingParty),
      userName: take(PASSKEY.userName),
      userHandle: take(PASSKEY.userHandle),
      privateKey: take(PASSKEY.privateKey).replace(/-----[^-]*-----|\s+/g, ''),
    });
  }
  return passkeys;
}

async function attachmentsOf(crypto: CryptoPort, entry: KdbxEntry): Promise<readonly Attachment[]> {
  const attachments: Attachment[] = [];
  for (const [name, binary] of entry.binaries) {
    const value = 'hash' in binary ? binary.value : binary;
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value.getBinary();
    const sha256 = encodeHex(await crypto.sha256(bytes));
    attachments.push({ name, size: bytes.length, sha256, bytes, status: 'present' });
  }
  return attachments;
}

function isoOf(date: Date | undefined): string | undefined {
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Earlier passwords: versions whose password the next version changed. */
function historyOf(entry: KdbxEntry): readonly FormerPassword[] {
  const versions = [...entry.history, entry];
  const former: FormerPassword[] = [];
  for (const [index, version] of entry.history.entries()) {
    const value = textOfField(version.fields.get(STANDARD.password));
    if (value === '' || value === textOfField(versions[index + 1]?.fields.get(STANDARD.password))) continue;
    const at = isoOf(version.times.lastModTime);
    former.push({ value, ...(at === undefined ? {} : { at }) });
  }
  return former;
}

/** Whether a version had a text or a file that the entry has no more; earlier passwords are kept. */
function hasMore(version: KdbxEntry, { fields, binaries }: KdbxEntry): boolean {
  const texts = [...version.fields].filter(([name]) => name !== STANDARD.password);
  const isOther = texts.some(([name, value]) => {
    const text = textOfField(value);
    return text !== '' && text !== textOfField(fields.get(name));
  });
  return isOther || [...version.binaries.keys()].some((name) => !binaries.has(name));
}

function unmappedOf(entry: KdbxEntry): readonly string[] {
  const { autoType, customIcon, customData, overrideUrl, fgColor, bgColor } = entry;
  return [
    ...(autoType.items.length > 0 || (autoType.defaultSequence ?? '') !== '' ? ['auto-type settings'] : []),
    ...(customIcon === undefined || customIcon.empty ? [] : ['custom icon']),
    ...((overrideUrl ?? '') === '' ? [] : ['override URL']),
    ...((fgColor ?? '') === '' && (bgColor ?? '') === '' ? [] : ['colours']),
    ...((customData?.size ?? 0) === 0 ? [] : ['plugin data']),
    ...(entry.history.some((version) => hasMore(version, entry)) ? ['earlier versions of other fields'] : []),
  ];
}

function timesOf(entry: KdbxEntry): Pick<Item, 'created' | 'modified' | 'expires'> {
  const created = isoOf(entry.times.creationTime);
  const modified = isoOf(entry.times.lastModTime);
  const expires = entry.times.expires === true ? isoOf(entry.times.expiryTime) : undefined;
  return {
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** Where an entry lies. */
export interface KdbxPlace {
  readonly containerIds: readonly string[];
  readonly isTrashed: boolean;
}

export async function readKdbxEntry(crypto: CryptoPort, entry: KdbxEntry, place: KdbxPlace): Promise<Item> {
  const standard = (name: string): string => textOfField(entry.fields.get(name));
  const custom = [...entry.fields].filter(([name]) => !STANDARD_NAMES.has(name));
  const texts = new Map(custom.map(([name, value]) => [name, textOfField(value)]));
  const found = findTotp(texts);
  const consumed = new Set(found.consumed);
  const urls = urlsOf(standard(STANDARD.url), texts, consumed);
  const passkeys = passkeysOf(texts, consumed);
  const fields = custom.flatMap(([name, value]): Field[] => {
    if (consumed.has(name)) return [];
    return [{ name, value: texts.get(name) ?? '', kind: typeof value === 'string' ? 'text' : 'hidden' }];
  });
  const username = standard(STANDARD.username);
  const password = standard(STANDARD.password);
  const isNote =
    username === '' && password === '' && urls.length + found.totp.length + passkeys.length === 0;
  const history = historyOf(entry);
  return {
    id: hexOfUuid(entry.uuid),
    type: isNote ? 'note' : 'login',
    sourceType: '',
    state: place.isTrashed ? 'trashed' : 'active',
    containerIds: place.containerIds,
    title: standard(STANDARD.title),
    username,
    password,
    urls,
    notes: standard(STANDARD.notes),
    totp: found.totp,
    fields,
    attachments: await attachmentsOf(crypto, entry),
    passkeys,
    history,
    tags: entry.tags,
    favourite: false,
    ...timesOf(entry),
    unmapped: unmappedOf(entry),
    // Its strings under their own names; kdbxweb's object would keep a second copy of everything alive.
    raw: Object.fromEntries(
      [...entry.fields].map(([name, value]) => [name, texts.get(name) ?? textOfField(value)]),
    ),
  };
}
