// Shares as files for those who want one beside their paper: the rows of a card, sealed to its holder's own
// age key. Nothing of them is in the clear on this machine.

import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, writeFileAtomic } from '../adapters/atomic-write.ts';
import { guard } from '../adapters/interrupt.ts';
import { encryptTo } from '../core/age/file.ts';
import { decodeRecipient } from '../core/age/keys.ts';
import { encodeUtf8, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { Charter } from '../core/record/charter.ts';
import { ROWS } from '../core/share/row.ts';
import { setMark } from '../core/share/set.ts';
import { shortSetId } from '../core/share/share-record.ts';
import { formatRow } from '../core/share/share-text.ts';
import { bytesOf, streamOf } from '../core/stream-of.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import type { CardBatch } from './card-output.ts';
import { shortPath, tell } from './dialogue.ts';
import type { PaperWay } from './paper-way.ts';
import { shortRecipient } from './plan-summary.ts';
import { assertSecretPlace } from './secret-place.ts';
import { SEALED_SHARE } from './sentences/printing.ts';
import type { Session } from './session.ts';

/** Files that are worth nothing until the ceremony is. */
export interface SealedShares {
  /** What is to be handed over, a line each. */
  readonly told: readonly string[];
  /** They stay, whatever comes. */
  keep(): void;
  discard(): Promise<void>;
}

/** A share file: what `recover --share` takes, once it is opened. */
function shareText({ charter }: CardBatch, { card, trustee, rows }: CardSecret): Bytes {
  const { number } = charter.set;
  const head = [
    `# holdfast card ${card} of ${charter.cards.length}, set ${number} (${markName(setMark(number))}), for ${trustee.name}`,
    '# As secret as the card itself: keep it sealed. holdfast recover takes it with --share.',
    ...(rows.length > ROWS ? ['# It is locked: it opens nothing without its passphrase.'] : []),
  ];
  const lines = rows.map((row, at) => `${at + 1}  ${formatRow(row)}`);
  return encodeUtf8([...head, ...lines, ''].join('\n'));
}

/** Where they go: beside the card files; where there are none, here, for nothing in them is in the clear. */
export function sharesFolder(session: Session, way: PaperWay): string {
  return (way.kind === 'hand' ? undefined : way.out) ?? session.path('.');
}

/** What tells the file of a card from that of the same card in another set. */
export const shareFile = ({ set }: Pick<Charter, 'set'>, card: number): string =>
  `card-${card}-set-${set.number}-${shortSetId(set.id)}.txt.age`;

/** Never replaced, not by force either: it may be the only copy of somebody's share. */
async function assertNew(path: string): Promise<void> {
  if (await exists(path)) throw new EscrowError('output.exists', { path });
}

/**
 * Refuses what could be refused later, when there is a key in memory.
 *
 * @param escrow - The escrow folder.
 * @param charter - Of a set that stands; the names of files of a new one are new.
 * @throws {@link EscrowError} `output.exists`, `output.unsafe`.
 */
export async function assertSharesPlace(
  session: Session,
  { out, escrow }: { readonly out: string; readonly escrow: string },
  cards: readonly number[],
  charter?: Pick<Charter, 'set'>,
): Promise<void> {
  if (cards.length === 0) return;
  await assertSecretPlace(session, 'sealed shares', out, escrow);
  if (charter) for (const card of cards) await assertNew(join(out, shareFile(charter, card)));
}

/**
 * Writes `card-N-set-S-ID.txt.age` for each card whose holder named a key.
 *
 * @returns undefined where nobody did.
 * @throws {@link EscrowError} `output.exists`, `age.key`, `file.*`; nothing of this run is left then.
 */
export async function writeSealedShares(
  session: Session,
  batch: CardBatch,
  out: string,
): Promise<SealedShares | undefined> {
  const crypto = await session.crypto();
  const shares = batch.cards.flatMap((card) => {
    const { encryptTo: recipient } = card.trustee;
    return recipient === undefined
      ? []
      : [{ card, recipient, path: join(out, shareFile(batch.charter, card.card)) }];
  });
  if (shares.length === 0) return undefined;
  for (const { path } of shares) await assertNew(path);
  const isOurs = !(await exists(out));
  const written = new Set<string>();
  const remove = async (): Promise<void> => {
    for (const path of written) await rm(path, { force: true });
    if (isOurs) await rmdir(out).catch(() => undefined);
  };
  const keep = guard(remove);
  const discard = async (): Promise<void> => {
    await remove();
    keep();
  };
  try {
    await makeFolder(out);
    for (const { card, recipient, path } of shares) {
      const plain = shareText(batch, card);
      const bytes = await bytesOf(encryptTo(crypto, decodeRecipient(recipient), streamOf(plain)));
      wipe(plain);
      await writeFileAtomic(path, bytes);
      written.add(path);
      tellSealed(session, card, { recipient, path });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  const told = shares.map(
    ({ card, path }) => `give ${card.trustee.name} the file ${shortPath(session, path)}, then delete it here`,
  );
  return { keep, discard, told };
}

/** To whoever leads, --quiet or not: a key that nobody knows is seen only here. */
function tellSealed(
  session: Session,
  { card, trustee }: CardSecret,
  { recipient, path }: { readonly recipient: string; readonly path: string },
): void {
  const line = SEALED_SHARE(card, shortRecipient(recipient), trustee.name, shortPath(session, path));
  if (session.canAsk) tell(session, line);
  else session.say(line);
}
