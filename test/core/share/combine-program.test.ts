// The combine that was written from the spec alone, in another language: cards must outlive this program.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { identityToRecipient } from 'age-encryption';
import type { TestContext } from 'vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { encodeHybridIdentity, hybridRecipient } from '../../../src/core/age/keys.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import type { Policy } from '../../../src/core/share/policy.ts';
import { encodeShare, recipientTag } from '../../../src/core/share/share-record.ts';
import { encodeShareRows, formatRow } from '../../../src/core/share/share-text.ts';
import { splitSeed } from '../../../src/core/share/split.ts';
import { python } from './python.ts';
import { flat, spoil } from './sample.ts';

const PROGRAM = 'docs/spec/combine.py';

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

interface Escrow {
  seed: Uint8Array;
  recipient: string;
  /** Printed rows by card, from index 0. */
  cards: string[][];
}

function escrow(policy: Policy): Escrow {
  const seed = crypto.randomBytes(32);
  const recipient = hybridRecipient(crypto, seed);
  const shares = splitSeed(crypto, seed, policy, { setNumber: 4, recipient });
  expect(shares[0]!.recipientTag).toEqual(recipientTag(crypto, recipient));
  return {
    seed,
    recipient,
    cards: shares.map((share) => encodeShareRows(encodeShare(crypto, share)).map(formatRow)),
  };
}

function run(
  context: TestContext,
  cards: readonly string[][],
): { status: number | null; out: string; error: string } {
  const input = cards.map((rows) => `${rows.join('\n')}\n`).join('\n');
  const { status, stdout, stderr } = spawnSync(python(context), [PROGRAM], { input, encoding: 'utf8' });
  return { status, out: stdout.trim(), error: stderr };
}

test('the page prints the program in full', () => {
  const page = readFileSync('docs/spec/share.md', 'utf8');
  const blocks = [...page.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(blocks).toEqual([readFileSync(PROGRAM, 'utf8')]);
});

describe('the program', () => {
  test('makes the identity of the escrow key from the rows of three cards', async (context) => {
    const { seed, recipient, cards } = escrow(flat(3, 5));
    const { status, out } = run(context, [cards[4]!, cards[0]!, cards[2]!]);
    expect(status).toBe(0);
    expect(out).toMatch(/^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]+$/);
    expect(out).toBe(encodeHybridIdentity(seed));
    expect(await identityToRecipient(out)).toBe(recipient);
  });

  test('does so for groups', (context) => {
    const groups = [flat(2, 3), flat(1, 1), flat(3, 4)].flatMap((policy) => policy.groups);
    const { seed, cards } = escrow({ groupThreshold: 2, groups });
    const { out } = run(
      context,
      [3, 4, 5, 7].map((index) => cards[index]!),
    );
    expect(out).toBe(encodeHybridIdentity(seed));
  });

  test('takes more cards than are needed, and a group that is not complete', (context) => {
    const groups = [flat(2, 3), flat(2, 3), flat(1, 1)].flatMap((policy) => policy.groups);
    const { seed, cards } = escrow({ groupThreshold: 2, groups });
    const { out } = run(
      context,
      [0, 1, 2, 3, 6].map((index) => cards[index]!),
    );
    expect(out).toBe(encodeHybridIdentity(seed));
  });

  test('says what is missing, and makes no key of it', (context) => {
    const two = run(context, escrow(flat(3, 5)).cards.slice(0, 2));
    expect(two).toMatchObject({ status: 1, out: '' });
    expect(two.error).toContain('2 of 3 in group 1; groups needed: 1');
    const groups = [flat(2, 3), flat(2, 3)].flatMap((policy) => policy.groups);
    const one = run(context, escrow({ groupThreshold: 2, groups }).cards.slice(0, 4));
    expect(one).toMatchObject({ status: 1, out: '' });
    expect(one.error).toContain('3 of 2 in group 1, 1 of 2 in group 2; groups needed: 2');
    expect(run(context, [])).toMatchObject({ status: 1, out: '' });
  });

  test('refuses a row that is not as printed, and cards of two sets', (context) => {
    const { cards } = escrow(flat(2, 2));
    const wrong = [spoil(cards[0]![0]!, [[2, 1]]), ...cards[0]!.slice(1)];
    const refused = run(context, [cards[1]!, wrong]);
    expect(refused).toMatchObject({ status: 1, out: '' });
    // Which card, and not what stands on it.
    expect(refused.error).toContain('card 2 in the order given: a row is not as printed');
    expect(refused.error).not.toContain(wrong[1]!.replaceAll(' ', ''));
    const mixed = run(context, [cards[0]!, escrow(flat(2, 2)).cards[1]!]);
    expect(mixed).toMatchObject({ status: 1, out: '' });
    expect(mixed.error).toContain('not of one set');
  });
});
