// Bytes from anybody into every decoder of core/record: a value or one of our codes, nothing else. Mutated
// documents matter more than noise, since noise rarely gets past the first brace.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, encodeUtf8, type Bytes } from '../../../src/core/bytes.ts';
import { EscrowError } from '../../../src/core/errors.ts';
import {
  decodeCharter,
  encodeCharter,
  signCharter,
  verifyCharter,
} from '../../../src/core/record/charter.ts';
import { verifyLedger } from '../../../src/core/record/ledger.ts';
import { decodePublicKey, encodePublicKey, verifyDetached } from '../../../src/core/record/minisign.ts';
import {
  decodeRecord,
  encodeRecord,
  signRecord,
  verifyRecord,
} from '../../../src/core/record/package-record.ts';
import { decodeChallenge, decodeResponse } from '../../../src/core/record/proof.ts';
import ledgers from '../../vectors/ledger.json' with { type: 'json' };
import proofs from '../../vectors/proof.json' with { type: 'json' };
import { crypto, packageRecord, SampleEscrow, SEALER } from './sample.ts';

const escrow = new SampleEscrow(1);
const charter = signCharter(crypto, escrow.charter(), escrow.key);
const record = signRecord(crypto, packageRecord(), SEALER);
const key = escrow.key.publicKey;
const sealerLine = encodePublicKey(crypto, SEALER.publicKey);
const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface Target {
  readonly name: string;
  readonly sample: Bytes;
  /** @returns what must hold of a value that was read. */
  readonly read: (bytes: Bytes) => void;
}

const targets: Target[] = [
  {
    name: 'decodeCharter',
    sample: charter.bytes,
    read: (bytes) => {
      // Whatever is taken has one spelling.
      expect(encodeCharter(decodeCharter(bytes))).toEqual(bytes);
    },
  },
  {
    name: 'verifyCharter',
    sample: charter.bytes,
    read: (bytes) => {
      verifyCharter(crypto, bytes, charter.signature, key);
      expect(bytes).toEqual(charter.bytes);
    },
  },
  {
    name: 'verifyDetached',
    sample: encodeUtf8(charter.signature),
    read: (bytes) => {
      const { trustedComment } = verifyDetached(
        crypto,
        key,
        charter.bytes,
        asText(bytes),
        'holdfast charter v1',
      );
      expect(trustedComment).toBe('holdfast charter v1 escrow 0123456789abcdef number 1');
    },
  },
  {
    name: 'decodePublicKey',
    sample: encodeUtf8(`untrusted comment: x\n${sealerLine}\n`),
    read: (bytes) => {
      expect(decodePublicKey(asText(bytes))).toHaveLength(32);
    },
  },
  {
    name: 'decodeRecord',
    sample: record.bytes,
    read: (bytes) => {
      expect(encodeRecord(decodeRecord(bytes))).toEqual(bytes);
    },
  },
  {
    name: 'verifyRecord',
    sample: record.bytes,
    read: (bytes) => {
      verifyRecord(crypto, bytes, record.signature, [sealerLine]);
      expect(bytes).toEqual(record.bytes);
    },
  },
  {
    name: 'verifyLedger',
    sample: encodeUtf8(ledgers.vectors[0]!.ledger),
    read: (bytes) => {
      const { firstPrev, keys } = ledgers.vectors[0]!;
      const verdict = verifyLedger(crypto, bytes, { firstPrev, keys });
      expect(verdict.problems.every((problem) => problem instanceof EscrowError)).toBe(true);
    },
  },
  {
    name: 'decodeChallenge',
    sample: encodeUtf8(proofs.challenges[0]!.text),
    read: (bytes) => {
      expect(decodeChallenge(asText(bytes))).toEqual(proofs.challenge);
    },
  },
  {
    name: 'decodeResponse',
    sample: encodeUtf8(proofs.responses[0]!.response),
    read: (bytes) => void decodeResponse(bytes),
  },
];

/** One small injury: a byte changed, a stretch cut out, doubled, or replaced by something telling. */
const injury = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom(
        '"',
        '{',
        '[',
        '\n',
        '\\ud800',
        '1e999',
        '-0',
        'null',
        '"__proto__":{},',
        '{"a":',
        '\u0000',
      )
      .map((text) => encodeUtf8(text)),
  ),
});

type Injury = typeof injury extends fc.Arbitrary<infer T> ? T : never;

function injure(sample: Bytes, injuries: readonly Injury[]): Bytes {
  return injuries.reduce<Bytes>((bytes, { at, length, insert }) => {
    const start = Math.floor(at * bytes.length);
    return concatBytes(bytes.subarray(0, start), insert, bytes.subarray(start + length));
  }, sample);
}

function readSafely(target: Target, bytes: Bytes): void {
  try {
    target.read(bytes);
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
  }
}

test.each(targets)('$name takes its own sample', (target) => {
  target.read(target.sample);
});

test.each(targets)('$name survives injured documents', (target) => {
  fc.assert(
    fc.property(fc.array(injury, { minLength: 1, maxLength: 4 }), (injuries) => {
      readSafely(target, injure(target.sample, injuries));
    }),
    { numRuns: 400 },
  );
});

test.each(targets)('$name survives noise and odd JSON', (target) => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.json({ maxDepth: 8 }).map((text) => encodeUtf8(text)),
    fc.constantFrom('[', '{"a":', '"', '\\').map((text) => encodeUtf8(text.repeat(50_000))),
  );
  fc.assert(
    fc.property(noise, (bytes) => {
      readSafely(target, new Uint8Array(bytes));
    }),
    { numRuns: 300 },
  );
});
