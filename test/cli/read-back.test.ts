// A row typed at the read-back that is not as printed: a slip, or a row of another card, and of which.

import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { typeRow } from '../../src/cli/read-back.ts';
import { charterHash } from '../../src/core/record/charter.ts';
import { beginCeremony, beginNextCeremony, type Ceremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { answering } from '../support/answers.ts';

const crypto = await loadNodeCrypto();
const matter = {
  plan: decodePlan('organisation: N\nthreshold: 2\ntrustees: [{name: Ana}, {name: Bo}, {name: Cy}]\n'),
  sealers: [],
  created: '2026-11-24T01:02:03Z',
};
const first = (escrow: string): Ceremony =>
  beginCeremony(crypto, { ...matter, escrow, setNumber: 1, rolls: undefined });
const old = first('0123456789abcdef');
const before = {
  charter: old.charter,
  hash: await charterHash(crypto, old.signed.bytes),
  seed: old.seed,
};
const reissued = beginNextCeremony(crypto, { ...matter, kind: 'reissue', before });

const rowsOf = (ceremony: Ceremony, card: number): readonly string[] => ceremony.cards[card - 1]!.rows;

function withSlip(row: string, at: number): string {
  return row.slice(0, at) + (row[at] === '7' ? '8' : '7') + row.slice(at + 1);
}

async function verdict(row: number, rows: readonly string[], typed: string): Promise<string> {
  const { prompter, refused } = answering(['Row', typed], ['Row', '']);
  const whose = (asked: number, symbols: string): string | undefined =>
    rowsOf(reissued, 2)[asked - 1] === symbols ? 'card 2, for Bo; card 1 is asked for' : undefined;
  expect(await typeRow(prompter, { row, rows, whose })).toBe(false);
  return refused[0] ?? '';
}

const asked = rowsOf(reissued, 1);

test('a first row of the set before is told with its set, a slip in it too', async () => {
  const told = 'that is row 1 of a card of set 1, the gold circle; set 2, the blue square is asked for';
  const row = rowsOf(old, 1)[0]!;
  expect(await verdict(1, asked, row)).toBe(told);
  expect(await verdict(1, asked, withSlip(row, 12))).toBe(told);
});

test('the other rows of it are told as rows of another card', async () => {
  expect(await verdict(2, asked, rowsOf(old, 1)[1]!)).toBe(
    'that is row 2 of another card; compare number and mark at its head',
  );
});

// The first row of all cards of a set is the same.
test('a row of another card of this ceremony is told with its holder', async () => {
  for (const row of [2, 3])
    expect(await verdict(row, asked, rowsOf(reissued, 2)[row - 1]!)).toBe(
      `that is row ${row} of card 2, for Bo; card 1 is asked for`,
    );
});

test('a card of the same number of another escrow is told as such', async () => {
  expect(await verdict(1, rowsOf(old, 1), rowsOf(first('fedcba9876543210'), 1)[0]!)).toBe(
    'that is row 1 of a card of another escrow, or of a run that was stopped',
  );
});

test('a slip is told by its group', async () => {
  expect(await verdict(2, asked, withSlip(asked[1]!, 5))).toBe('group 2 differs; compare it with the paper');
  expect(await verdict(2, asked, asked[2]!)).toBe('that is row 3; row 2 is asked for');
});
