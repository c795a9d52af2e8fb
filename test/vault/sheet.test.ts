import { beforeAll, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { sheetTarget } from '../../src/vault/writers/sheet.ts';
import { readSheet, sheetText } from '../../src/vault/writers/sheet-text.ts';
import { entry, fullVault, vaultOf } from '../support/full-vault.ts';

/** RFC 6238, appendix B: at 1111111109 seconds the SHA-1 seed shows 07081804. */
const NOW = '2005-03-18T01:58:29.000Z';
const RFC_SEED = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const write = (vault: Parameters<typeof sheetTarget.write>[1]) =>
  sheetTarget.write(crypto, vault, { passphrase: new Uint8Array(), now: NOW, name: 'Northwind' });

test('an entry is a block, each text behind its label, with the code of that minute', async () => {
  const item = entry({
    title: 'Firewall',
    username: 'admin',
    password: ' p| == ',
    urls: [{ uri: 'https://fw.test' }],
    notes: 'one\r\n== 2 of 2\rtitle       no',
    totp: [parseTotp(RFC_SEED)],
    fields: [{ name: 'asset: tag', value: '', kind: 'text' }],
  });
  const { bytes } = await write(vaultOf([item]));
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\r\n');
  expect(lines[0]).toBe(`\uFEFFNorthwind, 1 entry, written ${NOW}`);
  expect(lines.slice(4)).toEqual([
    '== 1 of 1',
    'title       Firewall',
    'user        admin',
    'password     p| == ',
    'address     https://fw.test',
    'code        07081804 until 01:58:30 UTC',
    expect.stringMatching(
      /^seed {8}otpauth:\/\/totp\/Firewall:[^?]+\?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ/,
    ),
    'notes       one',
    '          | == 2 of 2',
    '          | title       no',
    'field       asset: tag: ',
    '',
  ]);
});

test('what it cannot hold is in the report, and nothing else is lost', async () => {
  const vault = fullVault();
  const { bytes, loss } = await write(vault);
  expect(loss.after.items).toBe(vault.items.length);
  expect(loss.losses.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['attachment', 'passkey', 'earlier password', 'url match rule']),
  );
  expect(readSheet(bytes).map(({ password }) => password)).toEqual(
    vault.items.map(({ password }) => sheetText(password)),
  );
});

test('what an editor or a terminal would act on is shown as unprintable', async () => {
  const { bytes } = await write(vaultOf([entry({ title: 'a', password: 'x\u001b[2Jy\u0085z' })]));
  expect(readSheet(bytes)[0]!.password).toBe('x\uFFFD[2Jy\uFFFDz');
  expect(bytes.includes(0x1b)).toBe(false);
});

test('every text that is respelt is counted, wherever it stands', async () => {
  const item = entry({
    title: 't',
    urls: [{ uri: 'https://a.test/\u0007' }],
    fields: [{ name: 'k\u0007ey', value: 'a\r\nb', kind: 'hidden' }],
    ssh: { privateKey: 'c\r\nd', publicKey: '', fingerprint: '' },
  });
  const { loss } = await write(vaultOf([item]));
  expect(loss.losses).toContainEqual(
    expect.objectContaining({ kind: 'normalised', field: 'text', count: 4 }),
  );
});
