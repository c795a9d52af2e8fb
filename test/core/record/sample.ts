// An escrow made from a fixed seed, with share records that are only bytes: what core/record signs
// about cards does not depend on how a seed is split.

import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { hybridRecipient } from '../../../src/core/age/keys.ts';
import { encodeHex, type Bytes } from '../../../src/core/bytes.ts';
import type { CryptoPort, KeyPair } from '../../../src/core/crypto.ts';
import { charterKeyPair, type Charter } from '../../../src/core/record/charter.ts';
import { encodePublicKey } from '../../../src/core/record/minisign.ts';
import type { PackageRecord } from '../../../src/core/record/package-record.ts';
import { cardCommitment, cardProofSeed } from '../../../src/core/share/set.ts';
import { recipientTag } from '../../../src/core/share/share-record.ts';

export const crypto: CryptoPort = await loadNodeCrypto();

export const SEALER: KeyPair = crypto.ed25519KeyPair(new Uint8Array(32).fill(7));

/** One escrow key: its seed, what is derived from it, and five share records. */
export class SampleEscrow {
  readonly key: KeyPair;
  readonly recipient: string;
  readonly shares: readonly Bytes[];

  constructor(fill: number) {
    const seed = new Uint8Array(32).fill(fill);
    this.key = charterKeyPair(crypto, seed);
    this.recipient = hybridRecipient(crypto, seed);
    this.shares = [1, 2, 3, 4, 5].map((card) => new Uint8Array(50).fill(10 * fill + card));
  }

  charter(changes: Partial<Charter> = {}): Charter {
    return {
      type: 'holdfast charter v1',
      escrow: '0123456789abcdef',
      number: 1,
      created: '2026-11-24T01:02:03Z',
      charterKey: encodePublicKey(crypto, this.key.publicKey),
      recipient: this.recipient,
      set: { number: 1, id: `01${encodeHex(recipientTag(crypto, this.recipient))}0a0b0c` },
      policy: { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
      cards: this.shares.map((share, at) => ({
        card: at + 1,
        group: 1,
        member: at + 1,
        commitment: encodeHex(cardCommitment(crypto, share)),
        proofKey: encodeHex(crypto.ed25519KeyPair(cardProofSeed(crypto, share)).publicKey),
      })),
      sealers: [encodePublicKey(crypto, SEALER.publicKey)],
      previous: null,
      ...changes,
    };
  }
}

export function packageRecord(changes: Partial<PackageRecord> = {}): PackageRecord {
  return {
    type: 'holdfast record v1',
    escrow: '0123456789abcdef',
    sequence: 1,
    previous: null,
    created: '2026-11-24T01:02:03Z',
    package: { file: '000001-20261124T010203Z.tar.age', size: 20_480, sha256: '11'.repeat(32) },
    charter: '22'.repeat(32),
    setId: '010102030405060708',
    counts: { sources: 1, entries: 5_000, folders: 61, attachments: 3 },
    findings: 0,
    sealer: encodePublicKey(crypto, SEALER.publicKey),
    tool: 'holdfast 0.1.0',
    ...changes,
  };
}

/** The code a throw carries; undefined when nothing is thrown. */
export function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return undefined;
}
