// An opened package for the tests of the vault view: a vault with all that is on the screen, an order of
// clients, a plan, and an export that nothing reads.

import { encodeHex, encodeUtf8 } from '../../../src/core/bytes.ts';
import type { Manifest, ManifestSource } from '../../../src/escrow/manifest.ts';
import type { OpenedPackage } from '../../../src/page/opened.ts';
import { jsonTarget } from '../../../src/vault/writers/json.ts';
import type { Container, Item } from '../../../src/vault/model.ts';
import { parseTotp } from '../../../src/vault/totp.ts';
import { crypto } from '../../escrow/sample.ts';
import { attachment, entry, vaultOf } from '../../support/full-vault.ts';

export const SEED = 'otpauth://totp/Clinic:admin?secret=JBSWY3DPEHPK3PXP&issuer=Clinic';
const NOW = '2026-11-24T02:00:00Z';

const CONTAINERS: readonly Container[] = [
  { id: 'own', name: 'Own systems', kind: 'folder' },
  { id: 'clinic', name: 'Riverside Clinic', kind: 'folder' },
  { id: 'dental', name: 'Oak Street Dental', kind: 'folder' },
  { id: 'foods', name: 'Harbor Foods', kind: 'folder' },
  { id: 'pay', name: 'Payroll Partners', kind: 'folder' },
  { id: 'muse', name: 'Muñoz Museum', kind: 'folder' },
];

const login = (id: string, folder: string, title: string, username: string, more: Partial<Item> = {}): Item =>
  entry({ id, title, username, password: `pw-${id}`, containerIds: [folder], ...more });

export const ITEMS: readonly Item[] = [
  login('idp', 'own', 'Identity provider', 'breakglass@msp.test', { totp: [parseTotp(SEED)] }),
  login('rmm', 'own', 'RMM console', 'root'),
  login('dc', 'clinic', 'Domain admin · DC01', 'administrator@clinic.local', {
    totp: [parseTotp(SEED)],
    urls: [{ uri: 'https://dc01.clinic.example' }],
    notes: 'Console over iLO only.\nSecond line.',
    fields: [
      { name: 'Asset', value: 'A-17', kind: 'text' },
      { name: 'DSRM', value: 'hidden-dsrm', kind: 'hidden' },
    ],
    attachments: [attachment('bitlocker.txt', 'key protector')],
    history: [{ value: 'pw-before', at: '2025-04-01T00:00:00.000Z' }],
  }),
  login('fw', 'clinic', 'Firewall · main site', 'admin', { totp: [parseTotp(SEED)] }),
  login('ehr', 'clinic', 'EHR server · SQL', 'sa'),
  login('isp', 'clinic', 'ISP portal', 'clinic-it'),
  login('xray', 'dental', 'X-ray server', 'svc'),
  login('erp', 'foods', 'ERP', 'harbor'),
  login('bank', 'pay', 'Bank portal', 'pay'),
  login('cam', 'muse', 'Camera', 'museo', { state: 'archived' }),
];

const CLIENTS = `- name: Own systems
  tier: 0
- name: Riverside Clinic
  tier: 1
  reason: life and safety, call first
- name: Oak Street Dental
  tier: 2
  reason: opens 07:00
- name: Harbor Foods
  tier: 3
  reason: runs nights
- name: Payroll Partners
  tier: 4
  reason: due Friday
`;

const PLAN = `Recovery plan

1. Call the owner and the insurer.
2. Isolate what is infected. Change nothing yet.
3. Our own systems first, then the clients in their order.
`;

async function described(
  path: string,
  bytes: Uint8Array,
): Promise<Pick<ManifestSource, 'path' | 'size' | 'sha256'>> {
  return { path, size: bytes.length, sha256: encodeHex(await crypto.sha256(bytes)) };
}

/** An opened package; `items` in the place of the sample's. */
export async function openedPackage(
  items: readonly Item[] = ITEMS,
  { clients = CLIENTS }: { readonly clients?: string } = {},
): Promise<OpenedPackage> {
  const { bytes } = await jsonTarget.write(crypto, vaultOf(items, CONTAINERS), {
    passphrase: new Uint8Array(),
    now: NOW,
  });
  const odd = encodeUtf8('not an export');
  const source = { passphrase: null, keyFile: null, folders: null, attachments: null };
  const files = new Map<string, Uint8Array>([
    ['exports/main/vault.json', bytes],
    ['exports/old/old.dat', odd],
    ['plan/clients.yaml', encodeUtf8(clients)],
    ['plan/plan.md', encodeUtf8(PLAN)],
  ]);
  const plan = ['plan/clients.yaml', 'plan/plan.md'].map((path) => described(path, files.get(path)!));
  const manifest: Manifest = {
    type: 'holdfast manifest v1',
    escrow: '0123456789abcdef',
    sequence: 42,
    created: NOW,
    canary: { time: NOW, id: '00'.repeat(16) },
    sources: [
      {
        ...(await described('exports/main/vault.json', bytes)),
        ...source,
        name: 'main',
        format: 'holdfast-json',
        product: 'Holdfast',
        entries: items.length,
      },
      {
        ...(await described('exports/old/old.dat', odd)),
        ...source,
        name: 'old',
        format: 'keeper-json',
        product: 'Keeper',
        entries: null,
      },
    ],
    attachments: [],
    plan: await Promise.all(plan),
  };
  return {
    manifest,
    files,
    doubts: [{ kind: 'older', created: '2026-11-24T03:00:00Z' }],
    language: 'en',
    startedAt: Date.now(),
  };
}
