// One made-up export of each format that is JSON, XML or ZIP and no product's own test can do without.

import type { FormatId } from '../../src/vault/model.ts';
import { bitwardenZip } from './exports/bitwarden-zip.ts';
import { dashlaneZip } from './exports/dashlane.ts';
import { delineaXml } from './exports/delinea.ts';
import { enpassJson } from './exports/enpass.ts';
import { HOLDFAST_DATA } from './exports/holdfast.ts';
import { keepassXml } from './exports/keepass-xml.ts';
import { keeperJson } from './exports/keeper.ts';
import { onePif, onePux } from './exports/onepassword.ts';
import { passStore } from './exports/pass-store.ts';
import { protonData, protonZip } from './exports/proton.ts';
import { PSONO_DATA } from './exports/psono.ts';
import { jsonBytes } from './vaults.ts';

/** One export of each format, for tests of all of them. */
export const FOREIGN_EXPORTS: readonly (readonly [FormatId, () => Uint8Array<ArrayBuffer>])[] = [
  ['1pux', onePux],
  ['1pif', onePif],
  ['bitwarden-zip', bitwardenZip],
  ['keepass-xml', keepassXml],
  ['keeper-json', keeperJson],
  ['proton-pass-json', () => jsonBytes(protonData())],
  ['proton-pass-zip', protonZip],
  ['enpass-json', enpassJson],
  ['psono-json', () => jsonBytes(PSONO_DATA)],
  ['delinea-xml', delineaXml],
  ['pass-store', passStore],
  ['dashlane-zip', dashlaneZip],
  ['holdfast-json', () => jsonBytes(HOLDFAST_DATA)],
];
