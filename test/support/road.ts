// The road an emergency takes through core, as a suite without a test runner: a seed is split into
// cards, their rows are typed as people type, a quorum rebuilds the key, and the file opens.

import { concatBytes, equalBytes, wipe, type Bytes } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { decryptAge, encryptAge } from '../../src/core/age/file.ts';
import { hybridRecipient } from '../../src/core/age/keys.ts';
import { isQuorum, type Policy } from '../../src/core/share/policy.ts';
import { cardCommitment } from '../../src/core/share/set.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import { decodeShareRows, encodeShareRows, formatRow } from '../../src/core/share/share-text.ts';
import { combineSeed, splitSeed } from '../../src/core/share/split.ts';
import { Checks } from './checks.ts';
import { gather, pieces } from './pieces.ts';
import type { SuiteResult } from './vector-suites.ts';

interface Road {
  readonly name: string;
  readonly policy: Policy;
  /** Quorums, and one card fewer. Card numbers. */
  readonly quorums: readonly number[][];
  readonly tooFew: readonly number[];
}

const ROADS: readonly Road[] = [
  {
    name: 'three of five',
    policy: { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
    quorums: [
      [1, 2, 3],
      [5, 3, 2],
      [4, 1, 5],
    ],
    tooFew: [2, 4],
  },
  {
    name: 'two of three groups',
    policy: {
      groupThreshold: 2,
      groups: [
        { threshold: 2, members: 3 },
        { threshold: 1, members: 2 },
        { threshold: 3, members: 3 },
      ],
    },
    quorums: [
      [1, 3, 5],
      [4, 6, 7, 8],
      [2, 3, 8, 7, 6],
    ],
    tooFew: [4, 6, 7],
  },
];

/** Every road, from a fresh seed to the bytes of a file of two chunks. */
export async function runRoads(crypto: CryptoPort): Promise<SuiteResult> {
  const checks = new Checks();
  for (const road of ROADS) await checks.attempt(road.name, () => travel(crypto, road, checks));
  return checks.result();
}

async function travel(crypto: CryptoPort, road: Road, checks: Checks): Promise<void> {
  const seed = crypto.randomBytes(32);
  const recipient = hybridRecipient(crypto, seed);
  const plaintext = concatBytes(crypto.randomBytes(65_536), crypto.randomBytes(1_000));
  const file = await gather(encryptAge(crypto, recipient, pieces(plaintext, 'odd')));

  const shares = splitSeed(crypto, seed, road.policy, { setNumber: 7, recipient });
  const records = shares.map((share) => encodeShare(crypto, share));
  const commitments = records.map((record) => cardCommitment(crypto, record));
  wipe(seed, ...shares.map(({ value }) => value));

  const enough = road.quorums.map((cards) => [cards.join(' '), isQuorum(road.policy, cards)]);
  checks.same(
    `${road.name}: quorums`,
    enough,
    road.quorums.map((cards) => [cards.join(' '), true]),
  );
  checks.same(`${road.name}: too few`, isQuorum(road.policy, road.tooFew), false);
  checks.same(`${road.name}: too few`, refusal(crypto, records, road.tooFew), 'share.too-few');

  for (const cards of road.quorums) {
    const name = `${road.name}: cards ${cards.join(', ')}`;
    await checks.attempt(name, async () => {
      const read = cards.map((card, turn) => typeCard(crypto, records[card - 1]!, turn, commitments));
      const rebuilt = combineSeed(read.map((record) => decodeShare(crypto, record)));
      checks.same(`${name}: the key`, hybridRecipient(crypto, rebuilt) === recipient, true);
      const opened = await gather(
        decryptAge(crypto, [{ kind: 'hybrid', seed: rebuilt }], pieces(file, 'odd')),
      );
      checks.same(`${name}: the file`, equalBytes(opened, plaintext), true);
    });
  }
}

/** The code with which cards are refused. */
function refusal(crypto: CryptoPort, records: readonly Bytes[], cards: readonly number[]): string {
  try {
    combineSeed(cards.map((card) => decodeShare(crypto, records[card - 1]!)));
    return 'nothing';
  } catch (error) {
    return error instanceof EscrowError ? error.message : String(error);
  }
}

/** Reads a card as it comes from a person: spaced, in small letters, with one symbol of one row misread. */
function typeCard(
  crypto: CryptoPort,
  record: Bytes,
  turn: number,
  commitments: readonly Uint8Array[],
): Uint8Array {
  const typed = encodeShareRows(record).map((row, index) => {
    const symbol = row[5 * turn]!;
    const misread = row.slice(0, 5 * turn) + otherSymbol(symbol) + row.slice(5 * turn + 1);
    return formatRow(index === turn % 4 ? misread : row).toLowerCase();
  });
  return decodeShareRows(crypto, typed, { commitments }).record;
}

const otherSymbol = (symbol: string): string => (symbol === '7' ? '8' : '7');
