// One set after the other: what the next charter says, who may vouch when, what retired cards still open, and
// what a rebuilt key says of a charter that is not its own.

import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../src/core/bytes.ts';
import { verifyCharterChain } from '../../src/core/record/charter-chain.ts';
import { charterHash, signRekey } from '../../src/core/record/charter.ts';
import { charterKeyPair } from '../../src/core/record/charter.ts';
import type { JudgedLine } from '../../src/core/record/ledger.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import type { RecordLink } from '../../src/core/record/record-chain.ts';
import type { PackageRecord } from '../../src/core/record/package-record.ts';
import { beginNextCeremony, checkSubsets, type Ceremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { judgeNewest } from '../../src/escrow/evidence.ts';
import { CardTable } from '../../src/escrow/quorum.ts';
import { decodeRegister, encodeRegister, registerInForce, withNextSet } from '../../src/escrow/register.ts';
import type { Register } from '../../src/escrow/register.ts';
import { retiredFindings, retiredSets } from '../../src/escrow/retired.ts';
import { outdatedLines, vouchedRecords } from '../../src/escrow/sealer-history.ts';
import { ceremonyOf, crypto, flat } from './sample.ts';

const keyLine = (name: number): string =>
  encodePublicKey(crypto, crypto.ed25519KeyPair(new Uint8Array(32).fill(name)).publicKey);
const [EARLY, LATE] = [keyLine(1), keyLine(2)];

const hashOf = (of: Ceremony): Promise<string> => charterHash(crypto, of.signed.bytes);

async function after(
  before: Ceremony,
  kind: 'reissue' | 'rekey',
  sealers: readonly string[],
): Promise<Ceremony> {
  const predecessor = { charter: before.charter, hash: await hashOf(before), seed: before.seed };
  const created = '2026-11-25T01:02:03Z';
  const plan = decodePlan(JSON.stringify(flat(2, 3)));
  return beginNextCeremony(crypto, { kind, plan, sealers, created, before: predecessor });
}

const first = ceremonyOf(flat(3, 5), { setNumber: 1 });
const second = await after(first, 'reissue', [EARLY, LATE]);
const third = await after(second, 'rekey', [LATE]);
const all = [first, second, third];
const links = all.map(({ signed }) => signed);
const history = await Promise.all(all.map(async (of) => ({ charter: of.charter, hash: await hashOf(of) })));

describe('the charter that follows', () => {
  test('keeps the key of a reissue, and has the next set', () => {
    expect(equalBytes(second.seed, first.seed)).toBe(true);
    expect(second.seed).not.toBe(first.seed);
    expect(second.charter).toMatchObject({ number: 2, set: { number: 2 }, recipient: first.recipient });
    expect(second.charter.set.id.slice(2, 12)).toBe(first.charter.set.id.slice(2, 12));
    expect(second.charter.set.id.slice(12)).not.toBe(first.charter.set.id.slice(12));
    expect(second.words).toEqual(first.words);
    expect(second.signed.oldSignature).toBeUndefined();
    expect(checkSubsets(crypto, second)).toBe(3);
  });

  test('has another key after a rekey, for which the old one vouches', async () => {
    expect(third.recipient).not.toBe(second.recipient);
    expect(third.charter).toMatchObject({ number: 3, set: { number: 3 } });
    const chain = await verifyCharterChain(crypto, links, { charterKey: first.charterKey });
    expect(chain.newest).toEqual(third.charter);
  });

  test('is refused when every set number was used', async () => {
    const last = ceremonyOf(flat(2, 3), { setNumber: 255 });
    await expect(after(last, 'reissue', [])).rejects.toMatchObject({ code: 'limit.exceeded' });
  });
});

describe('a rebuilt key and the newest charter', () => {
  test('its own, one that replaced it, and a forged one', async () => {
    const newest = third.signed;
    expect(await judgeNewest(crypto, third.seed, newest, links)).toMatchObject({ verdict: 'true' });
    const replaced = await judgeNewest(crypto, first.seed, newest, links);
    expect(replaced.verdict).toBe('replaced');
    expect(replaced.later).toHaveLength(3);
    const thief = ceremonyOf(flat(2, 3), { setNumber: 1 });
    const byThief = signRekey(crypto, newest.bytes, charterKeyPair(crypto, thief.seed));
    const forged = [...links.slice(0, 2), { ...newest, oldSignature: byThief }];
    expect(await judgeNewest(crypto, first.seed, newest, forged)).toEqual({ verdict: 'forged', later: [] });
    expect(await judgeNewest(crypto, first.seed, newest, [newest])).toMatchObject({ verdict: 'forged' });
  });
});

const record = (sequence: number, of: number, sealer: string): PackageRecord => ({
  type: 'holdfast record v1',
  escrow: first.charter.escrow,
  sequence,
  previous: null,
  created: '2026-11-25T01:02:03Z',
  package: { file: `${sequence}.age`, size: 1, sha256: String(sequence).padStart(64, '0') },
  charter: history[of]?.hash ?? '00'.repeat(32),
  setId: all[of]?.charter.set.id ?? '',
  counts: { sources: 1, entries: 1, folders: 0, attachments: 0 },
  findings: 0,
  sealer,
  tool: 'holdfast 0.1.0',
});

const hashOfRecord = (sequence: number): string => `a${String(sequence).padStart(63, '0')}`;

/** Records from 1 on, each with the charter that it names and its sealer, in one chain. */
const chained = (...made: readonly (readonly [of: number, sealer: string])[]): RecordLink[] =>
  made.map(([of, sealer], at) => ({
    record: { ...record(at + 1, of, sealer), previous: at === 0 ? null : hashOfRecord(at) },
    hash: hashOfRecord(at + 1),
  }));

/** The line of the last ceremony, which dropped EARLY. */
const toldAt = (sequence: number, changes: Partial<JudgedLine> = {}): JudgedLine =>
  ({
    body: {
      event: 'ceremony',
      facts: {
        charter: history[2]?.hash,
        sequence,
        ...(sequence > 0 ? { record: hashOfRecord(sequence) } : {}),
      },
    },
    key: third.charter.charterKey,
    isTrusted: true,
    ...changes,
  }) as unknown as JudgedLine;

const vouched = (links: readonly RecordLink[], ...lines: readonly JudgedLine[]): number[] =>
  [...vouchedRecords(links, history, lines)].map(({ record: { sequence } }) => sequence);

describe('who may vouch', () => {
  test('a sealer that a later charter dropped keeps what it sealed, and adds nothing', () => {
    // By its word the third was sealed before; its number says after.
    const links = chained([1, EARLY], [2, LATE], [1, EARLY], [2, EARLY], [1, LATE]);
    expect(vouched(links)).toEqual([1, 2, 5]);
  });

  const both = chained([1, EARLY], [1, EARLY]);
  const three = chained([1, EARLY], [1, EARLY], [2, LATE]);

  test('nor does it add anything before another has sealed: what the ceremony found there is the last', () => {
    expect(vouched(both, toldAt(1))).toEqual([1]);
    expect(vouched(both, toldAt(2))).toEqual([1, 2]);
    expect(vouched(both, toldAt(0))).toEqual([]);
    expect(vouched(three, toldAt(1))).toEqual([1, 3]);
    const fork = { record: { ...both[1]!.record, tool: 'x' }, hash: 'b'.repeat(64) };
    expect(vouched([...both, fork], toldAt(2))).toEqual([1, 2]);
  });

  test('where no ceremony tells, what a sealer of today put a record behind is what it sealed', () => {
    expect(vouched(both)).toEqual([]);
    expect(vouched(three)).toEqual([1, 2, 3]);
    expect(vouched(chained([1, EARLY], [1, LATE], [1, EARLY]))).toEqual([1, 2]);
    // A hole in the chain proves nothing of what lies before it.
    expect(vouched([three[0]!, three[2]!])).toEqual([3]);
  });

  test.each<[string, Partial<JudgedLine>]>([
    ['by a sealer', { key: LATE }],
    ['by the key before', { key: second.charter.charterKey }],
    ['that is out of its place', { isTrusted: false }],
  ])('a line of the ceremony %s does not tell', (_name, changes) => {
    expect(vouched(both, toldAt(2, changes))).toEqual([]);
  });

  test('what one charter keeps of it, a later one does not take', () => {
    const [at1, at2] = [toldAt(1), toldAt(2)];
    const facts = { ...at1.body.facts, charter: history[1]!.hash };
    const ofSecond = { ...at1, body: { ...at1.body, facts }, key: second.charter.charterKey };
    expect(vouched(both, ofSecond, at2)).toEqual([1, 2]);
  });

  test('a record of a charter that nobody knows is judged by the newest', () => {
    expect(vouched(chained([9, EARLY]))).toEqual([]);
    expect(vouched(chained([9, LATE]))).toEqual([1]);
  });

  test('a line of the ledger by a dropped key, before and after the line of the charter that dropped it', () => {
    const line = (number: number, key: string, event: string, charter?: string): JudgedLine =>
      ({
        body: { line: number, event, facts: charter === undefined ? {} : { charter } },
        key,
        hash: '',
        isTrusted: true,
      }) as unknown as JudgedLine;
    const lines = [
      line(1, EARLY, 'verify'),
      line(2, third.charter.charterKey, 'ceremony', history[2]?.hash),
      line(3, EARLY, 'verify'),
      line(4, second.charter.charterKey, 'verify'),
      line(5, LATE, 'verify'),
    ];
    expect(outdatedLines(lines, history)).toEqual([3, 4]);
  });
});

describe('the register', () => {
  const card = {
    card: 1,
    holder: 'Ana Ruiz',
    contact: null,
    place: null,
    group: null,
    state: 'good',
    bag: null,
    issued: '2026-11-24T01:02:03Z',
    proof: null,
    heard: null,
    challenge: null,
  } as const;
  const of = (ceremony: Ceremony): Register => ({
    type: 'holdfast register v1',
    escrow: first.charter.escrow,
    organisation: 'Northwind IT',
    set: ceremony.charter.set,
    cards: [card],
  });
  const RETIRED = '2026-11-25T01:02:03Z';

  test('keeps who held what, and reads back as it was', () => {
    const register = withNextSet(withNextSet(of(first), of(second), RETIRED), of(third), RETIRED);
    expect(register.retired?.map(({ set }) => set.number)).toEqual([1, 2]);
    expect(decodeRegister(encodeRegister(register), 'x')).toEqual(register);
    expect(decodeRegister(encodeRegister(of(first)), 'x')).toEqual(of(first));
  });

  test('of a ceremony that was killed before its charter, nothing counts', () => {
    const register = withNextSet(of(first), of(second), RETIRED);
    expect(registerInForce(register, second.charter.set.id)).toBe(register);
    expect(registerInForce(register, first.charter.set.id)).toEqual(of(first));
    const later = withNextSet(register, of(third), RETIRED);
    expect(registerInForce(later, second.charter.set.id)).toEqual(register);
  });

  test('of such a ceremony, gives back what the register of before said besides its cards', () => {
    const changes = [{ card: 1, change: 'left', time: RETIRED }] as const;
    const before = { ...of(first), changes };
    const register = withNextSet(before, { ...of(second), organisation: 'Southwind' }, RETIRED);
    const read = decodeRegister(encodeRegister(register), 'x');
    expect(registerInForce(read, first.charter.set.id)).toEqual(before);
  });

  test('of before the retired sets kept more, is read by what there is', () => {
    const old = { set: first.charter.set, cards: [card], retired: RETIRED };
    const register = decodeRegister(encodeRegister({ ...of(second), retired: [old] }), 'x');
    expect(registerInForce(register, first.charter.set.id)).toEqual(of(first));
  });

  test('says nothing of a set that it does not know', () => {
    const register = withNextSet(of(first), of(second), RETIRED);
    expect(registerInForce(register, third.charter.set.id)).toBeUndefined();
  });
});

describe('what retired cards open', () => {
  const records = [record(1, 0, EARLY), record(2, 1, EARLY), record(3, 2, LATE)];
  const judged = records.map((of) => ({ record: of, hash: '', sealerKnown: true }));
  const present = new Set(['1.age', '2.age', '3.age']);
  const numbers = (of: readonly PackageRecord[]): number[] => of.map(({ sequence }) => sequence);

  test('after a reissue what was sealed before it; that the rest opens too is said', () => {
    const [old] = retiredSets(
      { history: history.slice(0, 2), records: judged, ledger: undefined },
      present,
      undefined,
    );
    expect(old).toMatchObject({ givesCurrentKey: true, mark: 'gold circle' });
    expect(numbers(old?.undecided ?? [])).toEqual([1]);
  });

  test('after a rekey all of the old key, by either of its sets', () => {
    const sets = retiredSets({ history, records: judged, ledger: undefined }, present, undefined);
    expect(sets.map(({ undecided }) => numbers(undecided))).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(sets.map(({ givesCurrentKey }) => givesCurrentKey)).toEqual([false, false]);
    expect(retiredFindings(sets, 'warning').map(({ code, severity }) => [code, severity])).toEqual([
      ['retired-set-opens', 'warning'],
      ['retired-set-opens', 'warning'],
    ]);
  });

  test('a package that is gone, or was accepted for this set, is undecided no more', () => {
    const line = {
      body: {
        event: 'retire',
        facts: { set: first.charter.set.id, package: records[0]!.package.sha256, decision: 'accepted' },
      },
      isTrusted: true,
    } as unknown as JudgedLine;
    const ledger = { lines: [line] } as unknown as Parameters<typeof retiredSets>[0]['ledger'];
    const [one, two] = retiredSets({ history, records: judged, ledger }, new Set(['1.age']), undefined);
    expect([one?.undecided, one?.accepted].map((of) => numbers(of ?? []))).toEqual([[], [1]]);
    expect(numbers(two?.undecided ?? [])).toEqual([1]);
  });
});

test('a card of a retired set is told from a stranger', () => {
  const before = [first.charter, second.charter];
  const table = new CardTable(crypto, third.charter, before);
  expect(table.add('x', first.cards[1]!.rows)).toMatchObject({
    state: 'other-set',
    isRetired: true,
    label: 'card 2',
    wanted: { colour: 'green', shape: 'triangle' },
  });
  const stranger = ceremonyOf(flat(2, 3), { setNumber: 1 });
  const verdict = table.add('y', stranger.cards[0]!.rows);
  expect(verdict).toMatchObject({ state: 'other-set', wanted: { colour: 'green' } });
  expect(verdict.isRetired).toBeUndefined();
});
