// Runs test/vectors/share.json over a back end of the crypto port: a card must read the same in Node and
// in a page. Each vector says "ok" or the one error code it must end in. Cards are split here too, so that
// secrets.js-grempe is seen to work in both places.

import { decodeBase64, decodeHex, encodeHex } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { assertPolicy, countQuorums, isQuorum, quorumSubsets } from '../../src/core/share/policy.ts';
import type { Policy } from '../../src/core/share/policy.ts';
import { cardCommitment, cardProofSeed, setMark } from '../../src/core/share/set.ts';
import { splitShareFile } from '../../src/core/share/share-file.ts';
import {
  decodeShare,
  encodeShare,
  recipientTag,
  setIdOf,
  shareLabel,
  shortSetId,
} from '../../src/core/share/share-record.ts';
import {
  decodeShareRows,
  decodeShareText,
  encodeShareRows,
  formatRow,
  isShareText,
  judgeRow,
} from '../../src/core/share/share-text.ts';
import type { DecodedCard, DecodeOptions, Repair, RowVerdict } from '../../src/core/share/share-text.ts';
import { combineSeed, splitSeed } from '../../src/core/share/split.ts';
import { Checks } from './checks.ts';
import type { SuiteResult } from './vector-suites.ts';

interface Expected {
  name: string;
  expect: string;
  facts?: unknown;
}

interface ShareVectors {
  recipient: { text: string; tag: string };
  seed: string;
  marks: string[];
  records: {
    name: string;
    share: {
      setNumber: number;
      recipientTag: string;
      splitNonce: string;
      group: number;
      groupThreshold: number;
      member: number;
      memberThreshold: number;
      value: string;
    };
    record: string;
    rows: string[];
    text: string;
    setId: string;
    shortSetId: string;
    label: string;
    commitment: string;
    proofSeed: string;
  }[];
  badRecords: (Expected & { record: string })[];
  rows: {
    name: string;
    row: number;
    typed: string;
    expect: {
      state: string;
      symbols?: string;
      position?: number;
      from?: string;
      to?: string;
      count?: number;
      belongs?: number;
      code?: string;
      facts?: unknown;
    };
  }[];
  cards: (Expected & {
    rows: string[];
    acceptRepair?: boolean;
    commitments?: string[];
    record?: string;
    repairs?: Repair[];
  })[];
  texts: (Expected & { text: string; record?: string })[];
  files: (Expected & { bytes: string; cards?: string[][] })[];
  policies: (Expected & { policy: Policy; quorums?: number[][] })[];
  combine: (Expected & { cards: string[][]; seed?: string })[];
}

/** What reading gave: its value, or the code and facts it was refused with. Any other throw is a bug. */
type Ending<T> = { expect: 'ok'; value: T } | { expect: string; facts: unknown };

function ending<T>(read: () => T): Ending<T> {
  try {
    return { expect: 'ok', value: read() };
  } catch (error) {
    if (error instanceof EscrowError) return { expect: error.code as string, facts: error.facts };
    throw error;
  }
}

/** Checks code, facts when the vector has them, and on success what the value spells. */
function compare<T>(checks: Checks, vector: Expected, found: Ending<T>, onValue: (value: T) => void): void {
  checks.same(vector.name, found.expect, vector.expect);
  if ('value' in found) onValue(found.value);
  else if (vector.facts !== undefined) checks.same(`${vector.name}: facts`, found.facts, vector.facts);
}

/** Every vector of the file, and one split of our own for each policy that is good. */
export async function runShareVectors(crypto: CryptoPort, vectors: ShareVectors): Promise<SuiteResult> {
  const checks = new Checks();
  const suites = [records, rows, cards, texts, files, policies, combine];
  for (const suite of suites) {
    await checks.attempt(suite.name, () => {
      suite(crypto, vectors, checks);
    });
  }
  return checks.result();
}

function records(crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  checks.same(
    'recipient tag',
    encodeHex(recipientTag(crypto, vectors.recipient.text)),
    vectors.recipient.tag,
  );
  const marks = vectors.marks.map((_, i) => setMark(i + 1)).map(({ colour, shape }) => `${colour} ${shape}`);
  checks.same('set marks', marks, vectors.marks);
  for (const v of vectors.records) {
    const record = decodeHex(v.record);
    const share = decodeShare(crypto, record);
    const spelled = {
      ...share,
      recipientTag: encodeHex(share.recipientTag),
      splitNonce: encodeHex(share.splitNonce),
      value: encodeHex(share.value),
    };
    checks.same(`${v.name}: fields`, spelled, v.share);
    checks.same(`${v.name}: record`, encodeHex(encodeShare(crypto, share)), v.record);
    checks.same(`${v.name}: rows`, encodeShareRows(record), v.rows);
    checks.same(`${v.name}: set id`, setIdOf(share), v.setId);
    checks.same(`${v.name}: short set id`, shortSetId(v.setId), v.shortSetId);
    checks.same(`${v.name}: label`, shareLabel(share), v.label);
    checks.same(`${v.name}: commitment`, encodeHex(cardCommitment(crypto, record)), v.commitment);
    checks.same(`${v.name}: proof seed`, encodeHex(cardProofSeed(crypto, record)), v.proofSeed);
    checks.same(`${v.name}: text`, encodeHex(decodeShareText(crypto, v.text).record), v.record);
    const printed = v.rows.map(formatRow);
    checks.same(`${v.name}: as printed`, printed.join('').length, 4 * (24 + 5));
    checks.same(`${v.name}: as printed`, encodeHex(decodeShareRows(crypto, printed).record), v.record);
  }
  for (const v of vectors.badRecords) {
    compare(
      checks,
      v,
      ending(() => decodeShare(crypto, decodeHex(v.record))),
      () => undefined,
    );
  }
}

