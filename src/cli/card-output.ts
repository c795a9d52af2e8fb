// Cards from the press into files: one PDF each, nothing else secret on disk, and all gone again when the
// ceremony does not end well.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, writeFileAtomic } from '../adapters/atomic-write.ts';
import type { CardPress } from '../adapters/card-press.ts';
import { guard } from '../adapters/interrupt.ts';
import { roomAt } from '../adapters/memory-folder.ts';
import type { Bytes } from '../core/bytes.ts';
import { wipe } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { setMark } from '../core/share/set.ts';
import { shortSetId } from '../core/share/share-record.ts';
import { decodeShareRows } from '../core/share/share-text.ts';
import type { CardSecret, Ceremony } from '../escrow/ceremony.ts';
import type { Plan } from '../escrow/plan.ts';
import type { CardContent } from '../paper/card.ts';
import { shortPath } from './dialogue.ts';
import type { Session } from './session.ts';

/** A card as a file. */
export interface PrintedCard {
  readonly card: number;
  readonly path: string;
  /** The record by the rows that stand on the checked page. The caller wipes it. */
  readonly record: Bytes;
  /** The bytes of the file. */
  readonly pdf: Bytes;
  print(): Promise<void>;
  readonly release: () => void;
}

/** Cards to be printed: all of a ceremony, or some of a set that stands. */
export type CardBatch = Pick<Ceremony, 'charter' | 'words' | 'cards'>;

function contentOf(batch: CardBatch, language: Plan['language'], card: CardSecret): CardContent {
  const { charter, words } = batch;
  return {
    cardNumber: card.card,
    cardCount: charter.cards.length,
    setNumber: charter.set.number,
    mark: setMark(charter.set.number),
    policy: charter.policy,
    group: card.group,
    ...(card.groupName === undefined ? {} : { groupName: card.groupName }),
    holderName: card.trustee.name,
    created: charter.created.slice(0, 10),
    rows: card.rows,
    words,
    setId: shortSetId(charter.set.id),
    language,
  };
}

/**
 * Prints every card into `out`, each rasterised, its code decoded and its rows checked before the file
 * is written.
 *
 * @throws {@link EscrowError} `paper.misprint`, `output.exists`, `file.*`.
 */
export async function printCards(
  session: Session,
  batch: CardBatch,
  { language }: Pick<Plan, 'language'>,
  press: CardPress,
  out: string,
): Promise<PrintedCard[]> {
  await makeFolder(out);
  if ((await roomAt(out))?.isInMemory !== true) {
    session.warn(
      `${shortPath(session, out)} is on a disk, or the system does not say: deleted card files may be restored from a disk; a folder in the memory of this computer (on Linux in /dev/shm) is better`,
    );
  }
  const paths = batch.cards.map(({ card }) => join(out, `card-${card}.pdf`));
  for (const path of paths) {
    if (!session.isForced && (await exists(path)))
      throw new EscrowError('output.exists', { path, canForce: true });
  }
  const crypto = await session.crypto();
  const printed: PrintedCard[] = [];
  try {
    for (const [index, card] of batch.cards.entries()) {
      const path = paths[index] ?? '';
      // The press compared the page with these rows: what they decode to is what the paper says.
      const pdf = await press.print(contentOf(batch, language, card));
      const { record } = decodeShareRows(crypto, card.rows, { acceptRepair: false });
      const release = guard(() => rm(path, { force: true }));
      const print = (): Promise<void> => writeFileAtomic(path, pdf, { overwrite: true });
      printed.push({ card: card.card, path, record, pdf, release, print });
      await print();
      session.say(
        `card ${card.card} of ${batch.charter.cards.length} drawn and checked: ${shortPath(session, path)}`,
      );
    }
    return printed;
  } catch (error) {
    await removeCards(printed);
    throw error;
  }
}

/** Deletes card files and forgets their records. */
export async function removeCards(cards: readonly PrintedCard[]): Promise<void> {
  for (const { path, record, pdf, release } of cards) {
    wipe(record, pdf);
    await rm(path, { force: true });
    release();
  }
}
