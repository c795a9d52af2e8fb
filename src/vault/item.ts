// An entry from what a reader found: everything it did not mention is empty. One place, so that a new
// part of the model is added to every reader at once.

import type { Item } from './model.ts';

/** What every reader has to say of an entry; the rest may be left out. */
export type ItemParts = Partial<Item> & Pick<Item, 'id' | 'type' | 'title' | 'raw'>;

const BLANK: Omit<Item, 'id' | 'type' | 'title' | 'raw'> = {
  sourceType: '',
  state: 'active',
  containerIds: [],
  username: '',
  password: '',
  urls: [],
  notes: '',
  totp: [],
  fields: [],
  attachments: [],
  passkeys: [],
  history: [],
  tags: [],
  favourite: false,
  unmapped: [],
};

export function itemOf(parts: ItemParts): Item {
  return { ...BLANK, ...parts };
}

/**
 * The type of an entry in a product without types: with nothing but a title and notes it is a note.
 */
export function typeByContent(parts: Partial<Item>): 'login' | 'note' {
  const { username = '', password = '', urls = [], totp = [], passkeys = [] } = parts;
  const isNote = username === '' && password === '' && urls.length + totp.length + passkeys.length === 0;
  return isNote ? 'note' : 'login';
}
