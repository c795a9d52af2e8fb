// Each product's CSV is known as what it is and as nothing else; look-alikes and files without a header are
// asked about.

import { describe, expect, test } from 'vitest';
import { recogniseExport } from '../../src/vault/recognise.ts';
import { csvOf, HEADED, HEADERS, sampleOf } from '../support/csv-samples.ts';
import { utf8 } from '../support/vaults.ts';

const recognised = (text: string): ReturnType<typeof recogniseExport> => recogniseExport(utf8(text));
const sure = (id: string): object => ({ id, candidates: [] });

test.each(HEADED.filter((format) => format !== 'hudu-csv'))('%s by its header', (format) => {
  expect(recogniseExport(sampleOf(format))).toEqual(sure(format));
  const names = HEADERS[format].split(',');
  const bytes = sampleOf(format, Object.fromEntries(names.map((name) => [name, 'x'])));
  expect(recogniseExport(bytes)).toEqual(sure(format));
  // Columns in another order, in capitals, and quoted.
  const turned = names.toReversed().map((name) => `"${name.toUpperCase()}"`);
  expect(recognised(`${turned.join(',')}\n`)).toEqual(sure(format));
});

describe('older and other headers of a product', () => {
  test.each([
    ['lastpass-csv', 'url,username,password,extra,name,grouping,fav'],
    ['bitwarden-csv', HEADERS['bitwarden-csv'].replace('reprompt,', '')],
    ['keepassxc-csv', 'Group,Title,Username,Password,URL,Notes'],
    ['chrome-csv', 'name,url,username,password'],
    [
      'nordpass-csv',
      'name,url,username,password,note,cardholdername,cardnumber,cvc,expirydate,zipcode,folder,full_name',
    ],
    ['roboform-csv', 'Name,Url,Login,Pwd,Note,Folder,Rf_fields'],
    ['zoho-csv', HEADERS['zoho-csv'].replaceAll('Secret ', 'Password ')],
    ['dashlane-csv', 'username,title,password,note,url,category,otpUrl'],
    ['dashlane-csv', 'type,account_name,account_holder,cc_number,code,expiration_month,expiration_year'],
    ['dashlane-csv', 'type,number,name,issue_date,expiration_date,place_of_issue,state'],
    ['dashlane-csv', 'type,first_name,last_name,email,phone_number,address,city'],
    ['itglue-csv', 'organization,name,password,otp_secret'],
    ['itglue-csv', `${HEADERS['itglue-csv']},restricted,updated_at`],
    ['passportal-csv', `${HEADERS['passportal-csv']},Last Changed`],
    ['passwordstate-csv', `${HEADERS['passwordstate-csv']},Rack`],
    ['1password-csv-windows', `${HEADERS['1password-csv-windows']},SECTION_X 9: PIN,OTHER`],
    [
      'passportal-csv',
      'PassportalID (BLANK),Credential,Username,Password,Description,Expires (Yes/No),notes,URL,Folder (optional)',
    ],
  ])('%s: %s', (format, header) => {
    expect(recognised(`${header}\n`)).toEqual(sure(format));
  });
});

describe('is asked about', () => {
  test.each([
    ['a browser with a column of its own', 'name,url,username,password,colour\n', ['chrome-csv']],
    [
      'LastPass with one',
      'url,username,password,extra,name,grouping,fav,colour\n',
      ['lastpass-csv', 'chrome-csv'],
    ],
    ['Hudu', `${HEADERS['hudu-csv']}\n`, ['chrome-csv', 'hudu-csv']],
    ['secure notes of Dashlane', 'title,note\nWi-Fi,x\n', ['dashlane-csv']],
    [
      'Keeper',
      'Birch,Router,admin,pw,https://192.0.2.1,,\n,NAS,root,pw,,,"Sh#edit",Port,22\n',
      ['keeper-csv'],
    ],
    [
      'an old Dashlane file',
      'Router,https://r.test,admin,pw,\nNAS,nas.test,a@b.test,root,pw,note\n',
      ['dashlane-csv'],
    ],
    ['Passportal without a header', ',Birch,Router,admin,pw,Edge,No,,https://r.test,\n', ['passportal-csv']],
    ['the same with seeds', ',Birch,Router,admin,pw,Edge,Yes,,,,JBSWY3DP\n', ['passportal-csv']],
    ['My Vault with seeds', ',Router,admin,pw,Edge,No,,https://r.test,,JBSWY3DP\n', ['passportal-csv']],
    ['My Vault without one', ',Router,admin,pw,Edge,No,,https://r.test,\n', ['passportal-csv']],
  ])('%s', (_name, text, candidates) => {
    const { id, candidates: found } = recognised(text);
    expect(id).toBeUndefined();
    expect([...found].sort()).toEqual([...candidates].sort());
  });
});

test.each([
  ['a plain table', 'title,username,password\na,b,c\n'],
  ['rows of seven cells without an address', csvOf([['a', 'b', 'c', 'd', 'e f', 'g', 'h']])],
  ['rows of seven cells, the fifth always empty', csvOf([['a', 'b', 'c', 'd', '', 'g', 'h']])],
  [
    'rows as wide as Passportal with neither yes nor no',
    csvOf([['', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']]),
  ],
  ['one column', 'name\na\n'],
  ['prose', 'Dear all,\nwe have, as said, no passwords.\n'],
])('%s is nothing we know', (_name, text) => {
  expect(recognised(text)).toEqual({ id: undefined, candidates: [] });
});

test.each([
  ['an address of many parts with a blank in it', `Router,${'a-a.'.repeat(16_000)} x,admin,pw,\n`],
  ['a column named by many brackets', `${HEADERS['1password-csv-mac']},${'('.repeat(60_000)}\n`],
])('%s costs no more than its length', (_name, text) => {
  const began = performance.now();
  recognised(text);
  expect(performance.now() - began).toBeLessThan(4_000);
});
