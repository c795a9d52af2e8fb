// holdfast check-card: judges cards. It shows nothing secret and rebuilds nothing.

import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { decodeCharter } from '../../core/record/charter.ts';
import { shortSetId } from '../../core/share/share-record.ts';
import { markName } from '../../escrow/card-verdict.ts';
import { CardTable } from '../../escrow/quorum.ts';
import type { CardVerdict } from '../../escrow/card-verdict.ts';
import { describeVerdict, readShare } from '../card-table.ts';
import { ExitCode } from '../exit-codes.ts';
import { chartersBefore } from '../recover-target.ts';
import { reportOf } from '../report.ts';
import type { Session } from '../session.ts';

export async function checkCard(
  session: Session,
  shares: readonly string[],
  options: { escrow?: string },
): Promise<number> {
  const folder =
    options.escrow === undefined ? undefined : await EscrowFolder.open(session.path(options.escrow));
  const document = await folder?.charters.current();
  if (options.escrow !== undefined && !document) {
    throw new EscrowError('charter.format', { reason: 'its file or its signature is missing' });
  }
  await warnSealer(session);
  const charter = document && decodeCharter(document.bytes);
  const table = new CardTable(await session.crypto(), charter, await chartersBefore(folder, charter));
  let unread = 0;
  try {
    for (const named of shares) {
      const cards = await readShare(session, named);
      if (cards.length === 0) unread += 1;
      for (const { from, rows } of cards) table.add(from, rows);
    }
    const { verdicts } = table;
    await session.result(
      { type: 'check-card', cards: verdicts.map(summary), unreadFiles: unread },
      verdicts.map((verdict) => `${verdict.from}: ${describeVerdict(verdict)}`).join('\n'),
    );
    return exitCode(verdicts, unread);
  } finally {
    table.wipe();
  }
}

/** At a ceremony the machine holds both for an hour; afterwards it must not see a quorum of cards bit by bit. */
async function warnSealer(session: Session): Promise<void> {
  const sealer = await session.home.sealer(await session.crypto());
  if (!sealer) return;
  wipe(sealer.secretKey);
  session.warn('this machine holds a sealer key: outside a ceremony, look at cards on another one');
}

function summary(verdict: CardVerdict): object {
  const { from, state, label, card, setId, mark, isRetired, repairs, problem } = verdict;
  return {
    from,
    state,
    label,
    card: card ?? null,
    set:
      setId === undefined
        ? null
        : {
            id: setId,
            short: shortSetId(setId),
            mark: mark ? markName(mark) : null,
            retired: isRetired === true,
          },
    repairs: repairs.map(({ row, position }) => ({ row, position })),
    problem: problem ? { code: problem.code, message: reportOf(problem).message } : null,
  };
}

/** The worst card decides: unreadable or not listed, then of a newer version, another set, a repair. */
function exitCode(verdicts: readonly CardVerdict[], unread: number): number {
  const any = (test: (verdict: CardVerdict) => boolean): boolean => verdicts.some(test);
  const isNewer = ({ problem }: CardVerdict): boolean => problem?.code === 'share.version';
  const isBad = (verdict: CardVerdict): boolean =>
    verdict.state === 'not-listed' || (verdict.state === 'unreadable' && !isNewer(verdict));
  if (unread > 0 || any(isBad)) return ExitCode.Damaged;
  if (any(isNewer)) return ExitCode.UnsupportedVersion;
  if (any(({ state }) => state === 'other-set')) return ExitCode.NoQuorum;
  return any(({ repairs }) => repairs.length > 0) ? ExitCode.Findings : ExitCode.Ok;
}
