import { expect, test } from 'vitest';
import type { EscrowError } from '../../../src/core/errors.ts';
import { charterHash, encodeCharter } from '../../../src/core/record/charter.ts';
import {
  answerChallenge,
  decodeChallenge,
  decodeResponse,
  encodeChallenge,
  makeChallenge,
  verifyResponse,
  type Challenge,
  type ProofResponse,
} from '../../../src/core/record/proof.ts';
import { codeOf, crypto, SampleEscrow } from './sample.ts';

const escrow = new SampleEscrow(1);
const charter = escrow.charter();
const known = { charter, hash: await charterHash(crypto, encodeCharter(charter)) };
const ask = (card: number) => makeChallenge(crypto, { escrow: charter.escrow, charter: known.hash, card });

test('each card answers for itself and for no other', () => {
  for (const [at, share] of escrow.shares.entries()) {
    const asked = decodeChallenge(encodeChallenge(ask(at + 1)));
    const response = decodeResponse(answerChallenge(crypto, asked, known, share));
    verifyResponse(crypto, response, asked, known);
    const other = escrow.shares[(at + 1) % 5]!;
    expect(codeOf(() => answerChallenge(crypto, asked, known, other))).toBe('proof.refused');
  }
});

test('an answer serves one challenge only', () => {
  const [asked, again] = [ask(1), ask(1)];
  const response = decodeResponse(answerChallenge(crypto, asked, known, escrow.shares[0]!));
  expect(
    codeOf(() => {
      verifyResponse(crypto, response, again, known);
    }),
  ).toBe('proof.refused');
  // The challenge in the file is only a label: relabelled, the signature gives it away.
  const relabelled = { ...response, challenge: again.challenge };
  expect(
    codeOf(() => {
      verifyResponse(crypto, relabelled, again, known);
    }),
  ).toBe('proof.refused');
});

test('an answer holds nothing of the share', () => {
  const share = escrow.shares[2]!;
  const text = Buffer.from(answerChallenge(crypto, ask(3), known, share)).toString('latin1');
  for (const spelled of ['hex', 'base64', 'latin1'] as const) {
    expect(text).not.toContain(Buffer.from(share.slice(10, 20)).toString(spelled).slice(0, 12));
  }
});

function reasonOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as EscrowError<'proof.refused'>).facts.reason;
  }
  return undefined;
}

test('a device answers only about the charter it has', () => {
  const share = escrow.shares[0]!;
  const about = (change: Partial<Challenge>): string | undefined =>
    reasonOf(() => answerChallenge(crypto, { ...ask(1), ...change }, known, share));
  expect(about({ charter: '00'.repeat(32) })).toBe('other-charter');
  expect(about({ escrow: 'fedcba9876543210' })).toBe('other-escrow');
  expect(about({ card: 6 })).toBe('no-such-card');
  expect(about({ card: 2 })).toBe('other-card');
});

test('a refused response is told apart', () => {
  const asked = ask(1);
  const response = decodeResponse(answerChallenge(crypto, asked, known, escrow.shares[0]!));
  const changed = (change: Partial<ProofResponse>): string | undefined =>
    reasonOf(() => {
      verifyResponse(crypto, { ...response, ...change }, asked, known);
    });
  expect(changed({})).toBeUndefined();
  expect(changed({ escrow: 'fedcba9876543210' })).toBe('answer-of-other-escrow');
  expect(changed({ card: 2 })).toBe('answer-of-other-card');
  expect(changed({ challenge: '00'.repeat(32) })).toBe('answer-to-other-challenge');
  expect(changed({ signature: `${'A'.repeat(86)}==` })).toBe('signature');
});
