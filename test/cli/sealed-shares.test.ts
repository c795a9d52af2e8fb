import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertSharesPlace } from '../../src/cli/sealed-shares.ts';
import type { Session } from '../../src/cli/session.ts';

test('sealed shares do not go into the escrow folder', async () => {
  const escrow = await mkdtemp(join(tmpdir(), 'holdfast-shares-'));
  try {
    const session = { warn: () => undefined } as unknown as Session;
    const into = (out: string, cards: readonly number[]): Promise<void> =>
      assertSharesPlace(session, { out, escrow }, cards);
    await expect(into(escrow, [2])).rejects.toMatchObject({ code: 'output.unsafe' });
    await expect(into(join(escrow, 'cards'), [2])).rejects.toMatchObject({ code: 'output.unsafe' });
    await into(`${escrow}-cards`, [2]);
    // Nobody wants one: it is no matter where they would go.
    await into(escrow, []);
  } finally {
    await rm(escrow, { recursive: true });
  }
});
