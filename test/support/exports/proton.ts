// Proton Pass's exports, with made-up names.

import { AWKWARD, LINK, SEED } from './awkward.ts';
import { zipOfFiles } from '../zips.ts';

type Part = Record<string, unknown>;

export function protonItem(type: string, content: Part, parts: Part = {}, data: Part = {}): Part {
  return {
    itemId: `id-${type}`,
    shareId: 'share1',
    data: { metadata: { name: type, note: '', itemUuid: 'u' }, extraFields: [], type, content, ...data },
    state: 1,
    aliasEmail: null,
    contentFormatVersion: 6,
    createTime: 1_700_000_000,
    modifyTime: 1_710_000_000,
    pinned: false,
    ...parts,
  };
}

export const PROTON_ITEMS: readonly Part[] = [
  protonItem(
    'login',
    {
      itemEmail: 'ops@alder.test',
      itemUsername: 'ops',
      password: AWKWARD,
      urls: ['https://alder.test', 'https://b.alder.test'],
      totpUri: LINK,
      passkeys: [{ keyId: 'k', content: 'blob', domain: 'alder.test', rpId: 'alder.test' }],
    },
    { pinned: true, files: ['1.key.txt', '2.lost.txt'], folderId: 'f2' },
    {
      extraFields: [
        { fieldName: 'PIN', type: 'hidden', data: { content: '0012' } },
        { fieldName: 'Rack', type: 'text', data: { content: 'B 12' } },
        { fieldName: 'second', type: 'totp', data: { totpUri: SEED } },
        { fieldName: 'empty', type: 'text', data: { content: '' } },
      ],
    },
  ),
  protonItem('note', {}, { state: 2 }, { metadata: { name: 'Note', note: 'two\nlines', itemUuid: 'u' } }),
  protonItem('alias', {}, { aliasEmail: 'x@passmail.test' }),
  protonItem('creditCard', {
    cardholderName: 'Äda',
    cardType: 0,
    number: '0011',
    verificationNumber: '007',
    expirationDate: '2030-04',
    pin: '0042',
  }),
  protonItem('identity', { fullName: 'Äda Birch', email: '', extraSections: [] }),
  protonItem('sshKey', { privateKey: 'PEM', publicKey: 'ssh-ed25519 AAAA', sections: [] }),
  protonItem('wifi', {
    ssid: 'guest',
    password: 'wlan',
    security: 3,
    sections: [
      {
        sectionName: 'More',
        sectionFields: [{ fieldName: 'Channel', type: 'text', data: { content: '06' } }],
      },
    ],
  }),
  protonItem('future', { thing: 'x' }),
];

export function protonData(items: readonly unknown[] = PROTON_ITEMS): Part {
  const folders = [
    { folderId: 'f1', parentFolderId: null, name: 'Customers' },
    { folderId: 'f2', parentFolderId: 'f1', name: 'Alder' },
  ];
  const vaults = {
    'share1==': { name: 'Work', description: '', display: {}, folders, items },
    'share2==': { name: 'Empty', description: '', display: {}, items: [] },
  };
  return { version: '1.32.0', userId: 'user1', encrypted: false, vaults };
}

export function protonZip(): Uint8Array<ArrayBuffer> {
  return zipOfFiles({
    'Proton Pass/data.json': JSON.stringify(protonData()),
    'Proton Pass/files/1.key.txt': 'the key',
    'Proton Pass/files/stray.bin': 'x',
  });
}
