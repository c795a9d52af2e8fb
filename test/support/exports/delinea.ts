// Secret Server's XML export, with made-up names.

import { SEED } from './awkward.ts';
import { utf8 } from '../vaults.ts';

function secretXml(
  name: string,
  path: string,
  items: readonly (readonly [string, string, string])[],
  more = '',
): string {
  const fields = items.map(
    ([field, slug, value]) =>
      `<SecretItem><FieldName>${field}</FieldName><Slug>${slug}</Slug><Value>${value}</Value></SecretItem>`,
  );
  return `<Secret><SecretName>${name}</SecretName><SecretTemplateName>Password</SecretTemplateName><FolderPath>${path}</FolderPath>${more}<SecretItems>${fields.join('')}</SecretItems></Secret>`;
}

export function delineaXml(): Uint8Array<ArrayBuffer> {
  const router = secretXml(
    'Router &amp; &lt;Switch&gt;',
    '\\Customers\\Alder',
    [
      ['Username', 'username', 'ops'],
      ['Password', 'password', 'p&amp;amp; "q" äöü 🔑\ttab'],
      ['URL', 'url', 'https://alder.test'],
      ['Notes', 'notes', 'two\nlines'],
      ['Private Key Passphrase', 'private-key-passphrase', '0012'],
      ['Rack', 'rack', 'B 12'],
      ['Empty', 'empty', ''],
    ],
    `<TotpKey>${SEED}</TotpKey><TotpBackupCodes>111 222</TotpBackupCodes><Active>True</Active>`,
  );
  const folders = ['\\Customers', '\\Customers\\Alder', '\\Unused'].map(
    (path) =>
      `<Folder><FolderName>${path.split('\\').at(-1)}</FolderName><FolderPath>${path}</FolderPath></Folder>`,
  );
  return utf8(
    `<?xml version="1.0" encoding="utf-8"?>\n<ImportFile xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Folders>${folders.join('')}</Folders><Groups/><Secrets>${router}${secretXml('Note', '', [['Notes', 'notes', 'n']])}</Secrets></ImportFile>`,
  );
}
