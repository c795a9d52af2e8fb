// This program's own JSON, written by hand after docs/vaults.md.

import { AWKWARD, SEED } from './awkward.ts';

export const HOLDFAST_DATA = {
  format: 'holdfast vault v1',
  written: '2026-11-24T08:00:00.000Z',
  source: { product: 'Keeper', format: 'keeper-json', sha256: '00' },
  containers: [
    { id: 'a', name: 'Alder', kind: 'client' },
    { id: 'b', parentId: 'a', name: 'Servers', kind: 'folder', implied: true },
  ],
  findings: [],
  items: [
    {
      id: '1',
      type: 'login',
      sourceType: 'server',
      state: 'archived',
      containerIds: ['b', 'a'],
      title: 'Router',
      username: 'admin',
      password: AWKWARD,
      urls: [{ uri: 'https://alder.test', match: 'host' }, { uri: 'ssh://alder.test' }],
      notes: '',
      totp: [
        {
          secret: 'JBSWY3DPEHPK3PXP',
          algorithm: 'SHA256',
          digits: 8,
          period: 60,
          encoder: 'decimal',
          issuer: 'Alder',
          account: 'me',
          valid: true,
          original: SEED,
        },
      ],
      fields: [{ name: 'pin', value: '0042', kind: 'hidden' }],
      attachments: [
        {
          name: 'a.txt',
          size: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          status: 'present',
          base64: 'YWJj',
        },
        { name: 'gone', size: 0, status: 'referenced-missing' },
      ],
      passkeys: [
        { credentialId: 'AA', relyingParty: 'a.test', userName: 'me', userHandle: 'AQ', privateKey: 'QUJD' },
      ],
      card: { number: '4111' },
      identity: { firstName: 'Ada' },
      ssh: { privateKey: 'k', publicKey: 'p', fingerprint: 'f' },
      history: [{ value: 'old', at: '2025-01-01T00:00:00.000Z' }, { value: 'older' }],
      tags: ['red'],
      favourite: true,
      created: '2024-01-01T00:00:00.000Z',
      modified: '2025-01-01T00:00:00.000Z',
      expires: '2030-01-01T00:00:00.000Z',
      unmapped: ['colour'],
      raw: { uid: 1 },
    },
  ],
};
