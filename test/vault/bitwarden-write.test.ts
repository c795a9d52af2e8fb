import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { pathsOf } from '../../src/vault/container-paths.ts';
import type { FormatId, Item, Vault } from '../../src/vault/model.ts';
import { openVault } from '../../src/vault/open.ts';
import { recognise } from '../../src/vault/recognise.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import type { VaultTarget, WrittenVault } from '../../src/vault/target.ts';
import { parseTotp, totpFromParts } from '../../src/vault/totp.ts';
import { bitwardenJsonOrgTarget, bitwardenJsonTarget } from '../../src/vault/writers/bitwarden-json.ts';
import { bitwardenZipTarget } from '../../src/vault/writers/bitwarden-zip.ts';
import { openZip } from '../../src/vault/zip.ts';
import {
  attachment,
  entry,
  fullVault,
  lossesOf,
  passkeyKey,
  SECOND_SEED,
  SEED,
  vaultOf,
} from '../support/full-vault.ts';
import { organisationExport } from '../support/vaults.ts';

const NOW = '2026-11-24T08:00:00.000Z';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const write = (target: VaultTarget, vault: Vault): Promise<WrittenVault> =>
  target.write(crypto, vault, { passphrase: new Uint8Array(), now: NOW });
const reopen = (bytes: Uint8Array, format: FormatId): Promise<Vault> => openVault(crypto, bytes, { format });
const toPersonal = async (
  items: readonly Item[],
): Promise<{ item: Item; losses: Record<string, number> }> => {
  const written = await write(bitwardenJsonTarget, vaultOf(items));
  const { items: read } = await reopen(written.bytes, 'bitwarden-json');
  return { item: read[0]!, losses: lossesOf(written) };
};

const sshOf = (privateKey: string): NonNullable<Item['ssh']> => ({
  privateKey,
  publicKey: '',
  fingerprint: '',
});

interface RawItem {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly reprompt: number;
  readonly deletedDate: string | null;
  readonly archivedDate?: string;
  readonly fields: readonly { name: string; value: string | null; type: number; linkedId: number | null }[];
  readonly login?: { totp: string | null; fido2Credentials: readonly Record<string, string>[] };
  readonly folderId: string | null;
  readonly organizationId: string | null;
  readonly collectionIds: readonly string[] | null;
}
interface RawExport {
  readonly encrypted: boolean;
  readonly folders?: readonly { id: string; name: string }[];
  readonly collections?: readonly { id: string; name: string; organizationId: string }[];
  readonly items: readonly RawItem[];
}
const jsonOf = (bytes: Uint8Array): RawExport => JSON.parse(new TextDecoder().decode(bytes)) as RawExport;

