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

  test('makes something else of two', (context) => {
    const { seed, cards } = escrow(flat(3, 5));
    const { status, out } = run(context, cards.slice(0, 2));
    expect(status).toBe(0);
    expect(out).not.toBe(encodeHybridIdentity(seed));
  });

  test('refuses a row that is not as printed, and cards of two sets', (context) => {
    const { cards } = escrow(flat(2, 2));
    const wrong = [spoil(cards[0]![0]!, [[2, 1]]), ...cards[0]!.slice(1)];
    expect(run(context, [wrong, cards[1]!])).toMatchObject({ status: 1, out: '' });
    const mixed = run(context, [cards[0]!, escrow(flat(2, 2)).cards[1]!]);
    expect(mixed).toMatchObject({ status: 1, out: '' });
    expect(mixed.error).toContain('not of one set');
  });
});
