import { expect, test } from 'vitest';
import { charterHash, encodeCharter } from '../../../src/core/record/charter.ts';
import {
  answerChallenge,
  decodeChallenge,
  decodeResponse,
  encodeChallenge,
  makeChallenge,
  verifyResponse,
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
