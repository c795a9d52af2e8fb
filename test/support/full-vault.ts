// A vault in which every part of the model occurs, and entries made by hand for the tests of writers.

import { createHash, generateKeyPairSync } from 'node:crypto';
import { itemOf } from '../../src/vault/item.ts';
import type { Attachment, Container, Item, Vault } from '../../src/vault/model.ts';
import type { WrittenVault } from '../../src/vault/target.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { AWKWARD_TEXTS, utf8 } from './vaults.ts';

/** An entry of the model with everything empty but what is given. */
export const entry = (parts: Partial<Item>): Item =>
  itemOf({ id: 'x', type: 'login', title: 't', raw: undefined, ...parts });

export const vaultOf = (items: readonly Item[], containers: readonly Container[] = []): Vault => ({
  source: { product: 'Test', format: 'bitwarden-json', sha256: '' },
  containers,
  items,
  findings: [],
});

export function attachment(name: string, content: Uint8Array | string): Attachment {
  const bytes = typeof content === 'string' ? utf8(content) : new Uint8Array(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, size: bytes.length, sha256, bytes, status: 'present' };
}

/** A passkey's key on a curve, as the model keeps it. */
export function passkeyKey(namedCurve: 'P-256' | 'P-384'): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

/** "kind field" and how often, as a report counts them. */
export const lossesOf = ({ loss }: WrittenVault): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind, field, count } of loss.losses)
    counts[`${kind} ${field}`] = (counts[`${kind} ${field}`] ?? 0) + count;
  return counts;
};

export const SEED = 'otpauth://totp/Acme:me?secret=JBSWY3DP&digits=8&period=60&algorithm=SHA256&issuer=Acme';
export const SECOND_SEED = 'otpauth://totp/two?secret=GEZDGNBV&period=30&digits=6&algorithm=SHA1';

const CONTAINERS: readonly Container[] = [
  { id: 'alder', name: 'Alder Lane', kind: 'folder' },
  { id: 'servers', parentId: 'alder', name: 'Servers', kind: 'folder' },
  { id: 'empty', name: 'Empty', kind: 'folder' },
  { id: 'shared', name: 'Shared', kind: 'collection' },
  { id: 'bin', name: 'Recycle Bin', kind: 'recycleBin' },
];

const UUID = 'aaaaaaaa-bbbb-4ccc-8ddd-000000000001';

/** The one with everything; the others are of the other types and states. */
function fullItems(): readonly Item[] {
  return [
    entry({
      id: UUID,
      title: 'Everything "quoted", ä',
      username: 'me@alder.test',
      password: '=cmd|\u00a0"p"\n end',
      containerIds: ['servers', 'shared'],
      urls: [
        { uri: 'https://a.test/?q=1 2', match: 'exact' },
        { uri: 'ssh://b.test' },
        { uri: 'c', match: 'odd' },
      ],
      notes: 'line one\r\nline two\n',
      totp: [parseTotp('no seed!'), parseTotp(SEED), parseTotp(SECOND_SEED)],
      fields: [
        { name: 'Asset', value: 'A1', kind: 'text' },
        { name: 'pin', value: '0099', kind: 'hidden' },
        { name: 'on', value: 'true', kind: 'boolean' },
        { name: 'who', value: 'username', kind: 'linked' },
      ],
      attachments: [
        attachment('../../etc/passwd', 'root'),
        attachment('a.txt', 'one'),
        attachment('A.TXT', 'two'),
        { name: 'gone.pdf', size: 3, status: 'referenced-missing' },
      ],
      passkeys: [
        {
          credentialId: 'AAEC_-8',
          relyingParty: 'a.test',
          userName: 'me',
          userHandle: 'AQID',
          privateKey: passkeyKey('P-256'),
        },
      ],
      history: [{ value: 'older' }, { value: 'old', at: '2025-04-01T00:00:00.000Z' }],
      tags: ['red', 'blue; green'],
      favourite: true,
      created: '2024-01-02T03:04:05.000Z',
      modified: '2025-05-06T07:08:09.000Z',
      expires: '2030-01-01T00:00:00.000Z',
      unmapped: ['master password re-prompt', 'auto-type'],
      raw: { id: UUID, deep: [1, null, { a: 'b' }] },
    }),
    entry({ id: 'note', type: 'note', title: 'Note', notes: 'text', containerIds: ['alder'], raw: ['a'] }),
    entry({
      id: 'card',
      type: 'card',
      title: 'Card',
      card: { number: '4111', code: '007', issuedBy: 'Bank' },
      raw: new Map(),
    }),
    entry({
      id: 'person',
      type: 'identity',
      title: 'Person',
      identity: { firstName: 'Ada', username: 'ada', fax: '12' },
      state: 'archived',
      containerIds: ['alder'],
    }),
    entry({
      id: 'key',
      type: 'sshKey',
      title: 'Key',
      ssh: { privateKey: 'private\nkey', publicKey: 'public', fingerprint: 'SHA256:x' },
    }),
    entry({
      id: 'bank',
      type: 'bank',
      title: '',
      fields: [{ name: 'bank account: pin', value: '0042', kind: 'hidden' }],
    }),
    entry({ id: 'trash', title: 'Trash', password: 'p', state: 'trashed', containerIds: ['bin'] }),
    ...AWKWARD_TEXTS.map((text, index) =>
      entry({ id: `awkward ${index}`, title: text, username: text, password: text, notes: text }),
    ),
  ];
}

export const fullVault = (): Vault => vaultOf(fullItems(), CONTAINERS);
