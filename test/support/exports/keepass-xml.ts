// The XML that KeePass exports, with made-up names.

import { AWKWARD, LINK } from './awkward.ts';
import { utf8 } from '../vaults.ts';

/** A KeePass entry; values of `hidden` are marked for protection in memory. */
function keepassEntry(
  number: number,
  strings: Record<string, string>,
  extra = '',
  hidden = ['Password'],
): string {
  const id = Buffer.from(new Uint8Array(16).fill(number)).toString('base64');
  const escape = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const fields = Object.entries(strings).map(([key, value]) => {
    const mark = hidden.includes(key) ? ' ProtectInMemory="True"' : '';
    return `<String><Key>${key}</Key><Value${mark}>${escape(value)}</Value></String>`;
  });
  const times =
    '<Times><CreationTime>2024-01-02T03:04:05Z</CreationTime><LastModificationTime>2025-01-02T03:04:05Z</LastModificationTime><ExpiryTime>2030-01-01T00:00:00Z</ExpiryTime><Expires>True</Expires></Times>';
  return `<Entry><UUID>${id}</UUID><Tags>ops;tier 0</Tags>${times}${fields.join('')}${extra}</Entry>`;
}

export function keepassXml(): Uint8Array<ArrayBuffer> {
  const uuid = (number: number): string => Buffer.from(new Uint8Array(16).fill(number)).toString('base64');
  const history = `<History>${keepassEntry(1, { Title: 'Router', Password: 'former' })}</History>`;
  const files =
    '<Binary><Key>a.txt</Key><Value Ref="0"/></Binary><Binary><Key>lost.txt</Key><Value Ref="9"/></Binary>';
  const router = keepassEntry(
    1,
    {
      Title: 'Router & <Switch>',
      UserName: 'ops',
      Password: AWKWARD,
      URL: 'https://alder.test',
      Notes: 'tab\there',
      otp: LINK,
      PIN: '0012',
      Rack: 'B 12',
    },
    files + history,
    ['Password', 'PIN'],
  );
  return utf8(
    `\uFEFF<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<KeePassFile><Meta><Generator>KeePass</Generator>` +
      `<RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>${uuid(9)}</RecycleBinUUID>` +
      `<Binaries><Binary ID="0">${Buffer.from('file a').toString('base64')}</Binary></Binaries></Meta>` +
      `<Root><Group><UUID>${uuid(5)}</UUID><Name>Root</Name>${keepassEntry(2, { Title: 'Note', Notes: 'only' })}` +
      `<Group><UUID>${uuid(6)}</UUID><Name>Alder &amp; Söhne</Name>${router}</Group>` +
      `<Group><UUID>${uuid(9)}</UUID><Name>Recycle Bin</Name>${keepassEntry(3, { Title: 'Old', UserName: 'u', Password: 'p' })}</Group>` +
      `</Group></Root></KeePassFile>`,
  );
}
