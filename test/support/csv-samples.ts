// One small CSV of each product, made up after the tables of docs/vaults.md, with values that are awkward on
// purpose: quotes, commas, line breaks, umlauts, tabs, leading zeros. None of it is from a real vault.

import { expect } from 'vitest';
import type { FormatId, Item } from '../../src/vault/model.ts';
import { utf8 } from './vaults.ts';

export const SEED = 'JBSWY3DPEHPK3PXP';
export const OTPAUTH = `otpauth://totp/Birch:anna?secret=${SEED}&issuer=Birch`;

/** Cells as a product writes them: quoted where they must be. */
export function csvOf(rows: readonly (readonly string[])[], lineEnd = '\n'): string {
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((cells) => cells.map(quoted).join(',') + lineEnd).join('');
}

/** As {@link csvOf}, from the header's text and rows that name the cells they fill. */
export function tableOf(header: string, rows: readonly Readonly<Record<string, string>>[]): string {
  const names = header.split(',');
  for (const name of rows.flatMap((row) => Object.keys(row)))
    if (!names.includes(name)) throw new Error(`no column ${name}`);
  return csvOf([names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]);
}

/** An entry with everything empty but what is given; its row is not looked at. */
export function entry(parts: Partial<Item>): Record<string, unknown> {
  return {
    id: expect.any(String) as string,
    type: 'login',
    sourceType: '',
    state: 'active',
    containerIds: [],
    title: '',
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
    raw: expect.any(Array) as unknown[],
    ...parts,
  };
}

export const seed = (original: string): unknown =>
  expect.objectContaining({ secret: SEED, valid: true, original });

export const PASSWORD = 'pä"ss, wörd\t007';

export const HEADERS = {
  'bitwarden-csv':
    'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
  'bitwarden-csv-org':
    'collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
  'lastpass-csv': 'url,username,password,totp,extra,name,grouping,fav',
  'keepassxc-csv': 'Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created',
  'keepass1-csv': 'Account,Login Name,Password,Web Site,Comments',
  '1password-csv': 'Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes',
  '1password-csv-windows':
    'UUID,TITLE,USERNAME,PASSWORD,URL,URLS,SCOPE,AUTOSUBMIT,NOTES,SECTION_ABC 1: ONE-TIME PASSWORD,SECTION_DEF 2: RECOVERY CODE',
  '1password-csv-mac':
    'notes,number(ccnum),one-time password(TOTP_1A),PIN(pin),password,title,type,url,username,verification number(cvv)',
  'nordpass-csv':
    'name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,state,type,custom_fields',
  'proton-pass-csv': 'type,name,url,email,username,password,note,totp,createTime,modifyTime,vault',
  'roboform-csv': 'Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2',
  'zoho-csv':
    'Secret Name,Description,Secret URL,SecretData,Notes,CustomData,Tags,Classification,Favorite,ChamberName',
  'dashlane-csv': 'username,username2,username3,title,password,note,url,category,otpSecret',
  'delinea-csv':
    'Secret Name,Username,URL,Password,Notes,Date Created,Expires,Folder,TOTP Key,TOTP Backup Codes',
  'passwordstate-csv':
    'PasswordListID,Password List,TreePath,PasswordID,Title,DomainOrHost,UserName,Description,Account Type,Notes,URL,Password,ExpiryDate,OTPUri,Generic Field 1',
  'nextcloud-csv':
    'Label,Username,Password,Notes,Url,Custom Fields,Folder,Tags,Favorite,Edited,Id,Revision,Folder Id',
  'itglue-csv':
    'id,organization,name,password_category,resource_type,resource_id,username,password,one_time_password,otp_secret,archived,url,notes',
  'hudu-csv':
    'id,name,company_name,password_folder_name,username,password,otp_secret,url,description,password_type,created_at,updated_at',
  'passportal-csv':
    'Passportal ID (BLANK),Client Name,Credential,Username,Password,Description,Expires (Yes/No),Notes,URL,Folder(Optional),TOTP Secret',
  'chrome-csv': 'name,url,username,password,note',
  'firefox-csv':
    'url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,timePasswordChanged',
  'apple-csv': 'Title,URL,Username,Password,Notes,OTPAuth',
} as const satisfies Partial<Record<FormatId, string>>;

export type HeadedFormat = keyof typeof HEADERS;

export const HEADED = Object.keys(HEADERS) as HeadedFormat[];

/** A product's CSV with these rows. */
export function sampleOf(
  format: HeadedFormat,
  ...rows: readonly Readonly<Record<string, string>>[]
): Uint8Array<ArrayBuffer> {
  return utf8(tableOf(HEADERS[format], rows));
}
