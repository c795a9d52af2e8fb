import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { charterHash, verifyCharter } from '../../src/core/record/charter.ts';
import { verifyDetached } from '../../src/core/record/minisign.ts';
import { lockCards, openCards } from '../../src/escrow/card-locks.ts';
import { beginNextCeremony, checkSubsets, openTestPackage } from '../../src/escrow/ceremony.ts';
import { planHash } from '../../src/escrow/plan-hash.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { CardTable } from '../../src/escrow/quorum.ts';
import { ceremonyOf, crypto, flat } from './sample.ts';

const TWO = encodeUtf8('orchid vessel tunnel drama');
const PASSPHRASES = new Map([[2, TWO]]);
const locked = await lockCards(crypto, ceremonyOf(flat(2, 3)), PASSPHRASES);

test('a ceremony with a locked card is checked by what stands on the cards', async () => {
  expect(locked.cards.map(({ rows }) => rows.length)).toEqual([4, 5, 4]);
  expect(verifyCharter(crypto, locked.signed.bytes, locked.signed.signature, locked.charterKey)).toEqual(
    locked.charter,
  );
  expect(checkSubsets(crypto, locked, await openCards(crypto, locked, PASSPHRASES))).toBe(3);
  expect(() => checkSubsets(crypto, locked)).toThrow('share.locked');
  await openTestPackage(crypto, locked, locked.cards.slice(1), PASSPHRASES);
  await expect(openTestPackage(crypto, locked, locked.cards.slice(1))).rejects.toThrow('share.locked');
});

test('a rekey with locked cards is signed by both keys', async () => {
  const before = ceremonyOf(flat(2, 3));
  const hash = await charterHash(crypto, before.signed.bytes);
  const next = beginNextCeremony(crypto, {
    kind: 'rekey',
    plan: decodePlan('organisation: A\nthreshold: 2\ntrustees: [{name: B}, {name: C}]\n'),
    sealers: before.charter.sealers,
    created: '2026-11-25T01:02:03Z',
    before: { charter: before.charter, hash, seed: before.seed },
  });
  const made = await lockCards(crypto, next, PASSPHRASES, before.seed);
  expect(made.signed.oldSignature).toBeDefined();
  expect(made.signed.oldSignature).not.toBe(next.signed.oldSignature);
  verifyDetached(crypto, before.charterKey, made.signed.bytes, made.signed.oldSignature!, made.charter.type);
});

test('a locked card counts once it is unlocked, and may be tried again', async () => {
  const table = new CardTable(crypto, locked.charter);
  const [one, two] = locked.cards;
  table.add('one', one!.rows);
  const verdict = table.add('two', two!.rows);
  expect(verdict).toMatchObject({ state: 'good', card: 2, lock: 'closed' });
  const again = table.add('again', two!.rows);
  expect(again.state).toBe('already-given');
  expect([table.lockedAs(verdict), table.lockedAs(again)]).toEqual([verdict, verdict]);
  expect(table.hasQuorum()).toBe(false);
  const opening = table.open(() => Promise.resolve(true), 'this');
  await expect(opening).rejects.toMatchObject({ code: 'share.locked', facts: { label: 'card 2' } });
  await expect(table.unlock(verdict, encodeUtf8('another'))).rejects.toMatchObject({
    code: 'share.passphrase',
    facts: { label: 'card 2' },
  });
  expect((await table.unlock(verdict, TWO)).lock).toBe('open');
  expect(table.locked).toEqual([]);
  expect((await table.open(() => Promise.resolve(true), 'this')).underCharter).toBe(true);
});

test('a lock is part of what a plan says, and its absence changes no hash', () => {
  const plan = (more: string): string =>
    planHash(
      crypto,
      decodePlan(`organisation: A\nthreshold: 2\ntrustees:\n  - name: B\n${more}  - name: C\n`),
    ).hash;
  expect(plan('    lock: passphrase\n')).not.toBe(plan(''));
});

test('of several locked cards of one number only the one that was given is tried', async () => {
  const table = new CardTable(crypto, locked.charter);
  const other = await lockCards(crypto, ceremonyOf(flat(2, 3)), PASSPHRASES);
  const given = [locked, other].map(({ cards }) => table.add('two', cards[1]!.rows));
  expect(given.map((verdict) => table.lockedAs(verdict))).toEqual(given);
});
