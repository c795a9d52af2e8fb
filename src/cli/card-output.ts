// Cards drawn by the press, in memory. Without anybody to lead through it they become files, one PDF each, nothing
// else secret on disk, and all gone again when the ceremony does not end well.

import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, writeFileAtomic } from '../adapters/atomic-write.ts';
import type { CardPress } from '../adapters/card-press.ts';
import { guard } from '../adapters/interrupt.ts';
import type { Bytes } from '../core/bytes.ts';
import { wipe } from '../core/bytes.ts';
import { setMark } from '../core/share/set.ts';
import { shortSetId } from '../core/share/share-record.ts';
import { decodeShareRows } from '../core/share/share-text.ts';
import type { CardSecret, Ceremony } from '../escrow/ceremony.ts';
import type { Plan } from '../escrow/plan.ts';
import type { CardContent } from '../paper/card.ts';
import { shortPath } from './dialogue.ts';
import type { Session } from './session.ts';

/** A card as it is to be on paper. */
export interface DrawnCard {
  readonly card: number;
  /** The record by the rows that stand on the checked page. The caller wipes it. */
  readonly record: Bytes;
  /** The page; empty where cards are copied by hand. */
  readonly pdf: Bytes;
}

/** Cards to be handed out: all of a ceremony, or some of a set that stands. */
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

/** Where the file of a card lies. */
export const cardPath = (out: string, card: number): string => join(out, `card-${card}.pdf`);

/**
 * Draws every card, each rasterised, its code decoded and its rows checked.
 *
 * @param press - Undefined where cards are copied by hand: no page is drawn then.
 * @throws {@link EscrowError} `paper.misprint`.
 */
export async function drawCards(
  session: Session,
  batch: CardBatch,
  { language }: Pick<Plan, 'language'>,
  press: CardPress | undefined,
): Promise<DrawnCard[]> {
  const crypto = await session.crypto();
  const drawn: DrawnCard[] = [];
  try {
    for (const card of batch.cards) {
      // The press compared the page with these rows: what they decode to is what the paper says.
      const pdf = (await press?.print(contentOf(batch, language, card))) ?? new Uint8Array();
      const { record } = decodeShareRows(crypto, card.rows, { acceptRepair: false });
      drawn.push({ card: card.card, record, pdf });
      if (press) session.say(`card ${card.card} of ${batch.charter.cards.length} drawn and checked`);
    }
    return drawn;
  } catch (error) {
    forgetCards(drawn);
    throw error;
  }
}

export function forgetCards(cards: readonly DrawnCard[]): void {
  for (const { record, pdf } of cards) wipe(record, pdf);
}

/** Files that were written. Exactly one of the two ends it. */
export interface CardFiles {
  remove(): Promise<void>;
  keep(): void;
}

/** Writes all of them, for whoever prints them without this program. @throws {@link EscrowError} `file.*`. */
export async function writeCardFiles(
  session: Session,
  cards: readonly DrawnCard[],
  out: string,
): Promise<CardFiles> {
  const paths = cards.map(({ card }) => cardPath(out, card));
  const isOurs = !(await exists(out));
  const remove = async (): Promise<void> => {
    for (const path of paths) await rm(path, { force: true });
    if (isOurs) await rmdir(out).catch(() => undefined);
  };
  const keep = guard(remove);
  try {
    await makeFolder(out);
    for (const [index, { pdf }] of cards.entries()) {
      const path = paths[index] ?? '';
      await writeFileAtomic(path, pdf, { overwrite: true });
      session.say(`card file written: ${shortPath(session, path)}`);
    }
  } catch (error) {
    await remove();
    keep();
    throw error;
  }
  return {
    keep,
    remove: async () => {
      await remove();
      keep();
    },
  };
}
