import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import { EscrowError } from '../../../src/core/errors.ts';
import { decodeCharter } from '../../../src/core/record/charter.ts';
import { encodeRecord } from '../../../src/core/record/package-record.ts';
import { codeOf, packageRecord, SampleEscrow } from './sample.ts';

const charter = new SampleEscrow(1).charter();

function reasonFor(value: unknown): string {
  try {
    decodeCharter(encodeUtf8(`${JSON.stringify(value, null, 2)}\n`));
  } catch (error) {
    if (error instanceof EscrowError) return (error as EscrowError<'charter.format'>).facts.reason;
    throw error;
  }
  return 'none';
}

test.each([
  [{ ...charter, holder: 'x' }, 'the document has an unknown key holder'],
  [{ ...charter, '\u001b[2J': 'x' }, 'the document has an unknown key'],
  [{ ...charter, created: 'today' }, 'created is not a time like 2026-11-24T01:02:03Z'],
  [{ ...charter, set: { number: 1 } }, 'set.id is missing'],
  [
    { ...charter, cards: [{ ...charter.cards[0], card: 0 }] },
    'cards[0].card is not a whole number from 1 to 255',
  ],
  [{ ...charter, sealers: Array(256).fill('x') }, 'sealers has more than 255 items'],
  [{ ...charter, policy: [] }, 'policy is not an object'],
])('a refusal says where and what (%#)', (value, reason) => {
  expect(reasonFor(value)).toBe(reason);
});

test('a value of our own with a key too many is not written', () => {
  expect(codeOf(() => encodeRecord({ ...packageRecord(), name: 'x' } as never))).toBe('record.format');
});
