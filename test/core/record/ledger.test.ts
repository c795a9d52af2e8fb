import { expect, test } from 'vitest';
import { concatBytes, encodeUtf8, type Bytes } from '../../../src/core/bytes.ts';
import type { KeyPair } from '../../../src/core/crypto.ts';
import { charterKeyPair } from '../../../src/core/record/charter.ts';
import { LIMITS } from '../../../src/core/limits.ts';
import type { LedgerEvent } from '../../../src/core/record/ledger-event.ts';
import { appendLedger, verifyLedger, wholeLedgerBytes } from '../../../src/core/record/ledger.ts';
import { encodePublicKey } from '../../../src/core/record/minisign.ts';
import charters from '../../vectors/charter.json' with { type: 'json' };
import ledgers from '../../vectors/ledger.json' with { type: 'json' };
import { codeOf, crypto, SEALER } from './sample.ts';

const firstPrev = '33'.repeat(32);
const anchor = { firstPrev, keys: [encodePublicKey(crypto, SEALER.publicKey)] };
const empty: Bytes = new Uint8Array(0);
const note = (text: string): LedgerEvent => ({ event: 'note', facts: { text } });

function append(ledger: Bytes, event: LedgerEvent, key: KeyPair = SEALER): Bytes {
  const entry = { ...event, time: '2026-11-24T01:02:03Z', firstPrev };
  return concatBytes(ledger, encodeUtf8(appendLedger(crypto, ledger, entry, key)));
}

test('lines written here are the lines of the independent script', () => {
  const sealer = crypto.ed25519KeyPair(Buffer.from(ledgers.seed, 'hex'));
  const charterKey = charterKeyPair(crypto, Buffer.from(charters.key.seed, 'hex'));
  let ledger = empty;
  for (const { event, facts, time } of ledgers.lines) {
    const entry = { event, facts, time, firstPrev: ledgers.vectors[0]!.firstPrev } as Parameters<
      typeof appendLedger
    >[2];
    const key = event === 'ceremony' ? charterKey : sealer;
    ledger = concatBytes(ledger, encodeUtf8(appendLedger(crypto, ledger, entry, key)));
  }
  expect(Buffer.from(ledger).toString()).toBe(ledgers.vectors[0]!.ledger);
});

test('every change of one byte is noticed', () => {
  const ledger = append(append(empty, { event: 'verify', facts: { findings: 2 } }), note('x'));
  expect(verifyLedger(crypto, ledger, anchor).problems).toEqual([]);
  for (let at = 0; at < ledger.length - 1; at++) {
    const changed = ledger.map((byte, index) => (index === at ? byte ^ 1 : byte));
    // A newline turned into another byte joins two lines; a byte turned into one tears a line in two.
    const { problems } = verifyLedger(crypto, changed, anchor);
    expect(problems.length, `byte ${at}`).toBeGreaterThan(0);
  }
});

test('a torn last line is told apart, kept out of the head, and mended by cutting it off', () => {
  const one = append(empty, note('one'));
  const two = append(one, note('two'));
  for (const cut of [1, 50, two.length - one.length - 1]) {
    const torn = two.subarray(0, one.length + cut);
    const verdict = verifyLedger(crypto, torn, anchor);
    expect(verdict.problems).toEqual([]);
    expect(verdict.head).toEqual(verifyLedger(crypto, one, anchor).head);
    expect(verdict.torn).toEqual({ offset: one.length, bytes: cut });
    expect(codeOf(() => append(torn, note('three')))).toBe('ledger.format');
    const mended = torn.slice(0, wholeLedgerBytes(torn));
    expect(append(mended, note('two'))).toEqual(two);
  }
});

test('a first line torn before anything was whole', () => {
  const torn = append(empty, note('one')).slice(0, 40);
  expect(verifyLedger(crypto, torn, anchor)).toMatchObject({ lines: [], torn: { offset: 0, bytes: 40 } });
  expect(wholeLedgerBytes(torn)).toBe(0);
  expect(codeOf(() => append(torn, note('two')))).toBe('ledger.format');
});

test('trust is said line by line', () => {
  const stranger = crypto.ed25519KeyPair(new Uint8Array(32).fill(9));
  const ledger = append(append(append(empty, note('one')), note('two'), stranger), note('three'));
  const verdict = verifyLedger(crypto, ledger, anchor);
  expect(verdict.lines.map((line) => line.isTrusted)).toEqual([true, false, true]);
  expect(verdict.problems).toMatchObject([{ code: 'ledger.signer', facts: { line: 2 } }]);
});

test('an event without its facts is not written', () => {
  const event = { event: 'seal', facts: { sequence: 1 } } as unknown as LedgerEvent;
  expect(codeOf(() => append(empty, event))).toBe('ledger.format');
  expect(codeOf(() => append(empty, note('\u001b[2J')))).toBe('ledger.format');
  const long = {
    event: 'note',
    facts: { text: 'x', more: Array<string>(100).fill('y'.repeat(1_000)) },
  } as const;
  expect(codeOf(() => append(empty, long))).toBe('limit.exceeded');
});

test('a file of rubbish ends in a bounded list of problems', () => {
  const verdict = verifyLedger(crypto, new Uint8Array(4_000_000).fill(0x0a), anchor);
  expect(verdict.problems).toHaveLength(LIMITS.ledgerProblems);
  expect(verdict.isComplete).toBe(false);
});

test('size is judged before anything is read', () => {
  const huge = new Uint8Array(LIMITS.ledgerBytes + 1);
  expect(codeOf(() => verifyLedger(crypto, huge, anchor))).toBe('limit.exceeded');
});
