// Bitwarden's ZIP export, with made-up names.

import { loginItem, personalExport } from '../vaults.ts';
import { zipOfFiles } from '../zips.ts';

type Part = Record<string, unknown>;

const BITWARDEN_ZIP_ITEMS: readonly Part[] = [
  loginItem(1, {
    attachments: [
      { fileName: 'ä.txt', size: '3' },
      { fileName: 'lost.txt', size: '12' },
    ],
  }),
  loginItem(2),
];

export function bitwardenZip(files: Record<string, string | Uint8Array> = {}): Uint8Array<ArrayBuffer> {
  const [first, second] = BITWARDEN_ZIP_ITEMS.map(({ id }) => String(id));
  return zipOfFiles({
    'data.json': personalExport(BITWARDEN_ZIP_ITEMS),
    [`attachments/${first}/ä.txt`]: 'abc',
    [`attachments/${second}/k.bin`]: Uint8Array.of(0, 1, 255),
    [`attachments/${second}/K.bin`]: 'upper',
    ...files,
  });
}
