// A card computed again from a quorum of the others: its number, its share, and the very record that the charter
// commits to.

import { encodeHex, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { lockShare } from '../core/share/lock.ts';
import { isQuorum } from '../core/share/policy.ts';
import { remakeShare } from '../core/share/remake.ts';
import { cardCommitment, setMark } from '../core/share/set.ts';
import { encodeShare } from '../core/share/share-record.ts';
import type { Share } from '../core/share/share-record.ts';
import { encodeShareRows } from '../core/share/share-text.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import { CardTable } from '../escrow/quorum.ts';
import type { RegisteredCard } from '../escrow/register.ts';
import { CardPassphrases } from './card-passphrases.ts';
import type { PassphraseOptions } from './card-passphrases.ts';
import { rebuildKey } from './rebuild-key.ts';
import type { Session } from './session.ts';

interface RemadeOptions extends PassphraseOptions {
  /** An age recipient of the holder. */
  readonly encryptTo?: string;
  readonly share?: readonly string[];
}

/**
 * Asks for a quorum of the cards in force, and computes the card from it. The caller wipes both.
 *
 * @throws {@link EscrowError} `recover.*`, `ceremony.subset-fails`, `input.*`, `share.passphrase`.
 */
export async function remakeCard(
  session: Session,
  charter: Charter,
  entry: RegisteredCard,
  { share, encryptTo, ...options }: RemadeOptions,
): Promise<{ secret: CardSecret; seed: Uint8Array }> {
  const crypto = await session.crypto();
  let secret: CardSecret | undefined;
  const { seed } = await rebuildKey(session, new CardTable(crypto, charter), {
    ...options,
    shares: share,
    test: (_, recipient) => Promise.resolve(recipient === charter.recipient),
    wanted: 'this escrow',
    whenOpen: async (table) => {
      const good = table.verdicts.flatMap(({ state, card, lock }) =>
        state === 'good' && card !== undefined && lock !== 'closed' ? [card] : [],
      );
      // Cards of a retired set give the key too, and say nothing of this one's shares.
      if (!isQuorum(charter.policy, good)) {
        const mark = markName(setMark(charter.set.number));
        throw new EscrowError('recover.too-few', {
          mark,
          have: good.length,
          need: 'a quorum of the set in force',
        });
      }
      const place = charter.cards.find(({ card }) => card === entry.card);
      const group = charter.policy.groups[(place?.group ?? 0) - 1];
      if (!place || !group) throw new Error(`card ${entry.card} is of the policy`);
      const made = remakeShare(table.goodShares(), { ...place, memberThreshold: group.threshold });
      const record = await recordOf(session, made, { ...place, lock: entry.lock ?? null }, options).finally(
        () => {
          wipe(made.value);
        },
      );
      if (!record) throw new EscrowError('ceremony.subset-fails', { cards: good });
      const { member } = place;
      const trustee = {
        name: entry.holder,
        ...(entry.lock ? { lock: entry.lock } : {}),
        ...(encryptTo === undefined ? {} : { encryptTo }),
      };
      const groupName = entry.group === null ? {} : { groupName: entry.group };
      secret = {
        card: entry.card,
        group: place.group,
        member,
        ...groupName,
        trustee,
        record,
        rows: encodeShareRows(record),
      };
    },
  });
  if (!secret) throw new Error('a quorum that opened was asked for its shares');
  session.say(`card ${entry.card} was computed again, and is what the charter says of it`);
  return { secret, seed };
}

/**
 * The record that the charter commits to. Of a locked card that takes the passphrase it had: the same share under
 * the same passphrase is the same card.
 */
async function recordOf(
  session: Session,
  share: Share,
  { card, commitment, lock }: Charter['cards'][number] & { readonly lock: 'passphrase' | null },
  options: PassphraseOptions,
): Promise<Bytes | undefined> {
  const crypto = await session.crypto();
  const isIt = (record: Bytes): boolean => encodeHex(cardCommitment(crypto, record)) === commitment;
  // The charter knows better than the register whether it is locked.
  const open = encodeShare(crypto, share);
  if (isIt(open)) return open;
  wipe(open);
  const isSaid = lock === 'passphrase' || (options.passphraseFile ?? []).length > 0;
  if (!isSaid && !session.canAsk) return undefined;
  const label = `card ${card}`;
  const keys = new CardPassphrases(session, options);
  try {
    return await keys.mustOpen({ label, card }, async (passphrase) => {
      const record = await lockShare(crypto, share, passphrase);
      if (isIt(record)) return record;
      wipe(record);
      throw new EscrowError('share.passphrase', { label });
    });
  } finally {
    keys.wipe();
  }
}