describe('a vault with everything, as JSON of one person', () => {
  let written: WrittenVault;
  let raw: RawExport;
  let read: Vault;
  beforeAll(async () => {
    written = await write(bitwardenJsonTarget, fullVault());
    raw = jsonOf(written.bytes);
    read = await reopen(written.bytes, 'bitwarden-json');
  });

  test('is what Bitwarden calls each thing', () => {
    expect(recognise(written.bytes)).toBe('bitwarden-json');
    expect(raw.encrypted).toBe(false);
    expect(raw.folders!.map(({ name }) => name).sort()).toEqual([
      'Alder Lane',
      'Alder Lane/Servers',
      'Empty',
      'Shared',
    ]);
    expect(raw.items.slice(0, 7).map(({ type }) => type)).toEqual([1, 2, 3, 4, 5, 2, 1]);
    const [first] = raw.items;
    expect(first).toMatchObject({ id: fullVault().items[0]!.id, reprompt: 1, collectionIds: null });
    expect(
      raw.items.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/.test(id)),
    ).toBe(true);
    expect(raw.items[3]!.archivedDate).toBe(NOW);
    expect(raw.items[6]).toMatchObject({ deletedDate: NOW, folderId: null });
    expect(raw.items[5]!.name).toBe('--');
    expect(first!.login!.fido2Credentials[0]).toMatchObject({
      credentialId: 'b64.AAEC_-8',
      keyAlgorithm: 'ECDSA',
      keyCurve: 'P-256',
      rpId: 'a.test',
      counter: '0',
      discoverable: 'true',
    });
  });

  test('comes back whole', () => {
    const [source] = fullVault().items;
    const item = read.items[0]!;
    const { title, username, password, notes, created, modified, favourite } = source!;
    expect(item).toMatchObject({ title, username, password, notes, created, modified, favourite });
    expect(item.urls).toEqual([
      { uri: 'https://a.test/?q=1 2', match: 'exact' },
      { uri: 'ssh://b.test' },
      { uri: 'c' },
    ]);
    expect(item.totp).toEqual([
      parseTotp(SEED.replace('?secret=JBSWY3DP&digits=8&period=60', '?secret=JBSWY3DP&period=60&digits=8')),
    ]);
    expect(item.fields).toEqual([
      { name: 'Asset', value: 'A1', kind: 'text' },
      { name: 'pin', value: '0099', kind: 'hidden' },
      { name: 'on', value: 'true', kind: 'boolean' },
      { name: 'who', value: 'username', kind: 'linked' },
      { name: 'further one-time-code seed', value: 'no seed!', kind: 'hidden' },
      { name: 'further one-time-code seed', value: SECOND_SEED, kind: 'hidden' },
      { name: 'Tags', value: 'red, blue; green', kind: 'text' },
      { name: 'Expires', value: '2030-01-01T00:00:00.000Z', kind: 'text' },
    ]);
    expect(item.passkeys).toEqual([
      {
        credentialId: 'AAEC_-8',
        relyingParty: 'a.test',
        userName: 'me',
        userHandle: 'AQID',
        privateKey: expect.stringMatching(/^MIG/) as string,
      },
    ]);
    expect(item.history).toEqual([
      { value: 'old', at: '2025-04-01T00:00:00.000Z' },
      { value: 'older', at: modified },
    ]);
    expect(read.items.slice(1, 7)).toMatchObject([
      { type: 'note', notes: 'text' },
      {
        type: 'card',
        card: { number: '4111', code: '007' },
        fields: [{ name: 'card: issued by', value: 'Bank', kind: 'hidden' }],
      },
      {
        type: 'identity',
        state: 'archived',
        identity: { firstName: 'Ada', username: 'ada' },
        fields: [{ name: 'identity: fax', value: '12', kind: 'hidden' }],
      },
      { type: 'sshKey', ssh: { privateKey: 'private\nkey', publicKey: 'public', fingerprint: 'SHA256:x' } },
      { type: 'note', fields: [{ name: 'bank account: pin', value: '0042', kind: 'hidden' }] },
      { state: 'trashed', password: 'p' },
    ]);
    const paths = pathsOf(read.containers);
    expect(read.items.slice(0, 4).map(({ containerIds }) => paths.get(containerIds[0] ?? ''))).toEqual([
      ['Alder Lane', 'Servers'],
      ['Alder Lane'],
      undefined,
      ['Alder Lane'],
    ]);
  });

  test('reports exactly what is not as it was', () => {
    expect(lossesOf(written)).toEqual({
      'dropped attachment': 4,
      'dropped who may see a collection': 1,
      'degraded collection': 1,
      'degraded entry in several folders': 1,
      'dropped url match rule': 1,
      'dropped auto-type': 1,
      'moved further one-time-code seeds': 2,
      'moved tags': 1,
      'moved expiry': 1,
      'moved part of a card, identity or SSH key': 2,
      'normalised date of an entry': 14,
      'normalised date of an earlier password': 1,
      'normalised empty title': 1,
      'degraded type of an entry': 1,
      'degraded archived entry': 1,
      'degraded entry in the trash': 1,
    });
    expect(written.loss).toMatchObject({
      target: 'bitwarden-json',
      before: { items: 15, totp: 2, passkeys: 1, attachments: 3, attachmentBytes: 10 },
      after: { items: 15, totp: 1, passkeys: 1, attachments: 0, attachmentBytes: 0 },
    });
  });
});

