// The read-back at a ceremony: each card is printed, taken, and read from paper before the key is
// erased, a scan and one typed row, or all its rows, no repair accepted. A misprint is caught here
// and printed again. Each person who comes to the keyboard sees one thing to do at a time, and no row of
// anybody else.

import { readBounded } from '../adapters/read-file.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { equalBytes, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { openShare } from '../core/share/lock.ts';
import { isLockedRecord } from '../core/share/share-record.ts';
import { setMark } from '../core/share/set.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import type { SeenException } from '../escrow/exceptions.ts';
import { SCREEN } from '../escrow/script-screen.ts';
import type { CardBatch, DrawnCard } from './card-output.ts';
import type { CardPaper } from './card-paper.ts';
import { CardPassphrases } from './card-passphrases.ts';
import { decline, heading, noRow, tell, pathTyped } from './dialogue.ts';
import { rowToType } from '../core/share/row-check.ts';
import { readOneCard, typeRow } from './read-back.ts';
import { reportOf } from './report.ts';
import { PRINTING } from './sentences/printing.ts';
import type { CardsFor } from './sentences/printing.ts';
import type { Session } from './session.ts';

type Way = 'scan' | 'rows' | 'again' | 'stop';

function waysOf({ hasCode, again }: CardPaper): readonly { name: string; value: Way }[] {
  return [
    ...(hasCode ? [{ name: 'a photo or scan of it, and one typed row', value: 'scan' } as const] : []),
    { name: 'all its rows, typed', value: 'rows' },
    { name: again, value: 'again' },
    { name: PRINTING.stop, value: 'stop' },
  ];
}

/** What the read-back leaves. */
export interface ReadBackResult {
  /** The cards that were read back: all of them. */
  readonly proven: readonly number[];
  /** Files that show a card, as they were named: secrets that lie about. */
  readonly pictures: readonly string[];
}

/**
 * Leads through every card: onto paper, taken, read back, and only then the next.
 *
 * @throws {@link EscrowError} `input.aborted` when somebody stops; nothing is kept then.
 */
export async function readBackAll(
  session: Session,
  batch: CardBatch,
  cards: readonly DrawnCard[],
  { paper, ...rest }: Pick<Table, 'paper' | 'kind' | 'note'>,
): Promise<ReadBackResult> {
  const table = { batch, cards, paper, ...rest };
  const readBack = new ReadBack(session, await session.prompter('--no-input'), table);
  const proven: number[] = [];
  for (const sentence of paper.notice) tell(session, sentence);
  try {
    for (const drawn of cards) {
      const secret = batch.cards.find(({ card }) => card === drawn.card);
      if (!secret) throw new Error(`no card ${drawn.card}`);
      await readBack.card(secret, drawn);
      await paper.clear(true);
      proven.push(drawn.card);
      tell(session, SCREEN.card(drawn.card, proven.length, cards.length));
    }
  } finally {
    await paper.clear(false);
  }
  return { proven, pictures: [...readBack.pictures] };
}

interface Table {
  readonly batch: CardBatch;
  readonly cards: readonly DrawnCard[];
  readonly paper: CardPaper;
  /** What the cards are made for. */
  readonly kind: CardsFor;
  /** Keeps what went otherwise than on the script. */
  readonly note: (exception: SeenException) => void;
}

const allRows = ({ rows }: CardSecret): readonly number[] => rows.map((_, at) => at + 1);

class ReadBack {
  readonly pictures = new Set<string>();
  readonly #session: Session;
  readonly #prompter: Prompter;
  readonly #ceremony: CardBatch;
  readonly #drawn: readonly DrawnCard[];
  readonly #paper: CardPaper;
  readonly #kind: CardsFor;
  readonly #note: Table['note'];
  #way: Way;

  constructor(session: Session, prompter: Prompter, { batch, cards, paper, kind, note }: Table) {
    this.#session = session;
    this.#prompter = prompter;
    this.#ceremony = batch;
    this.#drawn = cards;
    this.#paper = paper;
    this.#kind = kind;
    this.#note = note;
    this.#way = paper.hasCode ? 'scan' : 'rows';
  }

