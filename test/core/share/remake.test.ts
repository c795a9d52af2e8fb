import { expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { hybridRecipient } from '../../../src/core/age/keys.ts';
import { cardPositions, quorumSubsets, type Policy } from '../../../src/core/share/policy.ts';
import { remakeShare } from '../../../src/core/share/remake.ts';
import { encodeShare } from '../../../src/core/share/share-record.ts';
import { splitSeed } from '../../../src/core/share/split.ts';

const crypto = await loadNodeCrypto();
const seed = crypto.randomBytes(32);
const recipient = hybridRecipient(crypto, seed);

const flat: Policy = { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] };
const two: Policy = {
  groupThreshold: 2,
  groups: [
    { threshold: 2, members: 3 },
    { threshold: 1, members: 2 },
    { threshold: 2, members: 2 },
  ],
};
/** Any one group will do: what its members share is the seed itself. */
const either: Policy = {
  groupThreshold: 1,
  groups: [
    { threshold: 2, members: 3 },
    { threshold: 3, members: 3 },
  ],
};

const split = (policy: Policy): ReturnType<typeof splitSeed> =>
  splitSeed(crypto, seed, policy, { setNumber: 7, recipient });

const placeOf = (policy: Policy, card: number): Parameters<typeof remakeShare>[1] => {
  const { group, member } = cardPositions(policy)[card - 1]!;
  return { group, member, memberThreshold: policy.groups[group - 1]!.threshold };
};

test('every card of one group is the same again, whichever quorum makes it', () => {
  const shares = split(flat);
  for (const cards of quorumSubsets(crypto, flat, { limit: 200 })) {
    for (const card of [1, 2, 3, 4, 5].filter((number) => !cards.includes(number))) {
      const given = cards.map((number) => shares[number - 1]!);
      const made = remakeShare(given, placeOf(flat, card));
      expect(encodeShare(crypto, made)).toEqual(encodeShare(crypto, shares[card - 1]!));
    }
  }
});

test.each([
  ['by the others of its group', two, 1, [2, 3, 4]],
  ['by one of its group and two other groups', two, 1, [2, 4, 6, 7]],
  ['of a group where one is enough, by its fellow', two, 4, [5, 6, 7]],
  ['of a group where one is enough, by two other groups', two, 4, [1, 2, 6, 7]],
  ['of a group of two that lost one', two, 7, [6, 1, 2, 5]],
  ['that is one of the quorum itself', flat, 2, [1, 2, 3]],
  ['of the group that was not there, by the seed', either, 4, [1, 3, 5, 6]],
] as const)('a card is made again %s', (_name, policy, card, cards) => {
  const shares = split(policy);
  const made = remakeShare(
    cards.map((number) => shares[number - 1]!),
    placeOf(policy, card),
  );
  expect(encodeShare(crypto, made)).toEqual(encodeShare(crypto, shares[card - 1]!));
});

test.each([
  ['one card too few', flat, 1, [2, 3]],
  ['its group two short, whatever the others say', either, 4, [1, 2, 5]],
  ['its group one short, and only one other group', two, 1, [2, 4]],
  ['nothing', flat, 1, []],
] as const)('refused: %s', (_name, policy, card, cards) => {
  const shares = split(policy);
  const given = cards.map((number) => shares[number - 1]!);
  expect(() => remakeShare(given, placeOf(policy, card))).toThrow('share.too-few');
});
