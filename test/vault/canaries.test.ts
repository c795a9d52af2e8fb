// Nothing of a vault gets into what is said about it. Marked texts are planted in titles, user names,
// passwords, notes, addresses, names and values of fields, seeds, attachments, tags and folders of every
// kind of export; none of them may stand in a finding, in an error about a damaged copy, or in `inspect`.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { reportOf } from '../../src/cli/report.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import { decodeClients } from '../../src/vault/clients-file.ts';
import { assignClients, clientFindings } from '../../src/vault/clients.ts';
import { decodeCsvMapping } from '../../src/vault/csv-mapping.ts';
import { inspectVault } from '../../src/vault/inspect.ts';
import { FORMATS } from '../../src/vault/formats.ts';
import type { FormatId, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { runHere } from '../support/in-process.ts';
import { csvOf, HEADED, HEADERS, sampleOf } from '../support/csv-samples.ts';
import { delineaXml } from '../support/exports/delinea.ts';
import { enpassJson } from '../support/exports/enpass.ts';
import { HOLDFAST_DATA } from '../support/exports/holdfast.ts';
import { keepassXml } from '../support/exports/keepass-xml.ts';
import { keeperJson } from '../support/exports/keeper.ts';
import { onePif, onePuxData } from '../support/exports/onepassword.ts';
import { passStore } from '../support/exports/pass-store.ts';
import { protonData } from '../support/exports/proton.ts';
import { PSONO_DATA } from '../support/exports/psono.ts';
import {
  encryptedExport,
  jsonBytes,
  loginItem,
  organisationExport,
  personalExport,
  utf8,
} from '../support/vaults.ts';
import { zipOfFiles } from '../support/zips.ts';

const MARK = 'zqCanary';
const PASSPHRASE = utf8('p');

/** Keys by which a reader tells what things are, or finds what belongs together. */
const STRUCTURE =
  /^(?:\$?type|.*uuid|id|.*Id|version|designation|state|format|category|typeName|containerIds|sha256|status|algorithm|encoder|bytes|match|product|base64|written|sourceType|at|created|modified|expires|.*Time|.*Date|kind)$/i;

/** The same data with a mark in every text that is no structure, names of custom fields among them. */
function planted(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return STRUCTURE.test(key) || value === '' ? value : `${value}${MARK}`;
  if (Array.isArray(value)) return value.map((each: unknown) => planted(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, planted(part, name)]));
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const plantedJson = (bytes: Uint8Array): Uint8Array => jsonBytes(planted(JSON.parse(textOf(bytes))));

/** Texts of elements, but not numbers, dates, truth values and ids. */
const plantedXml = (bytes: Uint8Array): Uint8Array =>
  utf8(
    textOf(bytes).replace(
      /(<(?:Value|Name|SecretName|FolderName|FolderPath|Notes|Tags|Title|Text)[^<>/]*>)([^<]+)(?=<\/)/g,
      `$1$2${MARK}`,
    ),
  );

const ITEM = loginItem(1, {
  attachments: [{ id: 'a', fileName: 'plan.pdf', size: '3' }],
  fields: [
    { name: 'f', value: 'v', type: 0 },
    { name: 'h', value: 'v', type: 1 },
  ],
  login: { username: 'u', password: 'x', totp: 'no seed', uris: [{ uri: 'https://x.test', match: null }] },
  notes: 'n',
  passwordHistory: [{ password: 'old', lastUsedDate: '2026-01-01T00:00:00Z' }],
});
const WITH_ALL = [ITEM, ITEM, loginItem(2, { type: 42, orbit: 'geo' }), loginItem(3, { folderId: 'gone' })];
const personal = (): Uint8Array => plantedJson(personalExport(WITH_ALL));

async function kdbx(crypto: CryptoPort): Promise<Uint8Array> {
  const vault = await openVault(crypto, personal(), { format: 'bitwarden-json' });
  const argon2 = { memoryMiB: 1, iterations: 1, parallelism: 1 };
  const items = vault.items.map((item) => ({ ...item, tags: [`tag${MARK}`] }));
  return (await writeKdbx(crypto, { ...vault, items }, { passphrase: PASSPHRASE, argon2 })).bytes;
}

const withMark = (name: string): string => (/type/i.test(name) ? '' : `${name}${MARK}`);

/** Two rows alike, and one that is short of everything. */
function csv(format: (typeof HEADED)[number]): Uint8Array {
  const row = Object.fromEntries(HEADERS[format].split(',').map((name) => [name, withMark(name)]));
  return sampleOf(format, row, row);
}

const MAPPING = decodeCsvMapping(utf8('product: Own\ncolumns: {title: T, password: P, folder: F}\n'));

const EXPORTS: readonly (readonly [FormatId, (crypto: CryptoPort) => Uint8Array | Promise<Uint8Array>])[] = [
  ['bitwarden-json', personal],
  ['bitwarden-json-org', () => plantedJson(organisationExport(3))],
  ['bitwarden-encrypted', () => encryptedExport(personal(), 'p', { type: 'pbkdf2', iterations: 2 })],
  ['bitwarden-zip', () => zipOfFiles({ 'data.json': personal(), [`attachments/x/${MARK}.txt`]: MARK })],
  ['kdbx', kdbx],
  ['keepass-xml', () => plantedXml(keepassXml())],
  ['delinea-xml', () => plantedXml(delineaXml())],
  ['keeper-json', () => plantedJson(keeperJson())],
  ['enpass-json', () => plantedJson(enpassJson())],
  ['proton-pass-json', () => jsonBytes(planted(protonData()))],
  ['proton-pass-zip', () => zipOfFiles({ 'Proton Pass/data.json': jsonBytes(planted(protonData())) })],
  ['psono-json', () => jsonBytes(planted(PSONO_DATA))],
  [
    '1pux',
    () =>
      zipOfFiles({
        'export.attributes': '{"version":3}',
        'export.data': jsonBytes(planted(onePuxData())),
        [`files/x__${MARK}`]: MARK,
      }),
  ],
  [
    '1pif',
    () =>
      utf8(
        textOf(onePif()).replace(
          /("(?:title|notesPlain|password|value|v|t|n|username)":")([^"\\]+)"/g,
          `$1$2${MARK}"`,
        ),
      ),
  ],
  ['holdfast-json', () => jsonBytes(planted(HOLDFAST_DATA))],
  ['dashlane-zip', () => zipOfFiles({ 'credentials.csv': csv('dashlane-csv'), [`${MARK}.txt`]: MARK })],
  ['pass-store', () => passStore({ [`password-store/${MARK}/${MARK}.gpg`]: Uint8Array.of(0x85, 1) })],
  [
    'keeper-csv',
    () =>
      utf8(
        csvOf(
          [0, 1].map(() =>
            ['F', 'T', 'L', 'P', 'U', 'N', '', 'TFC:Keeper', 'x', 'own', 'v'].map((cell) =>
              cell === '' || cell.includes(':') ? cell : cell + MARK,
            ),
          ),
        ),
      ),
  ],
  [
    'csv',
    () =>
      utf8(
        csvOf([
          ['T', 'P', 'F', `X${MARK}`],
          ...[0, 1].map(() => [`t${MARK}`, `p${MARK}`, `f${MARK}`, `x${MARK}`]),
        ]),
      ),
  ],
  ...HEADED.map((format) => [format, () => csv(format)] as const),
];

