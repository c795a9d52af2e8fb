// holdfast prove: a holder shows on their own device that the card is still whole. The card's code and
// its printed rows are both read before it answers; nothing of it leaves but a signature.

import { writeFileAtomic } from '../../adapters/atomic-write.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { charterHash, decodeCharter } from '../../core/record/charter.ts';
import { isLockedRecord } from '../../core/share/share-record.ts';
import { openShare } from '../../core/share/lock.ts';
import { answerChallenge, decodeChallenge } from '../../core/record/proof.ts';
import { ExitCode } from '../exit-codes.ts';
import { rowToType } from '../../core/share/row-check.ts';
import { CardPassphrases } from '../card-passphrases.ts';
import type { PassphraseOptions } from '../card-passphrases.ts';
import { readOneCard, rowFromFile, typeRow } from '../read-back.ts';
import type { Session } from '../session.ts';

interface ProveOptions extends PassphraseOptions {
  readonly escrow?: string;
  readonly challenge?: string;
  readonly rowFile?: string;
  readonly out?: string;
}

export async function prove(session: Session, share: string, options: ProveOptions): Promise<number> {
  const crypto = await session.crypto();
  await refuseSealer(session);
  const dir = options.escrow ?? (await ask(session, '--escrow', 'Folder with the charter:'));
  const challenge = decodeChallenge(
    options.challenge ?? (await ask(session, '--challenge', 'The challenge you were sent:')),
  );
  const out = options.out ?? (await ask(session, '--out', 'File for the response:'));
  const document = await (await EscrowFolder.open(session.path(dir))).charters.current();
  if (!document) throw new EscrowError('charter.format', { reason: 'its file or its signature is missing' });
  const known = { charter: decodeCharter(document.bytes), hash: await charterHash(crypto, document.bytes) };
  const { record, text } = await readOneCard(session, share);
  try {
    // A code says nothing of the rows, and the rows are what is left when the code is torn.
    if (text.kind === 'code') {
      if (options.rowFile !== undefined) {
        await rowFromFile(session, options.rowFile, { number: challenge.card, rows: text.rows });
      } else {
        const row = rowToType(crypto, text.rows.length);
        const isTyped = await typeRow(await session.prompter('--row-file'), { row, rows: text.rows });
        if (!isTyped) throw new EscrowError('input.aborted', {});
      }
    }
    const response = answerChallenge(crypto, challenge, known, record);
    // Paper that is there and a passphrase that is forgotten are no card.
    if (isLockedRecord(record)) await assertUnlocked(session, challenge.card, record, options);
    await writeFileAtomic(session.path(out), response, {
      overwrite: session.isForced,
      inputs: [session.path(share)],
    });
  } finally {
    wipe(record);
  }
  await session.result(
    { type: 'prove', card: challenge.card, out },
    `Card ${challenge.card} is whole, code and rows. Send ${out} back; there is nothing secret in it.`,
  );
  return ExitCode.Ok;
}

async function assertUnlocked(
  session: Session,
  card: number,
  record: Uint8Array,
  options: PassphraseOptions,
): Promise<void> {
  const crypto = await session.crypto();
  const keys = new CardPassphrases(session, options);
  try {
    const share = await keys.mustOpen({ label: `card ${card}`, card }, (passphrase) =>
      openShare(crypto, record, passphrase),
    );
    wipe(share.value);
  } finally {
    keys.wipe();
  }
}

/** A machine that can seal must never see cards: with a quorum of them it could open what it sealed. */
async function refuseSealer(session: Session): Promise<void> {
  const sealer = await session.home.sealer(await session.crypto());
  if (!sealer) return;
  wipe(sealer.secretKey);
  throw new EscrowError('check-in.refused', {
    reason: 'this machine holds a sealer key, so no card may be read on it for a check-in',
  });
}

async function ask(session: Session, flag: string, question: string): Promise<string> {
  return (await session.prompter(flag)).text(question);
}