describe('of an organisation', () => {
  test('every entry lies in a collection, in all of them that it lay in', async () => {
    const written = await write(bitwardenJsonOrgTarget, fullVault());
    const raw = jsonOf(written.bytes);
    expect(recognise(written.bytes)).toBe('bitwarden-json-org');
    const names = new Map(raw.collections!.map(({ id, name }) => [id, name]));
    const places = raw.items.map(({ collectionIds }) => collectionIds!.map((id) => names.get(id)));
    expect(places.slice(0, 4)).toEqual([
      ['Alder Lane/Servers', 'Shared'],
      ['Alder Lane'],
      ['Unfiled'],
      ['Alder Lane'],
    ]);
    const owners = new Set([...raw.collections!, ...raw.items].map(({ organizationId }) => organizationId));
    expect([...owners]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(raw.items.every(({ folderId }) => folderId === null)).toBe(true);
    const { 'degraded collection': folder, 'degraded entry in several folders': several } = lossesOf(written);
    expect([folder, several]).toEqual([undefined, undefined]);
  });

  test('an export of one comes back with the same collections', async () => {
    const source = await reopen(organisationExport(4), 'bitwarden-json-org');
    const { bytes } = await write(bitwardenJsonOrgTarget, source);
    const read = await reopen(bytes, 'bitwarden-json-org');
    const placesOf = ({ items, containers }: Vault): unknown => {
      const paths = pathsOf(containers);
      return items.map(({ containerIds }) => containerIds.map((id) => paths.get(id)));
    };
    expect(placesOf(read)).toEqual(placesOf(source));
  });
});

describe('of the ZIP', () => {
  test('attachments are byte for byte there, under names that stay in their folder', async () => {
    const names = [
      '../../etc/passwd',
      'a.txt',
      'A.TXT',
      'a.txt',
      'CON.txt',
      'x\0y:z',
      '',
      ' . ',
      '🔑'.repeat(300) + '.pem',
      'e\ud800.txt',
      'e\ud801.txt',
    ];
    const item = entry({ attachments: names.map((name, index) => attachment(name, `content ${index}`)) });
    const written = await write(bitwardenZipTarget, vaultOf([item]));
    const zip = await openZip(written.bytes, 'bitwarden-zip');
    const [, ...files] = zip.names;
    expect(zip.names[0]).toBe('data.json');
    expect(files.map((name) => name.replace(/^attachments\/[^/]+\//, ''))).toEqual([
      '__.._etc_passwd',
      'a.txt',
      'A (2).TXT',
      'a (3).txt',
      '_CON.txt',
      'x\uFFFDy_z',
      'file',
      'file (2)',
      '🔑'.repeat(50) + '.pem',
      'e\uFFFD.txt',
      'e\uFFFD (2).txt',
    ]);
    const read = await reopen(written.bytes, 'bitwarden-zip');
    expect(read.items[0]!.attachments.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(
      names.map((_, index) => `content ${index}`),
    );
    expect(lossesOf(written)['normalised attachment name']).toBe(10);
    expect(recognise(written.bytes)).toBe('bitwarden-zip');
  });

  test('a vault with everything loses only what no form of Bitwarden holds', async () => {
    const written = await write(bitwardenZipTarget, fullVault());
    expect(written.loss.after).toEqual({
      items: 15,
      totp: 1,
      passkeys: 1,
      attachments: 3,
      attachmentBytes: 10,
    });
    expect(lossesOf(written)).toMatchObject({ 'dropped attachment': 1, 'normalised attachment name': 2 });
  });

  test('the same vault at the same time gives the same bytes', async () => {
    const vault = vaultOf([
      entry({ id: 'aaaaaaaa-bbbb-4ccc-8ddd-000000000001', attachments: [attachment('a', 'b')] }),
    ]);
    const [one, two] = [await write(bitwardenZipTarget, vault), await write(bitwardenZipTarget, vault)];
    expect(one.bytes).toEqual(two.bytes);
  });
});

describe('traps', () => {
  test('the first seed that can be computed is the one in use, and none is lost', async () => {
    const { item } = await toPersonal([entry({ totp: [parseTotp('x'), parseTotp(SECOND_SEED)] })]);
    expect(item.totp).toMatchObject([{ secret: 'GEZDGNBV', valid: true }]);
    expect(item.fields).toEqual([{ name: 'further one-time-code seed', value: 'x', kind: 'hidden' }]);
    // Bitwarden would show codes of the usual kind for it.
    const { item: other } = await toPersonal([entry({ totp: [totpFromParts({ secret: '' }, 'JBSWY3DP')] })]);
    expect(other.totp).toEqual([]);
    expect(other.fields.map(({ value }) => value)).toEqual(['JBSWY3DP']);
    const { item: unreadable } = await toPersonal([entry({ totp: [parseTotp('no seed!')] })]);
    expect(unreadable.totp).toMatchObject([{ valid: false, original: 'no seed!' }]);
  });

  test("Steam's seeds are links of their own, unless Bitwarden would compute other codes", async () => {
    const steam = parseTotp('otpauth://totp/Steam:me?secret=GEZDGNBV&encoder=steam&issuer=Steam');
    const plain = await toPersonal([entry({ totp: [steam] })]);
    expect(plain.item.totp).toMatchObject([{ original: 'steam://GEZDGNBV', encoder: 'steam', digits: 5 }]);
    expect(plain.losses).toMatchObject({ 'dropped issuer and account of a Steam seed': 1 });
    const odd = totpFromParts({ secret: 'GEZDGNBV', isSteam: true, period: '60' }, 'odd');
    const unusual = await toPersonal([entry({ totp: [odd] })]);
    expect(unusual.item.totp).toMatchObject([{ encoder: 'steam', period: 60 }]);
    expect(unusual.losses).toMatchObject({ 'degraded Steam seed of an unusual kind': 1 });
  });

  test('links and yes-or-no fields that Bitwarden does not know stay as text', async () => {
    const { item, losses } = await toPersonal([
      entry({
        fields: [
          { name: 'a', value: 'password', kind: 'linked' },
          { name: 'b', value: '405', kind: 'linked' },
          { name: 'c', value: 'some:where', kind: 'linked' },
          { name: 'd', value: 'perhaps', kind: 'boolean' },
        ],
      }),
    ]);
    expect(item.fields.map(({ value, kind }) => [value, kind])).toEqual([
      ['password', 'linked'],
      ['405', 'linked'],
      ['some:where', 'text'],
      ['perhaps', 'text'],
    ]);
    expect(losses).toMatchObject({ 'degraded linked field': 1, 'degraded yes-or-no field': 1 });
  });

  test('a passkey that Bitwarden cannot sign with is kept and said to be so', async () => {
    const passkey = { credentialId: 'AA', relyingParty: 'r', userName: 'u', userHandle: 'AQ' };
    const { item, losses } = await toPersonal([
      entry({
        passkeys: [
          { ...passkey, privateKey: passkeyKey('P-384') },
          { ...passkey, privateKey: passkeyKey('P-256') },
          { ...passkey, privateKey: '' },
        ],
      }),
    ]);
    expect(item.passkeys).toHaveLength(3);
    expect(losses).toMatchObject({ 'degraded passkey': 2 });
  });

  test('what is signed in with makes a login, and the rest becomes fields', async () => {
    const { item, losses } = await toPersonal([
      entry({
        type: 'card',
        username: 'u',
        card: { number: '1', code: '' },
        identity: { firstName: 'A' },
        ssh: { privateKey: 'k', publicKey: '', fingerprint: '' },
      }),
    ]);
    expect(item).toMatchObject({ type: 'login', username: 'u' });
    expect(item.fields.map(({ name, value }) => [name, value])).toEqual([
      ['card: number', '1'],
      ['identity: first name', 'A'],
      ['SSH: private key', 'k'],
    ]);
    expect(losses).toMatchObject({
      'degraded type of an entry': 1,
      'moved part of a card, identity or SSH key': 3,
    });
  });

  test('a note longer than servers take is said to be so', async () => {
    const { item, losses } = await toPersonal([entry({ notes: 'ä'.repeat(3_501) })]);
    expect(item.notes).toHaveLength(3_501);
    expect(losses).toMatchObject({ 'degraded long note': 1 });
    const short = await toPersonal([entry({ notes: 'ä'.repeat(3_500) })]);
    expect(short.losses).not.toHaveProperty('degraded long note');
  });

  test.each<[string, Partial<Item>, number]>([
    ['a custom field', { fields: [{ name: 'chain', value: 'x'.repeat(3_501), kind: 'hidden' }] }, 1],
    ['a password, a user name', { password: 'x'.repeat(3_501), username: 'x'.repeat(651) }, 2],
    ['a key that becomes a field', { username: 'u', ssh: sshOf('x'.repeat(3_501)) }, 1],
    ['a key', { ssh: sshOf('x'.repeat(3_501)) }, 1],
  ])('%s longer than servers take is said to be so', async (_name, parts, count) => {
    const { losses } = await toPersonal([entry({ type: 'other', ...parts })]);
    expect(losses).toMatchObject({ 'degraded long text': count });
  });

  test('texts that servers take are not called long', async () => {
    const { losses } = await toPersonal([entry({ password: 'ä'.repeat(1_750), username: 'x'.repeat(650) })]);
    expect(losses).not.toHaveProperty('degraded long text');
  });

  test('folders with slashes, blanks, one name, or under the bin', async () => {
    const containers = [
      { id: 'a', name: ' A / B ', kind: 'folder' },
      { id: 'b', name: 'A', kind: 'folder' },
      { id: 'c', parentId: 'b', name: 'B', kind: 'group' },
      { id: 'd', name: ' ', kind: 'folder' },
      { id: 'bin', name: 'Bin', kind: 'recycleBin' },
      { id: 'in bin', parentId: 'bin', name: 'Old', kind: 'folder' },
    ] as const;
    const items = [['a'], ['c'], ['d'], ['gone', 'b'], ['in bin']].map((containerIds, index) =>
      entry({ id: String(index), containerIds, state: index === 4 ? 'trashed' : 'active' }),
    );
    const written = await write(bitwardenJsonTarget, vaultOf(items, containers));
    const raw = jsonOf(written.bytes);
    const names = new Map(raw.folders!.map(({ id, name }) => [id, name]));
    expect([...names.values()]).toEqual(['A/B', 'A']);
    expect(raw.items.map(({ folderId }) => names.get(folderId ?? ''))).toEqual([
      'A/B',
      'A/B',
      undefined,
      'A',
      undefined,
    ]);
    expect(lossesOf(written)).toMatchObject({
      'normalised folder name': 2,
      'degraded entry in several folders': 1,
    });
  });

  test('ids that are no UUIDs, or occur twice, are made anew', async () => {
    const id = 'AAAAAAAA-bbbb-4ccc-8ddd-000000000001';
    const items = [id, id.toLowerCase(), 'x', ''].map((own) => entry({ id: own }));
    const { items: raw } = jsonOf((await write(bitwardenJsonTarget, vaultOf(items))).bytes);
    expect(raw[0]!.id).toBe(id);
    expect(new Set(raw.map((item) => item.id.toLowerCase())).size).toBe(4);
  });
});

test('a real export, read, written and read again, is the same', async () => {
  const source = await reopen(sampleBitwardenExport(300), 'bitwarden-json');
  const written = await write(bitwardenJsonTarget, source);
  const read = await reopen(written.bytes, 'bitwarden-json');
  const plain = ({ items, containers }: Vault): unknown => {
    const paths = pathsOf(containers);
    return items.map((item) => ({
      ...item,
      raw: undefined,
      containerIds: item.containerIds.map((id) => paths.get(id)),
      // A link in the place of a bare seed has an account.
      totp: item.totp.map((seed) => ({ ...seed, original: '', account: '' })),
    }));
  };
  expect(plain(read)).toEqual(plain(source));
  expect(lossesOf(written)).toEqual({});
});

test('the name of a file costs no more than its length', async () => {
  const item = entry({ title: 't', attachments: [attachment(`${'. '.repeat(60_000)}x. .`, 'a')] });
  const began = performance.now();
  const written = await write(bitwardenZipTarget, vaultOf([item]));
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(written.loss.after.attachments).toBe(1);
});
