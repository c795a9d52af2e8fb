// An escrow as a ceremony leaves it, made without printing: its cards are rows in a text file.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { makeFolder } from '../../src/adapters/atomic-write.ts';
import { establish } from '../../src/cli/establish.ts';
import { sealerKeys } from '../../src/cli/sealer-keys.ts';
import { Session } from '../../src/cli/session.ts';
import { encodeHybridIdentity } from '../../src/core/age/keys.ts';
import { beginCeremony, wipeCeremony } from '../../src/escrow/ceremony.ts';
import type { Ceremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import type { Plan } from '../../src/escrow/plan.ts';
import { formatTime } from '../../src/escrow/seal.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';

export interface BenchEscrow {
  readonly dir: string;
  readonly home: string;
  /** Rows of three cards of five. */
  readonly shares: string;
  /** For the rivals: the same key as age takes it. */
  readonly recipientFile: string;
  readonly identityFile: string;
  readonly ceremony: Ceremony;
}

export function planOf(cards: number, threshold: number): Plan {
  const trustees = Array.from({ length: cards }, (_, index) => `  - name: Trustee ${index + 1}`);
  return decodePlan(
    ['organisation: Bench', `threshold: ${threshold}`, 'paper: a4', 'trustees:', ...trustees, ''].join('\n'),
  );
}

export function ceremonyOf(crypto: CryptoPort, plan: Plan, sealers: readonly string[]): Ceremony {
  const created = formatTime(new Date());
  return beginCeremony(crypto, { plan, escrow: '0123456789abcdef', setNumber: 1, sealers, created });
}

export async function makeEscrow(base: string): Promise<BenchEscrow> {
  const crypto = await loadNodeCrypto();
  const at = (name: string): string => join(base, name);
  const session = new Session(
    {
      stdin: process.stdin as AsyncIterable<Uint8Array>,
      stdout: () => Promise.resolve(),
      stderr: () => undefined,
      isTerminal: false,
      environment: { ...process.env, HOLDFAST_HOME: at('home') },
      folder: base,
      now: () => new Date(),
    },
    { quiet: true, input: false },
  );
  const plan = planOf(5, 3);
  const ceremony = ceremonyOf(crypto, plan, await sealerKeys(session, undefined));
  await makeFolder(at('bench.escrow'));
  const held = { ceremony, plan, proven: [], created: new Date() };
  await establish(session, new EscrowFolder(at('bench.escrow')), held);
  const rows = ceremony.cards.slice(0, 3).flatMap((card) => card.rows);
  await writeFile(at('shares.txt'), `${rows.join('\n')}\n`);
  await writeFile(at('recipient.txt'), `${ceremony.recipient}\n`);
  await writeFile(at('identity.txt'), `${encodeHybridIdentity(ceremony.seed)}\n`);
  process.once('exit', () => {
    wipeCeremony(ceremony);
  });
  return {
    dir: at('bench.escrow'),
    home: at('home'),
    shares: at('shares.txt'),
    recipientFile: at('recipient.txt'),
    identityFile: at('identity.txt'),
    ceremony,
  };
}
