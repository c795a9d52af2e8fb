// Dashlane's export as it comes: a ZIP of CSV files, one for each kind of entry. Which file is which is told
// by its columns, not by its name; every file must be read, or the export is not.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { ArchiveFiles, baseName } from '../attached.ts';
import { assertCounts } from '../bounds.ts';
import { claimIf, type VaultFormat } from '../format.ts';
import type { Container, Item, Vault } from '../model.ts';
import { openZip } from '../zip.ts';
import { readDashlaneCsv } from './dashlane.ts';

const FORMAT = 'dashlane-zip';
const MAIN = 'credentials.csv';
const isCsv = (path: string): boolean => path.toLowerCase().endsWith('.csv');

/** Ids of containers and entries are counted from one in every file; here they are made to differ. */
function apart(prefix: string, item: Item): Item {
  return { ...item, containerIds: item.containerIds.map((id) => prefix + id) };
}

function containersApart(prefix: string, containers: readonly Container[]): readonly Container[] {
  return containers.map((container) => ({
    ...container,
    id: prefix + container.id,
    ...(container.parentId === undefined ? {} : { parentId: prefix + container.parentId }),
  }));
}

/** What was found in several files is said once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((found) => [found.code + found.message, found])).values()];
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const files = new ArchiveFiles(crypto, await openZip(bytes, FORMAT));
  const paths = files.paths.filter(isCsv);
  if (paths.length === 0)
    throw new EscrowError('vault.format', { format: FORMAT, reason: 'it holds no .csv files' });
  const items: Item[] = [];
  const containers: Container[] = [];
  const findings: Finding[] = [];
  for (const path of paths) {
    const csv = await files.read(path);
    // A kind of which there are no entries may be an empty file.
    if (csv === undefined || csv.length === 0) continue;
    const prefix = `${baseName(path).replace(/\.csv$/i, '')}-`;
    const part = readDashlaneCsv(csv, prefix);
    for (const item of part.items) items.push(apart(prefix, item));
    containers.push(...containersApart(prefix, part.containers));
    findings.push(...part.findings);
    assertCounts(items.length, containers.length);
  }
  return {
    source: { product: 'Dashlane', format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    containers,
    items,
    findings: [...distinct(findings), ...files.findings()],
  };
}

export const dashlaneZip: VaultFormat = {
  id: FORMAT,
  product: 'Dashlane',
  encrypted: false,
  recognise: ({ zip = [] }) => claimIf(zip.some((path) => baseName(path) === MAIN) && zip.every(isCsv)),
  read,
};
