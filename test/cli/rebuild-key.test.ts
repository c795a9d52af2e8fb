// A key that was rebuilt and then not handed on is wiped.

import { expect, test } from 'vitest';
import { rebuildKey } from '../../src/cli/rebuild-key.ts';
import type { Session } from '../../src/cli/session.ts';
import { CardTable } from '../../src/escrow/quorum.ts';
import type { OpenedQuorum } from '../../src/escrow/quorum.ts';
import { ceremonyOf, crypto, flat } from '../escrow/sample.ts';

test('when whoever takes the cards refuses them', async () => {
  const { charter, cards } = ceremonyOf(flat(2, 3));
  const opened: OpenedQuorum[] = [];
  const table = new (class extends CardTable {
    override async open(...args: Parameters<CardTable['open']>): Promise<OpenedQuorum> {
      const quorum = await super.open(...args);
      opened.push(quorum);
      return quorum;
    }
  })(crypto, charter);
  for (const { rows } of cards) table.add('x', rows);
  const rebuilding = rebuildKey({ canAsk: false } as unknown as Session, table, {
    shares: [],
    test: () => Promise.resolve(true),
    wanted: 'this escrow',
    whenOpen: () => {
      throw new Error('no such card');
    },
  });
  await expect(rebuilding).rejects.toThrow('no such card');
  expect(opened.map(({ seed }) => seed.every((byte) => byte === 0))).toEqual([true]);
});
