// Every format this program knows by content. A new product is one file in readers/ and one line here.

import type { VaultFormat } from './format.ts';
import type { FormatId } from './model.ts';
import { appleCsv } from './readers/apple.ts';
import { bitwardenAccountRestricted, bitwardenEncrypted } from './readers/bitwarden-encrypted.ts';
import { bitwardenJson, bitwardenJsonOrg } from './readers/bitwarden-json.ts';
import { chromeCsv } from './readers/chrome.ts';
import { firefoxCsv } from './readers/firefox.ts';
import { kdbx } from './readers/kdbx.ts';
import { bitwardenZip } from './readers/bitwarden-zip.ts';
import { onePassword1pux } from './readers/onepassword-1pux.ts';
import { keepassXml } from './readers/keepass-xml.ts';
import { keeperJson } from './readers/keeper-json.ts';

const BY_ID: Readonly<Record<FormatId, VaultFormat>> = {
  'bitwarden-json': bitwardenJson,
  'bitwarden-json-org': bitwardenJsonOrg,
  'bitwarden-encrypted': bitwardenEncrypted,
  'bitwarden-account-restricted': bitwardenAccountRestricted,
  kdbx,
  'chrome-csv': chromeCsv,
  'firefox-csv': firefoxCsv,
  'apple-csv': appleCsv,
  'bitwarden-zip': bitwardenZip,
  '1pux': onePassword1pux,
  'keepass-xml': keepassXml,
  'keeper-json': keeperJson,
};

/** In the order in which recognition asks them. */
export const FORMATS: readonly VaultFormat[] = Object.values(BY_ID);

export function formatOf(id: FormatId): VaultFormat {
  return BY_ID[id];
}

/** Whether a word given to `--as` is the id of a format. */
export function isFormatId(id: string): id is FormatId {
  return Object.hasOwn(BY_ID, id);
}
