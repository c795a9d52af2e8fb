// An entry from what a reader found: everything it did not mention is empty. One place, so that a new
// part of the model is added to every reader at once.

import type { Item } from './model.ts';

/** What every reader has to say of an entry; the rest may be left out. */
export type ItemParts = Partial<Item> & Pick<Item, 'id' | 'type' | 'title' | 'raw'>;

/** Shared by all entries: of a million, most lists are empty. */
const NONE: readonly never[] = Object.freeze([]);

// Written out, because one shape for all entries takes far less memory than two objects spread into one.
export function itemOf(parts: ItemParts): Item {
  const item: { -readonly [Key in keyof Item]: Item[Key] } = {
    id: parts.id,
    type: parts.type,
    sourceType: parts.sourceType ?? '',
    state: parts.state ?? 'active',
    containerIds: orNone(parts.containerIds),
    title: parts.title,
    username: parts.username ?? '',
    password: parts.password ?? '',
    urls: orNone(parts.urls),
    notes: parts.notes ?? '',
    totp: orNone(parts.totp),
    fields: orNone(parts.fields),
    attachments: orNone(parts.attachments),
    passkeys: orNone(parts.passkeys),
    history: orNone(parts.history),
    tags: orNone(parts.tags),
    favourite: parts.favourite ?? false,
    unmapped: orNone(parts.unmapped),
    raw: parts.raw,
  };
  // A part that may be absent stays absent, so that entries compare by what they have. Set one by one: an
  // object spread from others becomes a table of its own, of a kilobyte.
  if (parts.card !== undefined) item.card = parts.card;
  if (parts.identity !== undefined) item.identity = parts.identity;
  if (parts.ssh !== undefined) item.ssh = parts.ssh;
  if (parts.created !== undefined) item.created = parts.created;
  if (parts.modified !== undefined) item.modified = parts.modified;
  if (parts.expires !== undefined) item.expires = parts.expires;
  return item;
}

function orNone<T>(list: readonly T[] | undefined): readonly T[] {
  return list === undefined || list.length === 0 ? NONE : list;
}

/**
 * The type of an entry in a product without types: with nothing but a title and notes it is a note.
 */
export function typeByContent(parts: Partial<Item>): 'login' | 'note' {
  const { username = '', password = '', urls = [], totp = [], passkeys = [] } = parts;
  const isNote = username === '' && password === '' && urls.length + totp.length + passkeys.length === 0;
  return isNote ? 'note' : 'login';
}
