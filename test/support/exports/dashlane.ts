// Dashlane's ZIP of CSV files, with made-up names.

import { zipOfFiles } from '../zips.ts';
import { LINK } from './awkward.ts';

const CREDENTIALS = [
  'username,username2,username3,title,password,note,url,category,otpUrl',
  `ops,second,,Router,"q""uo,te 007","two\nlines",https://alder.test,Network,${LINK}`,
  'ada,,,Mail,p,,https://mail.test,,',
];
const NOTES = ['title,note', 'Door,"0012, äöü"'];
const PAYMENTS = [
  'type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,account_number,country,issuing_bank',
  'payment_card,Card,Äda,0011,007,4,2030,,,DE,',
];

const csv = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

export function dashlaneZip(files: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  return zipOfFiles({
    'credentials.csv': csv(CREDENTIALS),
    'securenotes.csv': csv(NOTES),
    'payments.csv': csv(PAYMENTS),
    'ids.csv': '',
    ...files,
  });
}
