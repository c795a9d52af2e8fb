// What a plan says of its cards reaches the press.

import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { drawCards, forgetCards } from '../../src/cli/card-output.ts';
import type { Session } from '../../src/cli/session.ts';
import { beginCeremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import type { CardContent } from '../../src/paper/card.ts';

const PLAN = `organisation: Northwind IT
threshold: 2
language: de
trustees: [{name: Ana}, {name: Bo}, {name: Cy}]
`;

test('the language of the plan is that of every card', async () => {
  const plan = decodePlan(PLAN);
  const crypto = await loadNodeCrypto();
  const ceremony = beginCeremony(crypto, {
    plan,
    escrow: '0123456789abcdef',
    setNumber: 1,
    sealers: [],
    created: '2026-11-24T01:02:03Z',
  });
  const session = {
    isForced: false,
    say: () => undefined,
    warn: () => undefined,
    crypto: () => Promise.resolve(crypto),
    io: { folder: tmpdir() },
  } as unknown as Session;
  const asked: CardContent[] = [];
  const press = {
    assertPrintable: () => undefined,
    print: (content: CardContent) => {
      asked.push(content);
      return Promise.resolve(new Uint8Array(1));
    },
  };
  forgetCards(await drawCards(session, ceremony, plan, press));
  expect(asked.map(({ cardNumber, language }) => [cardNumber, language])).toEqual([
    [1, 'de'],
    [2, 'de'],
    [3, 'de'],
  ]);
});
