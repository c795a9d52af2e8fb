// An entry from what a reader found: everything it did not mention is empty. One place, so that a new
// part of the model is added to every reader at once.

import type { Item } from './model.ts';

/** What every reader has to say of an entry; the rest may be left out. */
export type ItemParts = Partial<Item> & Pick<Item, 'id' | 'type' | 'title' | 'raw'>;

/** Shared by all entries: of a million, most lists are empty. */
const NONE: readonly never[] = Object.freeze([]);

// Written out, because one shape for all entries takes far less memory than two objects spread into one.
export function itemOf(parts: ItemParts): Item {
  const item: Item = {
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
  const { card, identity, ssh, created, modified, expires } = parts;
  // Most entries of a CSV have none of these, and one more object each costs.
  if ((card ?? identity ?? ssh ?? created ?? modified ?? expires) === undefined) return item;
  // A part that may be absent stays absent, so that entries compare by what they have.
  return {
    ...item,
    ...(card === undefined ? {} : { card }),
    ...(identity === undefined ? {} : { identity }),
    ...(ssh === undefined ? {} : { ssh }),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(expires === undefined ? {} : { expires }),
  };
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
