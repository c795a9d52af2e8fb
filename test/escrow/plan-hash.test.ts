// The hash of a plan against vectors that another program made (docs/spec/plan.md).

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { decodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { reportOf } from '../../src/cli/report.ts';
import { isEscrowError, type EscrowError } from '../../src/core/errors.ts';
import { assertPlanIs, planDocument, planHash } from '../../src/escrow/plan-hash.ts';
import { planFile } from '../../src/escrow/plan-file.ts';
import { folded } from '../../src/escrow/plan-names.ts';
import { decodePlan, isPlanText } from '../../src/escrow/plan.ts';
import vectors from '../vectors/plan.json' with { type: 'json' };

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'ok';
  } catch (error) {
    if (isEscrowError(error)) return error.code;
    throw error;
  }
}

describe('vectors', () => {
  test.each([...vectors.same, ...vectors.other])('$name', ({ plan: source, document, hash, words }) => {
    const plan = decodePlan(source);
    expect(decodeUtf8(planDocument(plan))).toBe(document);
    expect(planHash(crypto, plan)).toEqual({ hash, words });
  });

  test('one plan has one hash however it is spelled, and every other plan has another', () => {
    expect(new Set(vectors.same.map(({ hash }) => hash)).size).toBe(1);
    const all = [...vectors.same.slice(0, 1), ...vectors.other];
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(all.length);
  });

  test.each(vectors.agreed)('agreed: $name', ({ expect: code, agreed }) => {
    const plan = decodePlan(vectors.same[0]!.plan);
    expect(
      codeOf(() => {
        assertPlanIs(crypto, plan, agreed);
      }),
    ).toBe(code);
  });

  test.each(vectors.refused)('refused: $name', ({ expect: code, plan }) => {
    expect(codeOf(() => decodePlan(plan))).toBe(code);
  });
});

test('a refusal names both, as the agreed one was given', () => {
  const [plan, other] = [decodePlan(vectors.same[0]!.plan), vectors.other[0]!];
  const { hash, words } = planHash(crypto, plan);
  for (const [agreed, found] of [
    [other.words.join(' '), words.join(' ')],
    [other.hash, hash],
  ] as const) {
    expect(() => {
      assertPlanIs(crypto, plan, agreed);
    }).toThrow(expect.objectContaining({ code: 'plan.not-agreed', facts: { agreed, found } }));
  }
});

test('words that were pasted as they stand on two lines are the same words', () => {
  const plan = decodePlan(vectors.same[0]!.plan);
  const { words } = planHash(crypto, plan);
  expect(() => {
    assertPlanIs(crypto, plan, `${words[0]!}\n      ${words.slice(1).join(' ')}`);
  }).not.toThrow();
});

test('words with a slip are told to be those of a plan, and where those stand', () => {
  const plan = decodePlan(vectors.same[0]!.plan);
  try {
    assertPlanIs(crypto, plan, 'cousin test sail');
    expect.unreachable();
  } catch (error) {
    const { message, hint } = reportOf(error as EscrowError);
    expect(message).toBe('those are not the six words of a plan: there are 3 words, not 6');
    expect(hint).toBe('holdfast ceremony plan --plan FILE shows them');
  }
});

test('whatever was answered, the file that is written says it', () => {
  const text = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 30 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    )
    .filter(isPlanText)
    .map((value) => value.trim());
  const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined });
  const trustee = fc.record({
    name: text,
    contact: optional(text),
    place: optional(text),
    household: optional(text),
    team: optional(text),
    reportsTo: optional(text),
    outside: optional(fc.boolean()),
    reachable: optional(fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)),
  });
  const trustees = fc.uniqueArray(trustee, {
    minLength: 2,
    maxLength: 6,
    selector: ({ name }) => folded(name),
  });
  const paper = fc.constantFrom('a4' as const, 'letter' as const);
  const fields = fc.record({
    organisation: text,
    lead: optional(text),
    witness: optional(text),
    paper,
    trustees,
  });
  fc.assert(
    fc.property(fields, (answers) => {
      const asked = { ...answers, threshold: 2 };
      const plan = decodePlan(planFile(asked));
      // JSON leaves out what is undefined, as the file does.
      expect(planHash(crypto, plan)).toEqual(planHash(crypto, decodePlan(JSON.stringify(asked))));
    }),
  );
});