  /** One card until it was read back. @throws {@link EscrowError} `input.aborted`. */
  async card(secret: CardSecret, drawn: DrawnCard): Promise<void> {
    const { card, trustee, groupName } = secret;
    const group = groupName === undefined ? '' : ` (${groupName})`;
    heading(
      this.#session,
      `Card ${card} of ${this.#ceremony.charter.cards.length}, for ${trustee.name}${group}`,
    );
    await this.#paper.put(secret, drawn);
    for (;;) {
      const way = await this.#prompter.choose(
        'How is it read back from the paper?',
        waysOf(this.#paper),
        this.#way,
      );
      if (way === 'scan' || way === 'rows') {
        this.#way = way;
        if (await this.#attempt(secret, way)) return;
      } else if (way === 'again') {
        tell(this.#session, this.#paper.wrong);
        this.#note(this.#paper.againException(card));
        await this.#paper.put(secret, drawn);
      } else if (await this.#prompter.confirm(PRINTING.sureToStop(this.#kind), false)) {
        throw new EscrowError('input.aborted', {});
      }
    }
  }

  /** @returns false when it was not this card, or the person went back: they choose again. */
  async #attempt(secret: CardSecret, way: 'scan' | 'rows'): Promise<boolean> {
    const isRead = way === 'rows' ? await this.#typeRows(secret, allRows(secret)) : await this.#scan(secret);
    return isRead && (await this.#unlock(secret));
  }

  /** A locked card is good when its holder still types its passphrase. */
  async #unlock({ card, record }: CardSecret): Promise<boolean> {
    if (!isLockedRecord(record)) return true;
    const crypto = await this.#session.crypto();
    const keys = new CardPassphrases(this.#session, {});
    const share = await keys.open({ label: `card ${card}`, card }, (typed) =>
      openShare(crypto, record, typed),
    );
    wipe(share?.value);
    return share !== undefined;
  }

  async #scan(secret: CardSecret): Promise<boolean> {
    for (;;) {
      const question = 'The photo or scan, as a file (empty: go back):';
      const named = pathTyped(await this.#prompter.text(question, { check: noRow }));
      if (named.trim() === '') return false;
      const problem = await this.#judgeScan(secret, named.trim());
      if (problem === undefined) break;
      decline(this.#session, problem);
    }
    return this.#typeRows(secret, [rowToType(await this.#session.crypto(), secret.rows.length)]);
  }

  async #typeRows(secret: CardSecret, numbers: readonly number[]): Promise<boolean> {
    for (const row of numbers) {
      const { rows } = secret;
      if (!(await typeRow(this.#prompter, { row, rows, whose: this.#ofCard(secret) }))) return false;
    }
    return true;
  }

  /** Of a row that is on another card of this ceremony. */
  #ofCard({ card }: CardSecret): (row: number, symbols: string) => string | undefined {
    return (row, symbols) => {
      const other = this.#ceremony.cards.find(({ rows }) => rows[row - 1] === symbols);
      return other && `${this.#nameOf(other)}; card ${card} is asked for`;
    };
  }

  #nameOf({ card, trustee }: CardSecret): string {
    return `card ${card}, for ${trustee.name}`;
  }

  /** @returns why this is no scan of this card. */
  async #judgeScan(secret: CardSecret, named: string): Promise<string | undefined> {
    try {
      if (await this.#isCardFile(named)) {
        return 'the card is printed from that file; photograph or scan the paper itself';
      }
      const { record, text } = await readOneCard(this.#session, named);
      try {
        if (text.kind === 'rows')
          return 'that is a text file; photograph or scan the paper, or type all its rows';
        this.pictures.add(named);
        return this.#whoseElse(secret, record);
      } finally {
        wipe(record);
      }
    } catch (error) {
      if (!isEscrowError(error)) throw error;
      return scanProblem(error);
    }
  }

  /** The file that was just written is not the paper, wherever a copy of it lies and whatever its name. */
  async #isCardFile(named: string): Promise<boolean> {
    const bytes = await readBounded(this.#session.path(named), LIMITS.scanBytes);
    return this.#drawn.some(({ pdf }) => equalBytes(pdf, bytes));
  }

  #whoseElse({ card, record }: CardSecret, scanned: Bytes): string | undefined {
    if (equalBytes(scanned, record)) return undefined;
    const other = this.#ceremony.cards.find((candidate) => equalBytes(candidate.record, scanned));
    if (other) return `that is ${this.#nameOf(other)}; card ${card} is asked for`;
    const asked = this.#ceremony.charter.set.number;
    const own = scanned[1] ?? 0;
    return own !== asked && own > 0
      ? `that is a card of set ${own}, the ${markName(setMark(own))}; card ${card} of the ${markName(setMark(asked))} is asked for`
      : `that is no card of this ceremony; card ${card} is asked for`;
  }
}

function scanProblem(error: EscrowError): string {
  const { message, hint } = reportOf(error);
  // A code that is there and does not decode is the printer's fault, not the camera's.
  if (error.code.startsWith('share.')) return `${message}; if the paper is at fault, print the card again`;
  return error.code.startsWith('scan.') || error.code.startsWith('file.') ? `${message}; ${hint}` : message;
}
