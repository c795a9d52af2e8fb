// Escrows in memory: a ceremony of any plan, and the folder that some seals would leave.

import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { isEscrowError } from '../../src/core/errors.ts';
import type { Bytes } from '../../src/core/bytes.ts';
import type { CryptoPort, KeyPair } from '../../src/core/crypto.ts';
import { charterHash, charterKeyPair } from '../../src/core/record/charter.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { recordHash, signRecord } from '../../src/core/record/package-record.ts';
import type { PackageRecord } from '../../src/core/record/package-record.ts';
import { beginCeremony } from '../../src/escrow/ceremony.ts';
import type { Ceremony } from '../../src/escrow/ceremony.ts';
import { extendLedger } from '../../src/escrow/ledger-lines.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { pinsFor } from '../../src/escrow/trust.ts';
import type { Pins } from '../../src/escrow/trust.ts';
import type { EscrowContents, PresentPackage } from '../../src/escrow/ports.ts';

export const crypto: CryptoPort = await loadNodeCrypto();

export const SEALER: KeyPair = crypto.ed25519KeyPair(new Uint8Array(32).fill(7));
export const STRANGER: KeyPair = crypto.ed25519KeyPair(new Uint8Array(32).fill(8));

const CREATED = '2026-11-23T09:00:00Z';

/** A list of trustees who differ. */
const trustees = (count: number, from = 1): { name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `Trustee ${from + index}` }));

/** The plan of one group. */
export const flat = (threshold: number, cards: number): object => ({
  organisation: 'Northwind IT',
  threshold,
  trustees: trustees(cards),
});

/** The plan of several groups, each `[threshold, members]`. */
export const grouped = (groupThreshold: number, ...groups: [number, number][]): object => ({
  organisation: 'Northwind IT',
  groupThreshold,
  groups: groups.map(([threshold, members], index) => ({
    name: `Group ${index + 1}`,
    threshold,
    trustees: trustees(members, 100 * (index + 1)),
  })),
});

export function ceremonyOf(
  plan: object,
  { escrow = '0123456789abcdef', setNumber = 1 }: { escrow?: string; setNumber?: number } = {},
): Ceremony {
  return beginCeremony(crypto, {
    plan: decodePlan(JSON.stringify(plan)),
    escrow,
    setNumber,
    sealers: [encodePublicKey(crypto, SEALER.publicKey)],
    created: CREATED,
  });
}

/** An escrow folder as it would lie on a disk, with the pins of the machine that made it. */
interface SampleFolder {
  readonly ceremony: Ceremony;
  readonly contents: EscrowContents;
  readonly pins: Pins;
  readonly records: readonly { record: PackageRecord; hash: string }[];
}

interface Written {
  readonly record: PackageRecord;
  readonly hash: string;
  readonly name: string;
  readonly bytes: Bytes;
  readonly signature: string;
}

async function recordOf(ceremony: Ceremony, sequence: number, before: Written | undefined): Promise<Written> {
  const stem = `${String(sequence).padStart(6, '0')}-20261124T0102${String(sequence).padStart(2, '0')}Z`;
  const record: PackageRecord = {
    type: 'holdfast record v1',
    escrow: ceremony.charter.escrow,
    sequence,
    previous: before?.hash ?? null,
    created: `2026-11-24T01:02:${String(sequence).padStart(2, '0')}Z`,
    package: { file: `${stem}.tar.age`, size: 1_000 + sequence, sha256: '11'.repeat(32) },
    charter: await charterHash(crypto, ceremony.signed.bytes),
    setId: ceremony.charter.set.id,
    counts: { sources: 1, entries: 60, folders: 3, attachments: 0 },
    findings: 0,
    sealer: encodePublicKey(crypto, SEALER.publicKey),
    tool: 'holdfast 0.1.0',
  };
  const { bytes, signature } = signRecord(crypto, record, SEALER);
  return { record, hash: await recordHash(crypto, bytes), name: `${stem}.json`, bytes, signature };
}

/** A folder with so many sealed packages. */
export async function folderOf(ceremony: Ceremony, seals: number): Promise<SampleFolder> {
  const { charter, signed, charterKey, seed } = ceremony;
  const firstPrev = await charterHash(crypto, signed.bytes);
  let { ledger, head } = extendLedger(crypto, new Uint8Array(), {
    time: CREATED,
    firstPrev,
    events: [{ event: 'ceremony', facts: { kind: 'new', charter: firstPrev, number: charter.number } }],
    key: charterKeyPair(crypto, seed),
  });
  const written: Written[] = [];
  for (let sequence = 1; sequence <= seals; sequence++) {
    const record = await recordOf(ceremony, sequence, written.at(-1));
    written.push(record);
    const event = { event: 'seal', facts: { sequence, record: record.hash } } as const;
    const time = record.record.created;
    ({ ledger, head } = extendLedger(crypto, ledger, { time, firstPrev, events: [event], key: SEALER }));
  }
  const last = written.at(-1);
  const pins = await pinsFor(crypto, charter, signed.bytes, charterKey);
  return {
    ceremony,
    contents: {
      charter: signed,
      chain: [signed],
      records: written.map(({ name, bytes, signature }) => ({ name, document: { bytes, signature } })),
      packages: written.map(({ record }): PresentPackage => {
        const { file, size, sha256 } = record.package;
        return { name: file, size, sha256 };
      }),
      ledger,
    },
    pins: {
      ...pins,
      record: last ? { sequence: last.record.sequence, sha256: last.hash, sources: [] } : null,
      ledger: head,
    },
    records: written.map(({ record, hash }) => ({ record, hash })),
  };
}

/** The code and facts of what is thrown; undefined when nothing is. */
export async function refusal(work: () => unknown): Promise<{ code: string; facts: unknown } | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isEscrowError(error)) return { code: error.code, facts: error.facts };
    throw error;
  }
}
