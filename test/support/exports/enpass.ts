// Enpass's JSON export, with made-up names.

import { AWKWARD, SEED } from './awkward.ts';
import { jsonBytes } from '../vaults.ts';

type Part = Record<string, unknown>;

export function enpassField(type: string, label: string, value: string, parts: Part = {}): Part {
  return { uid: 1, type, label, value, sensitive: 0, deleted: 0, order: 1, ...parts };
}

export const ENPASS_ITEMS: readonly Part[] = [
  {
    uuid: 'e1',
    title: 'Router',
    subtitle: 'ops',
    category: 'login',
    template_type: 'login.default',
    folders: ['f2'],
    note: 'two\nlines',
    favorite: 1,
    trashed: 0,
    archived: 0,
    auto_submit: 1,
    createdAt: 1_700_000_000,
    updated_at: 1_710_000_000,
    icon: { type: 1 },
    fields: [
      enpassField('username', 'Username', 'ops'),
      enpassField('email', 'E-mail', 'ops@alder.test'),
      enpassField('password', 'Password', AWKWARD, {
        sensitive: 1,
        history: [
          { value: 'newer', updated_at: 1_705_000_000 },
          { value: 'older', updated_at: 1_701_000_000 },
        ],
      }),
      enpassField('url', 'Website', 'https://alder.test'),
      enpassField('url', 'Second', 'https://b.alder.test'),
      enpassField('totp', 'One-time code', SEED.toLowerCase()),
      enpassField('section', 'Additional details', ''),
      enpassField('text', 'Rack', 'B 12'),
      enpassField('password', 'Console', '0012', { sensitive: 1 }),
      enpassField('text', 'removed', 'x', { deleted: 1 }),
      enpassField('phone', 'Phone', ''),
    ],
    attachments: [
      {
        uuid: 'a1',
        name: 'key.txt',
        kind: 'text/plain',
        data: Buffer.from('the key').toString('base64'),
        order: 0,
      },
      { uuid: 'a2', name: 'lost.txt', kind: 'text/plain', data: '', order: 1 },
    ],
  },
  {
    uuid: 'e2',
    title: 'Card',
    category: 'creditcard',
    note: '',
    trashed: 1,
    archived: 0,
    fields: [
      enpassField('ccName', 'Cardholder', 'Äda'),
      enpassField('ccNumber', 'Number', '0011', { sensitive: 1 }),
      enpassField('ccCvc', 'CVC', '007', { sensitive: 1 }),
      enpassField('ccExpiry', 'Expiry', '04/30'),
      enpassField('ccPin', 'PIN', '0042', { sensitive: 1 }),
    ],
  },
  { uuid: 'e3', title: 'Note', category: 'note', note: 'n', trashed: 0, archived: 1 },
];

export function enpassJson(items: readonly unknown[] = ENPASS_ITEMS): Uint8Array<ArrayBuffer> {
  const folders = [
    { uuid: 'f1', title: 'Customers', parent_uuid: '', updated_at: 1, icon: '' },
    { uuid: 'f2', title: 'Alder', parent_uuid: 'f1', updated_at: 1, icon: '' },
  ];
  return jsonBytes({ folders, items });
}
