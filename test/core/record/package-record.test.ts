import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import { encodePublicKey } from '../../../src/core/record/minisign.ts';
import {
  decodeRecord,
  encodeRecord,
  signRecord,
  verifyRecord,
} from '../../../src/core/record/package-record.ts';
import { verifyRecordChain } from '../../../src/core/record/record-chain.ts';
import { codeOf, crypto, packageRecord, SEALER } from './sample.ts';

test('a signed record verifies and says whether its sealer is known', () => {
  const record = packageRecord();
  const { bytes, signature } = signRecord(crypto, record, SEALER);
  const line = encodePublicKey(crypto, SEALER.publicKey);
  expect(verifyRecord(crypto, bytes, signature, [line])).toEqual({ record, sealerKnown: true });
  expect(verifyRecord(crypto, bytes, signature, [])).toEqual({ record, sealerKnown: false });
});

test('a record is signed only by the key it names', () => {
  const other = crypto.ed25519KeyPair(new Uint8Array(32).fill(8));
  expect(codeOf(() => signRecord(crypto, packageRecord(), other))).toBe('record.format');
});

test('a record that would not read back is not written', () => {
  const outside = packageRecord({ package: { ...packageRecord().package, file: 'a/b.age' } });
  expect(codeOf(() => encodeRecord(outside))).toBe('record.format');
  expect(codeOf(() => decodeRecord(encodeUtf8(' '.repeat(LIMITS.recordBytes + 1))))).toBe('limit.exceeded');
});

test('each problem of a chain says in words what is wrong', () => {
  const link = (sequence: number, hash: string, previous: string | null) => ({
    record: packageRecord({ sequence, previous }),
    hash,
  });
  const problems = verifyRecordChain('0123456789abcdef', [
    link(3, 'c', 'b'),
    link(7, 'd', 'x'),
    link(7, 'e', 'x'),
    link(8, 'f', 'nothing'),
  ]);
  expect(problems.map((problem) => problem.facts)).toEqual([
    { sequence: 3, fault: 'gap', reason: 'records 1 to 2 are missing before it' },
    { sequence: 7, fault: 'gap', reason: 'records 4 to 6 are missing before it' },
    { sequence: 7, fault: 'fork', reason: '2 different records have this number' },
    { sequence: 8, fault: 'previous', reason: 'it does not follow the record before it' },
  ]);
});
