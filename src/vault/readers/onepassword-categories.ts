// Categories of 1Password entries. 1PUX numbers them, 1PIF names them; the numbers are those of
// 1Password's own description of 1PUX and of other programs' importers (docs/vaults.md).

import type { ItemType } from '../model.ts';

export interface Category {
  readonly name: string;
  readonly type: ItemType;
  /** Its user name and password stand among ordinary fields, under these ids. */
  readonly username?: string;
  readonly password?: string;
  readonly url?: string;
}

const USUAL = { type: 'login', username: 'username', password: 'password' } as const;

const CATEGORIES: Readonly<Record<string, Category>> = {
  '001': { name: 'Login', type: 'login' },
  '002': { name: 'Credit Card', type: 'card' },
  '003': { name: 'Secure Note', type: 'note' },
  '004': { name: 'Identity', type: 'identity' },
  '005': { name: 'Password', type: 'login' },
  '006': { name: 'Document', type: 'other' },
  '100': { name: 'Software License', type: 'other' },
  '101': { name: 'Bank Account', type: 'bank' },
  '102': { ...USUAL, name: 'Database' },
  '103': { name: 'Driver License', type: 'other' },
  '104': { name: 'Outdoor License', type: 'other' },
  '105': { name: 'Membership', type: 'other' },
  '106': { name: 'Passport', type: 'other' },
  '107': { name: 'Rewards', type: 'other' },
  '108': { name: 'Social Security Number', type: 'other' },
  '109': { name: 'Wireless Router', type: 'login', password: 'password' },
  '110': { ...USUAL, name: 'Server', url: 'url' },
  '111': { name: 'Email Account', type: 'login', username: 'pop_username', password: 'pop_password' },
  '112': { name: 'API Credential', type: 'login', username: 'username', password: 'credential' },
  '113': { name: 'Medical Record', type: 'other' },
  '114': { name: 'SSH Key', type: 'sshKey' },
  '115': { name: 'Crypto Wallet', type: 'other' },
};

/** 1PIF's `typeName`, as the number of the same category. */
const NUMBERS: Readonly<Record<string, string>> = {
  'webforms.WebForm': '001',
  'wallet.financial.CreditCard': '002',
  'securenotes.SecureNote': '003',
  'identities.Identity': '004',
  'passwords.Password': '005',
  'wallet.computer.License': '100',
  'wallet.financial.BankAccountUS': '101',
  'wallet.computer.Database': '102',
  'wallet.government.DriversLicense': '103',
  'wallet.government.HuntingLicense': '104',
  'wallet.membership.Membership': '105',
  'wallet.government.Passport': '106',
  'wallet.membership.RewardProgram': '107',
  'wallet.government.SsnUS': '108',
  'wallet.computer.Router': '109',
  'wallet.computer.UnixServer': '110',
  'wallet.onlineservices.Email.v2': '111',
};

export function categoryOf(number: string): Category | undefined {
  return Object.hasOwn(CATEGORIES, number) ? CATEGORIES[number] : undefined;
}

/** The number of a 1PIF type; the type itself where there is none. */
export function categoryNumberOf(typeName: string): string {
  return Object.hasOwn(NUMBERS, typeName) ? (NUMBERS[typeName] ?? typeName) : typeName;
}
