// 1Password's exports, 1PUX and 1PIF, with made-up names.

import { AWKWARD, LINK, SEED } from './awkward.ts';
import { zipOfFiles } from '../zips.ts';
import { utf8 } from '../vaults.ts';

type Part = Record<string, unknown>;

/** A field of a 1PUX section as the program writes it. */
export function sectionField(id: string, title: string, value: Part): Part {
  return { id, title, value, indexAtSource: 0, guarded: false, multiline: false, dontGenerate: false };
}

export function onePasswordItem(number: number, categoryUuid: string, details: Part, parts: Part = {}): Part {
  const { overview = {}, ...rest } = parts as { overview?: Part };
  return {
    uuid: `item${number}`,
    favIndex: 0,
    createdAt: 1_619_465_282,
    updatedAt: 1_635_522_872,
    state: 'active',
    categoryUuid,
    details: { loginFields: [], notesPlain: '', sections: [], passwordHistory: [], ...details },
    overview: {
      subtitle: '',
      title: `Item ${number}`,
      url: '',
      tags: [],
      ps: 0,
      pbe: 0,
      pgrng: false,
      ...overview,
    },
    ...rest,
  };
}

export const ONEPASSWORD_ITEMS: readonly Part[] = [
  onePasswordItem(
    1,
    '001',
    {
      loginFields: [
        { value: 'ops', id: '', name: 'user', fieldType: 'T', designation: 'username' },
        { value: AWKWARD, id: '', name: 'pass', fieldType: 'P', designation: 'password' },
        { value: '0815', id: 'old', name: '', fieldType: 'P' },
        { value: '', id: 'terms', name: 'terms', fieldType: 'C' },
      ],
      notesPlain: 'two\nlines',
      sections: [
        {
          title: 'Security',
          name: 'Section_1',
          fields: [
            sectionField('TOTP_1', 'one-time password', { totp: LINK }),
            sectionField('TOTP_2', 'spare', { totp: 'not a seed!' }),
            sectionField('pin', 'PIN', { concealed: '0012' }),
            sectionField('site', 'site', { url: 'https://alder.test/admin' }),
            sectionField('mail', 'mail', { email: { email_address: 'ops@alder.test', provider: null } }),
            sectionField('empty', 'empty', { string: '' }),
            sectionField('paper', 'paper', {
              file: { fileName: 'key.txt', documentId: 'doc1', decryptedSize: 7 },
            }),
            sectionField('odd', 'odd', { future: { part: 'x', more: { deep: 2 } } }),
          ],
        },
      ],
      passwordHistory: [
        { value: 'newer', time: 1_635_522_872 },
        { value: 'older', time: 1_458_322_355 },
      ],
    },
    {
      favIndex: 1,
      overview: {
        url: 'https://alder.test',
        urls: [
          { label: '', url: 'https://alder.test' },
          { label: 'b', url: 'https://b.alder.test' },
        ],
        tags: ['ops', 'tier 0'],
      },
    },
  ),
  onePasswordItem(2, '005', { password: 'only here' }, { state: 'archived' }),
  onePasswordItem(
    3,
    '006',
    { documentAttributes: { fileName: 'plan.pdf', documentId: 'doc2', decryptedSize: 4 } },
    { overview: { title: 'Plan' } },
  ),
  onePasswordItem(4, '002', {
    sections: [
      {
        title: '',
        fields: [
          sectionField('cardholder', 'cardholder name', { string: 'Äda Birch' }),
          sectionField('type', 'type', { creditCardType: 'visa' }),
          sectionField('ccnum', 'number', { creditCardNumber: '0011223344556677' }),
          sectionField('cvv', 'verification number', { concealed: '007' }),
          sectionField('expiry', 'expiry date', { monthYear: 209_904 }),
          sectionField('bank', 'issuing bank', { string: 'Bank' }),
        ],
      },
    ],
  }),
  onePasswordItem(5, '110', {
    sections: [
      {
        title: '',
        fields: [
          sectionField('url', 'URL', { string: 'ssh://db1' }),
          sectionField('username', 'username', { string: 'root' }),
          sectionField('password', 'password', { concealed: 'toor' }),
        ],
      },
    ],
  }),
  onePasswordItem(6, '114', {
    sections: [
      {
        title: '',
        fields: [
          sectionField('private_key', 'private key', {
            sshKey: {
              privateKey: '-----BEGIN PRIVATE KEY-----\nAA==\n',
              metadata: { publicKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:x', keyType: 'ed25519' },
            },
          }),
        ],
      },
    ],
  }),
  onePasswordItem(7, '004', {
    sections: [
      {
        title: 'Identification',
        fields: [
          sectionField('firstname', 'first name', { string: 'Äda' }),
          sectionField('birthdate', 'birth date', { date: -86_400 }),
          sectionField('address', 'address', {
            address: { street: '1 Lane', city: 'Ulm', zip: '00789', state: '', country: 'de' },
          }),
        ],
      },
    ],
  }),
  onePasswordItem(8, '999', { sections: [{ title: '', fields: [sectionField('a', 'A', { string: 'b' })] }] }),
];

export function onePuxData(items: readonly unknown[] = ONEPASSWORD_ITEMS): Part {
  const attrs = { uuid: 'account1', accountName: 'Alder', name: 'Ada', email: 'a@alder.test', domain: 'x' };
  const second = [onePasswordItem(20, '003', { notesPlain: 'shared' })];
  return {
    accounts: [
      {
        attrs,
        vaults: [
          { attrs: { uuid: 'vault1', name: 'Private', type: 'P' }, items },
          { attrs: { uuid: 'vault2', name: 'Shared', type: 'U' }, items: second },
        ],
      },
    ],
  };
}

export function onePux(
  files: Record<string, string> = { 'files/doc1__key.txt': 'the key', 'files/doc2__plan.pdf': '%PDF' },
): Uint8Array<ArrayBuffer> {
  return zipOfFiles({
    'export.attributes': '{"version":3,"description":"1Password Unencrypted Export","createdAt":1635522872}',
    'export.data': JSON.stringify(onePuxData()),
    ...files,
  });
}

const PIF_LINES: readonly Part[] = [
  { uuid: 'F1', title: 'Customers', typeName: 'system.folder.Regular', secureContents: {}, createdAt: 0 },
  { uuid: 'F2', title: 'Alder', typeName: 'system.folder.Regular', folderUuid: 'F1', secureContents: {} },
  {
    uuid: 'P1',
    title: 'Router',
    typeName: 'webforms.WebForm',
    folderUuid: 'F2',
    location: 'https://alder.test',
    createdAt: 1_450_122_866,
    updatedAt: 1_450_122_909,
    openContents: { tags: ['a'], faveIndex: 1 },
    secureContents: {
      fields: [
        { value: 'ops', name: 'username', type: 'T', designation: 'username' },
        { value: AWKWARD, name: 'password', type: 'P', designation: 'password' },
      ],
      URLs: [
        { label: '', url: 'https://alder.test' },
        { label: '', url: 'https://b.alder.test' },
      ],
      notesPlain: 'note',
      htmlMethod: 'post',
      sections: [
        {
          title: 'Codes',
          name: 's',
          fields: [
            { k: 'concealed', n: 'TOTP_A', t: 'code', v: SEED },
            { k: 'string', n: 'e', t: 'empty' },
          ],
        },
      ],
      passwordHistory: [{ value: 'former', time: 1_450_000_000 }],
    },
  },
  {
    uuid: 'P2',
    title: 'Card',
    typeName: 'wallet.financial.CreditCard',
    trashed: true,
    secureContents: { ccnum: '0042', cvv: '001', expiry_mm: '4', expiry_yy: '2030' },
  },
  { uuid: 'P3', title: 'Odd', typeName: 'wallet.future.Thing', secureContents: { a: { b: 'c' } } },
  { uuid: 'P4', title: 'gone', typeName: 'system.Tombstone', secureContents: {} },
];

export function onePif(): Uint8Array<ArrayBuffer> {
  const separator = '***5642bee8-a5ff-11dc-8314-0800200c9a66***';
  return utf8(PIF_LINES.map((line) => `${JSON.stringify(line)}\n${separator}\n`).join(''));
}
