// Keeper's JSON export, old and new spellings, with made-up names.

import { AWKWARD, LINK, SEED } from './awkward.ts';
import { jsonBytes } from '../vaults.ts';

type Part = Record<string, unknown>;

export const KEEPER_RECORDS: readonly Part[] = [
  {
    uid: 'r1',
    title: AWKWARD,
    $type: 'login',
    schema: ['$login::1', '$fileRef::1'],
    login: 'ops',
    password: '007',
    login_url: 'https://alder.test',
    notes: 'two\nlines',
    last_modified: 1_700_000_000_000,
    custom_fields: {
      '$oneTimeCode::1': LINK,
      '$url::2': 'https://b.alder.test',
      '$text:Rack:1': 'B 12',
      '$pinCode:Door:1': '0012',
      '$phone::1': { region: 'DE', number: '0731 1' },
      '$fileRef::1': ['file1', 'file2'],
      '$keyPair::1': { publicKey: 'ssh-ed25519 AAAA', privateKey: 'PEM' },
      '$paymentCard::1': { cardNumber: '0011', cardExpirationDate: '04/2030', cardSecurityCode: '007' },
      'API Key': 'k',
      Colour: 'blue',
      Empty: '',
    },
    folders: [
      { shared_folder: 'Customers\\Alder', folder: 'Net\\\\work', can_edit: true, can_share: false },
      { folder: 'Mine' },
    ],
    references: { '$addressRef::1': ['r9'] },
  },
  {
    title: 'Old spelling',
    login: 'old',
    password: 'x',
    notes: '',
    custom_fields: { 'TFC:Keeper': `otpauth://totp/x?secret=${SEED}` },
  },
  { uid: 'r3', title: 'Note', $type: 'encryptedNotes', notes: 'n' },
];

export function keeperJson(records: readonly unknown[] = KEEPER_RECORDS): Uint8Array<ArrayBuffer> {
  const shared = [{ path: 'Customers\\Alder', manage_users: true, permissions: [] }];
  return jsonBytes({ shared_folders: shared, records });
}