function rows(_crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  for (const { name, row, typed, expect } of vectors.rows) {
    const verdict = judgeRow(row, typed);
    checks.same(`row, ${name}`, verdict.state, expect.state);
    checks.same(`row, ${name}`, spellVerdict(verdict, expect), expect);
  }
}

/** A verdict in the shape of a vector; of several candidates, the expected one when it is among them. */
function spellVerdict(verdict: RowVerdict, expected: ShareVectors['rows'][number]['expect']): unknown {
  switch (verdict.state) {
    case 'good':
    case 'swapped':
      return verdict;
    case 'repaired': {
      const { state, symbols, position, from, to } = verdict;
      return { state, symbols, position, from, to };
    }
    case 'provisional': {
      const texts = verdict.candidates.map(({ symbols }) => symbols);
      const right = texts.find((symbols) => symbols === expected.symbols);
      return { state: verdict.state, count: new Set(texts).size, symbols: right };
    }
    case 'unreadable': {
      const { code, facts } = verdict.problem;
      return expected.facts === undefined
        ? { state: verdict.state, code }
        : { state: verdict.state, code, facts };
    }
  }
}

function cards(crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  for (const v of vectors.cards) {
    const options: DecodeOptions = {
      ...(v.acceptRepair === undefined ? {} : { acceptRepair: v.acceptRepair }),
      ...(v.commitments ? { commitments: v.commitments.map(decodeHex) } : {}),
    };
    const onCard = ({ record, repairs }: DecodedCard): void => {
      checks.same(`${v.name}: record`, encodeHex(record), v.record);
      const spelled = repairs.map(({ row, position, from, to }) => ({ row, position, from, to }));
      checks.same(`${v.name}: repairs`, spelled, v.repairs);
    };
    compare(
      checks,
      v,
      ending(() => decodeShareRows(crypto, v.rows, options)),
      onCard,
    );
  }
}

function texts(crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  for (const v of vectors.texts) {
    const isCode = v.expect === 'ok';
    checks.same(`${v.name}: looks like a card's code`, isShareText(v.text), isCode);
    compare(
      checks,
      v,
      ending(() => decodeShareText(crypto, v.text)),
      ({ record }) => {
        checks.same(`${v.name}: record`, encodeHex(record), v.record);
      },
    );
  }
}

function files(_crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  for (const v of vectors.files) {
    compare(
      checks,
      v,
      ending(() => splitShareFile(decodeBase64(v.bytes))),
      (found) => {
        checks.same(`${v.name}: cards`, found, v.cards);
      },
    );
  }
}

function policies(crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  const seed = decodeHex(vectors.seed);
  const set = { setNumber: 9, recipient: vectors.recipient.text };
  for (const v of vectors.policies) {
    const found = ending(() => {
      assertPolicy(v.policy);
    });
    compare(checks, v, found, () => {
      const quorums = v.quorums ?? [];
      checks.same(`${v.name}: quorums`, countQuorums(v.policy).toString(), String(quorums.length));
      const listed = quorumSubsets(crypto, v.policy, { limit: 200 });
      checks.same(`${v.name}: quorums`, listed.map(String).sort(), quorums.map(String).sort());
      const shares = splitSeed(crypto, seed, v.policy, set);
      for (const quorum of quorums) {
        checks.same(`${v.name}: ${quorum.join()} is a quorum`, isQuorum(v.policy, quorum), true);
        const rebuilt = combineSeed(quorum.flatMap((card) => shares[card - 1] ?? []));
        checks.same(`${v.name}: ${quorum.join()} gives the seed`, encodeHex(rebuilt), vectors.seed);
      }
    });
  }
}

function combine(crypto: CryptoPort, vectors: ShareVectors, checks: Checks): void {
  for (const v of vectors.combine) {
    const shares = v.cards.map((card) => decodeShare(crypto, decodeShareRows(crypto, card).record));
    compare(
      checks,
      v,
      ending(() => combineSeed(shares)),
      (seed) => {
        checks.same(`${v.name}: seed`, encodeHex(seed), v.seed);
      },
    );
  }
}
