// Psono's JSON export: folders within folders, each with its entries. Every key of an entry begins with the
// entry's type, so one rule reads all types. Files are left out by Psono, and shared entries and the trash
// are in it only where they were ticked.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { assertCounts } from '../bounds.ts';
import { finding, unknownTypeFindings } from '../findings.ts';
import { FolderTree } from '../folder-tree.ts';
import { claimIf, type Sample, type VaultFormat } from '../format.ts';
import { isJsonObject, objectsOf, parseExportJson, textOf, type JsonObject } from '../json.ts';
import type { Item, Vault } from '../model.ts';
import { isKnownPsonoType, readPsonoItem } from './psono-item.ts';

const FORMAT = 'psono-json';
const PRODUCT = 'Psono';

/** A key that begins with a type and goes on: `website_password_title`. */
const TELLING =
  /^(?:folders\[\]\.)*items\[\]\.(?:website_password|application_password|note|totp|passkey|credit_card|bookmark|environment_variables|mail_gpg_own_key|ssh_own_key|elster_certificate|identity)_[a-z]/;

interface Placed {
  readonly raw: JsonObject;
  readonly containerIds: readonly string[];
}

/** Every entry with its place; how deep folders nest is bounded where JSON is parsed. */
function placedIn(
  level: JsonObject,
  path: readonly string[],
  folders: FolderTree,
  place: string,
): readonly Placed[] {
  const containerIds = folders.place(path);
  const own = objectsOf(level['items'], `${place}items`, FORMAT).map((raw) => ({ raw, containerIds }));
  const inner = objectsOf(level['folders'], `${place}folders`, FORMAT).flatMap((folder, index) =>
    placedIn(folder, [...path, textOf(folder['name'])], folders, `${place}folders[${index}].`),
  );
  return [...own, ...inner];
}

function filesFinding(): Finding {
  return finding(
    'info',
    'psono.files-left-out',
    'a Psono export never holds files; shared entries and the trash only where they were ticked',
    'download files that matter and seal them beside it',
  );
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const json = parseExportJson(bytes, FORMAT);
  if (!isJsonObject(json) || (!Array.isArray(json['items']) && !Array.isArray(json['folders'])))
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it has no items' });
  const folders = new FolderTree();
  const placed = placedIn(json, [], folders, '');
  assertCounts(placed.length, 0);
  const items = placed.map(({ raw, containerIds }, index): Item => readPsonoItem(raw, index, containerIds));
  return {
    source: { product: PRODUCT, format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers: folders.containers,
    items,
    findings: [
      filesFinding(),
      ...unknownTypeFindings(placed.filter(({ raw }) => !isKnownPsonoType(raw)).length),
    ],
  };
}

function isOurs({ json }: Sample): boolean {
  return json !== undefined && [...json.kinds.keys()].some((place) => TELLING.test(place));
}

export const psonoJson: VaultFormat = {
  id: FORMAT,
  product: PRODUCT,
  encrypted: false,
  recognise: (sample) => claimIf(isOurs(sample)),
  read,
};
