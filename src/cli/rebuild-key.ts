// From cards to the key: those named on the command line, and at a terminal as many more as it takes.

import { wipe } from '../core/bytes.ts';
import { isEscrowError } from '../core/errors.ts';
import type { CardTable, KeyTest, OpenedQuorum } from '../escrow/quorum.ts';
import { CardPassphrases } from './card-passphrases.ts';
import type { PassphraseOptions } from './card-passphrases.ts';
import { addShare, askForCards, askForFurtherCard } from './card-table.ts';
import { decline } from './dialogue.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

interface Rebuilding extends PassphraseOptions {
  /** What --share named; undefined where nothing was. */
  readonly shares: readonly string[] | undefined;
  readonly test: KeyTest;
  /** What is to be opened, for messages. */
  readonly wanted: string;
  /** Called with the table when it opened, before it is wiped. */
  readonly whenOpen?: (table: CardTable) => void | Promise<void>;
}

/** @throws {@link EscrowError} what CardTable.open throws, and `share.passphrase` where a card stayed locked. The table is wiped on every way out. */
export async function rebuildKey(
  session: Session,
  table: CardTable,
  { shares, test, wanted, whenOpen, ...options }: Rebuilding,
): Promise<OpenedQuorum> {
  const keys = new CardPassphrases(session, options);
  const intake = { table, keys };
  try {
    for (const named of shares ?? []) await addShare(session, intake, named);
    if (!table.hasQuorum() && (session.canAsk || shares === undefined))
      await askForCards(session, intake, await session.prompter('--share'));
    for (;;) {
      try {
        const quorum = await table.open(test, wanted);
        try {
          await whenOpen?.(table);
        } catch (error) {
          wipe(quorum.seed);
          throw error;
        }
        return quorum;
      } catch (error) {
        if (isEscrowError(error, 'share.locked') && keys.wrong) throw keys.wrong;
        // A forged card can make up the number: the true one may still be in the next pocket.
        const isOpen = isEscrowError(error, 'recover.no-subset') || isEscrowError(error, 'recover.other-key');
        if (!isOpen || !session.canAsk) throw error;
        const { message, hint } = reportOf(error);
        decline(session, `${message}; ${hint}`);
        if (!(await askForFurtherCard(session, intake, await session.prompter('--share')))) throw error;
      }
    }
  } finally {
    table.wipe();
    keys.wipe();
  }
}
