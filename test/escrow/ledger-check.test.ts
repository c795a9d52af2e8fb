// The ledger and the records tell of each other.

import { describe, expect, test } from 'vitest';
import type { JudgedLine, LedgerVerdict } from '../../src/core/record/ledger.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { checkCeremonies, checkLedger } from '../../src/escrow/ledger-check.ts';
import type { BelievedCharter } from '../../src/escrow/sealer-history.ts';
import { crypto } from './sample.ts';

const keyLine = (name: number): string =>
  encodePublicKey(crypto, crypto.ed25519KeyPair(new Uint8Array(32).fill(name)).publicKey);
const [SEALER, FIRST, SECOND] = [keyLine(1), keyLine(2), keyLine(3)];

const hashOf = (sequence: number, variant = 0): string => `${sequence}${variant}`.padStart(64, '0');

function line(
  number: number,
  event: 'ceremony' | 'note' | 'seal',
  facts: JudgedLine['body']['facts'],
): JudgedLine {
  return {
    body: { type: 'holdfast ledger v1', line: number, time: '2026-11-24T01:02:03Z', prev: '', event, facts },
    key: SEALER,
    hash: '',
    isTrusted: true,
  };
}

const seal = (number: number, sequence: number, variant = 0): JudgedLine =>
  line(number, 'seal', { sequence, record: hashOf(sequence, variant) });

function ledgerOf(...lines: JudgedLine[]): LedgerVerdict {
  return { lines, head: { line: lines.length, hash: '' }, problems: [], isComplete: true, torn: undefined };
}

const around = (...hashes: string[]): Parameters<typeof checkLedger>[1] => ({
  recordHashes: new Set(hashes),
  sealersRecords: hashes,
  damagedRecords: new Set(),
  pinnedRecord: undefined,
});

const CEREMONY = line(1, 'ceremony', { kind: 'new' });
const told = (ledger: LedgerVerdict, surroundings: Parameters<typeof checkLedger>[1]): string[] =>
  checkLedger(ledger, surroundings).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test('every seal has its record: nothing to tell', () => {
  expect(told(ledgerOf(CEREMONY, seal(2, 1), seal(3, 2)), around(hashOf(1), hashOf(2)))).toEqual([]);
});

test('a record of which no line tells: a kill came between, or the ledger was cut', () => {
  expect(told(ledgerOf(CEREMONY, seal(2, 1)), around(hashOf(1), hashOf(2), hashOf(3)))).toEqual([
    'warning record-untold: 2 records of which no line of the ledger tells',
  ]);
  // Another's record never has a line.
  const others = { ...around(hashOf(1), hashOf(2)), sealersRecords: [hashOf(1)] };
  expect(told(ledgerOf(CEREMONY, seal(2, 1)), others)).toEqual([]);
});

describe('a record that is not here', () => {
  const ledger = ledgerOf(CEREMONY, seal(2, 1), seal(3, 2));

  test('is missed', () => {
    expect(told(ledger, around(hashOf(1)))).toEqual([
      'error record-missing: line 3 of the ledger tells of record 2, which is not here',
    ]);
  });

  test('and not told twice, when it is damaged or was seen here before', () => {
    expect(told(ledger, { ...around(hashOf(1)), damagedRecords: new Set([2]) })).toEqual([]);
    expect(told(ledger, { ...around(hashOf(1)), pinnedRecord: hashOf(2) })).toEqual([]);
  });

  test('is not missed on the word of a line that nobody may sign', () => {
    const forged = { ...seal(3, 2), isTrusted: false };
    expect(told(ledgerOf(CEREMONY, seal(2, 1), forged), around(hashOf(1)))).toEqual([]);
  });
});

test('two packages of one number', () => {
  const ledger = ledgerOf(CEREMONY, seal(2, 1), seal(3, 2), seal(4, 1, 1));
  expect(told(ledger, around(hashOf(1), hashOf(2), hashOf(1, 1)))).toEqual([
    'error ledger-fork: the ledger tells of two packages 1',
  ]);
});

test('the same line twice is no second package', () => {
  expect(told(ledgerOf(CEREMONY, seal(2, 1), seal(3, 1)), around(hashOf(1)))).toEqual([]);
});

test('a ledger that is gone', () => {
  expect(told(ledgerOf(), around())).toEqual([
    'error ledger-missing: there is no ledger, though every ceremony begins one',
  ]);
});

describe('a ceremony', () => {
  const history = [
    { charter: { number: 1, charterKey: FIRST }, hash: 'one' },
    { charter: { number: 2, charterKey: SECOND }, hash: 'two' },
  ] as unknown as readonly BelievedCharter[];
  const by = (key: string, of: JudgedLine): JudgedLine => ({ ...of, key });
  const founding = by(FIRST, line(1, 'ceremony', { kind: 'new', charter: 'one', number: 1, exceptions: 2 }));
  const mended = { kind: 'rekey', charter: 'two', number: 2 };
  const wrong = (...lines: readonly JudgedLine[]): string[] =>
    checkCeremonies(ledgerOf(...lines), history).map(({ code, message }) => `${code}: ${message}`);

  test('is told by the key of its charter', () => {
    const second = by(SECOND, line(2, 'ceremony', { ...mended, sequence: 0 }));
    expect(wrong(founding, second)).toEqual([]);
    expect(wrong(founding, by(FIRST, second))).toHaveLength(1);
    expect(wrong(founding, by(SEALER, second))).toEqual([
      'ledger-damaged: the ledger: line 2 is not that of a ceremony, signed by the key of its charter',
    ]);
  });

  test('that was killed before its line is told by whoever writes next, and no more than that it was', () => {
    expect(wrong(founding, by(SEALER, line(2, 'ceremony', mended)))).toEqual([]);
    expect(wrong(founding, by(SEALER, line(2, 'ceremony', { ...mended, exceptions: 0 })))).toHaveLength(1);
  });

  test('is of a charter that is there', () => {
    const unknown = line(2, 'ceremony', { ...mended, charter: 'nine', number: 9 });
    expect(wrong(founding, by(SEALER, unknown))).toHaveLength(1);
    expect(checkCeremonies(ledgerOf(by(SECOND, founding), by(SEALER, unknown)), history.slice(1))).toEqual(
      [],
    );
  });

  test('is what every ledger begins with', () => {
    const bare = line(1, 'ceremony', { kind: 'new', charter: 'one', number: 1 });
    expect(wrong(by(FIRST, bare))).toEqual([]);
    expect(wrong(by(SEALER, bare))).toHaveLength(1);
    expect(wrong(seal(1, 1))).toHaveLength(1);
    expect(wrong(by(SECOND, line(1, 'ceremony', mended)))).toHaveLength(1);
    // Nobody knows the first charter where the chain is broken.
    expect(checkCeremonies(ledgerOf(by(SEALER, bare)), history.slice(1))).toEqual([]);
  });

  test('has its exceptions from the same key', () => {
    const note = (number: number): JudgedLine => line(number, 'note', { kind: 'exception', text: 'x' });
    const [two, three] = [by(FIRST, note(2)), by(FIRST, note(3))];
    expect(told(ledgerOf(founding, two, three), around())).toEqual([]);
    expect(told(ledgerOf(founding, two, by(SEALER, three)), around())).toEqual([
      'error exceptions-missing: line 1 of the ledger tells of 2 exceptions at the ceremony, and 1 follow',
    ]);
  });
});
