// A database made from each product's export, opened by KeePassXC: as many entries, and of the fullest one
// every field, as KeePassXC itself writes them out. It shares no code with what wrote the file.

import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import type { FormatId, Item } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { liveItems } from '../../src/vault/pitfalls.ts';
import { writeKdbx } from '../../src/vault/writers/kdbx.ts';
import { cleanName, cleanValue } from '../../src/vault/xml-text.ts';
import { childOf, childText, parseXml, type XmlElement } from '../../src/vault/xml-tree.ts';
import { HEADED, HEADERS, SEED, sampleOf, type HeadedFormat } from '../support/csv-samples.ts';
import { FOREIGN_EXPORTS } from '../support/foreign-exports.ts';
import { countEntries, isKeePassXcInstalled, keepassxc, sayIfLeftOut } from '../support/keepassxc.ts';
import { utf8 } from '../support/vaults.ts';

const PASSPHRASE = 'p';
const CHEAP = { memoryMiB: 8, iterations: 1, parallelism: 1 };

sayIfLeftOut('databases made from every product, in KeePassXC');

/** A cell for each column of a product, told from its name where it has to be something. */
function rowOf(format: HeadedFormat, number: number): Record<string, string> {
  const cellOf = (name: string): string => {
    if (/totp|otp|one-time/i.test(name)) return SEED;
    if (/url/i.test(name)) return `https://host-${number}.test/${encodeURIComponent(name)}`;
    if (/^(?:favou?rite|fav|archived|reprompt)$/i.test(name)) return '0';
    if (/^type$/i.test(name)) return 'login';
    // KeePass 1 writes quotes in a way of its own, which its own tests look at.
    const quoted = format === 'keepass1-csv' ? number : `"${number}"`;
    return `${name} ${quoted}, ü <&>\twith a tab`;
  };
  const names = HEADERS[format].split(',').map((name) => name.replaceAll('"', ''));
  return Object.fromEntries(names.map((name) => [name, cellOf(name)]));
}

const EXPORTS: readonly (readonly [FormatId, () => Uint8Array])[] = [
  ...FOREIGN_EXPORTS,
  ...HEADED.map((format) => [format, () => sampleOf(format, rowOf(format, 1), rowOf(format, 2))] as const),
];

/** Every entry of KeePassXC's own XML, the trash and earlier versions left out. */
function entriesOf(group: XmlElement, binId: string): XmlElement[] {
  if (childText(group, 'UUID') === binId) return [];
  const own = group.children.filter(({ name }) => name === 'Entry');
  const inner = group.children.filter(({ name }) => name === 'Group');
  return [...own, ...inner.flatMap((child) => entriesOf(child, binId))];
}

function stringsOf(entry: XmlElement): Map<string, string> {
  const strings = entry.children.filter(({ name }) => name === 'String');
  return new Map(strings.map((string) => [childText(string, 'Key'), childText(string, 'Value')]));
}

/** How much an entry holds: the fullest one is compared. */
const weight = (item: Item): number =>
  item.fields.length +
  item.urls.length +
  item.attachments.length +
  (item.password === '' ? 0 : 1) +
  item.totp.length;

/** XML readers give every line end as one. */
const lines = (text: string): string => cleanValue(text).replaceAll(/\r\n?/g, '\n');

describe.runIf(isKeePassXcInstalled)('made from', () => {
  let crypto: CryptoPort;
  let folder: string;
  beforeAll(async () => {
    crypto = await loadNodeCrypto();
    folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(EXPORTS)('%s', async (format, make) => {
    const vault = await openVault(crypto, make(), { format });
    const live = liveItems(vault);
    expect(live.length).toBeGreaterThan(0);
    const { bytes } = await writeKdbx(crypto, vault, { passphrase: utf8(PASSPHRASE), argon2: CHEAP });
    const file = join(folder, `${format}.kdbx`);
    writeFileSync(file, bytes);
    expect(countEntries(file, PASSPHRASE)).toBe(live.length);

    const xml = parseXml(encodeUtf8(keepassxc('export', PASSPHRASE, '-f', 'xml', file)), 'keepass-xml');
    const meta = childOf(xml, 'Meta')!;
    const root = childOf(childOf(xml, 'Root')!, 'Group')!;
    const entries = entriesOf(root, childText(meta, 'RecycleBinUUID'));
    const fullest = live.reduce((most, item) => (weight(item) > weight(most) ? item : most));
    const found = entries
      .map(stringsOf)
      .filter((strings) => strings.get('Title') === lines(cleanName(fullest.title)));
    expect(found.length).toBeGreaterThan(0);
    const wanted = {
      UserName: fullest.username,
      Password: fullest.password,
      Notes: fullest.notes,
      URL: fullest.urls[0]?.uri ?? '',
    };
    const match = found.find((strings) =>
      Object.entries(wanted).every(([key, value]) => (strings.get(key) ?? '') === lines(value)),
    );
    expect(match, 'user name, password, notes and address').toBeDefined();
    const texts = [...(match?.values() ?? [])];
    for (const { value, kind } of fullest.fields)
      if (kind !== 'linked') expect(texts).toContain(lines(value));
    for (const { uri } of fullest.urls) expect(texts).toContain(lines(uri));
    const seeds = fullest.totp.filter(({ valid }) => valid);
    for (const { secret } of seeds)
      expect(texts.some((text) => text.includes(`secret=${secret}`))).toBe(true);
  });

  test.each(['1pux', 'bitwarden-zip'] as const)('%s: attachments, byte by byte', async (format) => {
    const make = EXPORTS.find(([id]) => id === format)![1];
    const vault = await openVault(crypto, make(), { format });
    const item = vault.items.find(({ attachments }) => attachments.some(({ bytes }) => bytes !== undefined))!;
    const { bytes } = await writeKdbx(
      crypto,
      { ...vault, items: [{ ...item, title: 'It' }], containers: [] },
      {
        passphrase: utf8(PASSPHRASE),
        argon2: CHEAP,
      },
    );
    const file = join(folder, `${format}-files.kdbx`);
    writeFileSync(file, bytes);
    for (const attachment of item.attachments) {
      if (attachment.bytes === undefined) continue;
      const out = join(folder, 'out.bin');
      rmSync(out, { force: true });
      keepassxc('attachment-export', PASSPHRASE, file, 'It', cleanName(attachment.name), out);
      expect(readFileSync(out).equals(attachment.bytes)).toBe(true);
    }
  });
});