let crypto: CryptoPort;
const made = new Map<FormatId, Uint8Array>();
beforeAll(async () => {
  crypto = await loadNodeCrypto();
  for (const [format, make] of EXPORTS) made.set(format, await make(crypto));
});

const open = (format: FormatId, bytes: Uint8Array): Promise<Vault> =>
  openVault(crypto, bytes, {
    format,
    name: 'x',
    passphrase: PASSPHRASE,
    columns: format === 'csv' ? MAPPING : undefined,
  });

/** All that a program or a person is told of an error. */
function told(error: unknown): string {
  if (!isEscrowError(error)) throw error;
  const { message, facts, cause, stack } = error;
  return [JSON.stringify([reportOf(error), message, facts, String(cause)]), stack].join('\n');
}

const assertClean = (text: string): void => {
  expect(text.toLowerCase()).not.toContain(MARK.toLowerCase());
};

/** Everything that is said of a vault. */
function saidOf(vault: Vault): string {
  const context = { now: '2026-11-24T00:00:00Z', previous: { entries: 9_999, totp: 9_999 } };
  const assignment = assignClients(
    vault,
    decodeClients(utf8('- {name: Nobody, tier: 1, match: {tag: none}}')),
  );
  return JSON.stringify([inspectVault(vault, context), clientFindings(assignment)]);
}

/** The export cut, with a letter changed, and with a part twice, at many places. */
function damaged(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: 24 }, (_, index) => Math.floor((bytes.length * (index + 0.5)) / 24)).flatMap(
    (at) => [
      bytes.slice(0, at),
      bytes.with(at, 0x22),
      bytes.with(at, 0xff),
      Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - 40))]),
    ],
  );
}

test('no format is left out', () => {
  const ids = FORMATS.map(({ id }) => id).filter((id) => id !== 'bitwarden-account-restricted');
  expect(EXPORTS.map(([format]) => format).sort()).toEqual(ids.sort());
});

describe.each(EXPORTS.map(([format]) => format))('%s', (format) => {
  test('the marks are in the vault, and in no finding', async () => {
    const vault = await open(format, made.get(format)!);
    expect(vault.items.length).toBeGreaterThan(0);
    const items = vault.items.map((item) => ({ ...item, raw: undefined }));
    expect(JSON.stringify([items, vault.containers])).toContain(MARK);
    const said = saidOf(vault);
    expect(said).toContain('vault.shrunk');
    assertClean(said);
  });

  test('no error of a damaged copy says them', async () => {
    let refused = 0;
    for (const bytes of damaged(made.get(format)!)) {
      try {
        assertClean(saidOf(await open(format, bytes)));
      } catch (error) {
        assertClean(told(error));
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});

test.each(['bitwarden-json', 'lastpass-csv', 'keepass-xml', '1pux'] as const)(
  'inspect, with and without --json: %s',
  async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-canary-'));
    try {
      await writeFile(join(folder, 'x'), made.get(format)!);
      for (const args of [
        ['inspect', 'x'],
        ['inspect', 'x', '--json'],
      ]) {
        const now = new Date(Date.UTC(2026, 10, 24));
        const { code, out, err } = await runHere([...args, '--as', format], { folder, now });
        const said = out + err;
        expect([0, 3]).toContain(code);
        expect(said).toContain(format);
        assertClean(said);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
