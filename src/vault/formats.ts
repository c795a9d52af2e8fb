// Every format this program knows by content. A new product is one file in readers/ and one line here.

import type { VaultFormat } from './format.ts';
import type { FormatId } from './model.ts';
import { appleCsv } from './readers/apple.ts';
import { bitwardenAccountRestricted, bitwardenEncrypted } from './readers/bitwarden-encrypted.ts';
import { bitwardenJson, bitwardenJsonOrg } from './readers/bitwarden-json.ts';
import { chromeCsv } from './readers/chrome.ts';
import { firefoxCsv } from './readers/firefox.ts';
import { kdbx } from './readers/kdbx.ts';
import { bitwardenCsv, bitwardenCsvOrg } from './readers/bitwarden-csv.ts';
import { lastpassCsv } from './readers/lastpass.ts';
import { keeperCsv } from './readers/keeper-csv.ts';
import { keepassxcCsv, keepass1Csv } from './readers/keepass-csv.ts';
import { onePasswordCsv, onePasswordWindowsCsv, onePasswordMacCsv } from './readers/onepassword-csv.ts';
import { nordpassCsv } from './readers/nordpass.ts';
import { protonPassCsv } from './readers/proton-pass-csv.ts';
import { roboformCsv } from './readers/roboform.ts';
import { zohoCsv } from './readers/zoho.ts';
import { dashlaneCsv } from './readers/dashlane.ts';
import { delineaCsv } from './readers/delinea-csv.ts';
import { passwordstateCsv } from './readers/passwordstate.ts';
import { nextcloudCsv } from './readers/nextcloud.ts';
import { itglueCsv } from './readers/itglue.ts';
import { huduCsv } from './readers/hudu.ts';
import { passportalCsv } from './readers/passportal.ts';
import { mappedCsv } from './readers/mapped-csv.ts';
import { bitwardenZip } from './readers/bitwarden-zip.ts';
import { onePassword1pux } from './readers/onepassword-1pux.ts';
import { keepassXml } from './readers/keepass-xml.ts';
import { keeperJson } from './readers/keeper-json.ts';
import { onePassword1pif } from './readers/onepassword-1pif.ts';
import { protonPassJson, protonPassZip } from './readers/proton-pass.ts';
import { enpassJson } from './readers/enpass-json.ts';
import { psonoJson } from './readers/psono-json.ts';
import { delineaXml } from './readers/delinea-xml.ts';
import { passStore } from './readers/pass-store.ts';
import { dashlaneZip } from './readers/dashlane-zip.ts';
import { vaultJson } from './readers/vault-json.ts';

const BY_ID: Readonly<Record<FormatId, VaultFormat>> = {
  'bitwarden-json': bitwardenJson,
  'bitwarden-json-org': bitwardenJsonOrg,
  'bitwarden-encrypted': bitwardenEncrypted,
  'bitwarden-account-restricted': bitwardenAccountRestricted,
  kdbx,
  'chrome-csv': chromeCsv,
  'firefox-csv': firefoxCsv,
  'apple-csv': appleCsv,
  'bitwarden-csv': bitwardenCsv,
  'bitwarden-csv-org': bitwardenCsvOrg,
  'lastpass-csv': lastpassCsv,
  'keeper-csv': keeperCsv,
  'keepassxc-csv': keepassxcCsv,
  'keepass1-csv': keepass1Csv,
  '1password-csv': onePasswordCsv,
  '1password-csv-windows': onePasswordWindowsCsv,
  '1password-csv-mac': onePasswordMacCsv,
  'nordpass-csv': nordpassCsv,
  'proton-pass-csv': protonPassCsv,
  'roboform-csv': roboformCsv,
  'zoho-csv': zohoCsv,
  'dashlane-csv': dashlaneCsv,
  'delinea-csv': delineaCsv,
  'passwordstate-csv': passwordstateCsv,
  'nextcloud-csv': nextcloudCsv,
  'itglue-csv': itglueCsv,
  'hudu-csv': huduCsv,
  'passportal-csv': passportalCsv,
  csv: mappedCsv,
  'bitwarden-zip': bitwardenZip,
  '1pux': onePassword1pux,
  'keepass-xml': keepassXml,
  'keeper-json': keeperJson,
  '1pif': onePassword1pif,
  'proton-pass-json': protonPassJson,
  'proton-pass-zip': protonPassZip,
  'enpass-json': enpassJson,
  'psono-json': psonoJson,
  'delinea-xml': delineaXml,
  'pass-store': passStore,
  'dashlane-zip': dashlaneZip,
  'holdfast-json': vaultJson,
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
