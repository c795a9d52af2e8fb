// Shares as files for those who want one beside their paper: the rows of a card, sealed to its holder's own
// age key. Nothing of them is in the clear on this machine.

import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, writeFileAtomic } from '../adapters/atomic-write.ts';
import { guard } from '../adapters/interrupt.ts';
import { encryptTo } from '../core/age/file.ts';
import { decodeRecipient } from '../core/age/keys.ts';
import { concatBytes, encodeUtf8, wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { setMark } from '../core/share/set.ts';
import { formatRow } from '../core/share/share-text.ts';
import { streamOf } from '../core/stream-of.ts';
import { markName } from '../escrow/card-verdict.ts';
import type { CardSecret } from '../escrow/ceremony.ts';
import type { CardBatch } from './card-output.ts';
import { shortPath } from './dialogue.ts';
import type { PaperWay } from './paper-way.ts';
import type { Session } from './session.ts';

/** Files that are worth nothing until the ceremony is. */
export interface SealedShares {
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
    ...(rows.length > 4 ? ['# It is locked: it opens nothing without its passphrase.'] : []),
  ];
  const lines = rows.map((row, at) => `${at + 1}  ${formatRow(row)}`);
  return encodeUtf8([...head, ...lines, ''].join('\n'));
}

async function sealed(crypto: CryptoPort, recipient: string, plain: Uint8Array): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of encryptTo(crypto, decodeRecipient(recipient), streamOf(plain))) parts.push(part);
  return concatBytes(...parts);
}

/** Where they go: beside the card files; where there are none, here, for nothing in them is in the clear. */
export function sharesFolder(session: Session, way: PaperWay): string {
  return (way.kind === 'hand' ? undefined : way.out) ?? session.path('.');
}

/**
 * Writes `card-N.txt.age` for each card whose holder named a key.
 *
 * @returns undefined where nobody did.
 * @throws {@link EscrowError} `output.exists`, `age.key`, `file.*`; nothing is left then.
 */
export async function writeSealedShares(
  session: Session,
  batch: CardBatch,
  out: string,
): Promise<SealedShares | undefined> {
  const crypto = await session.crypto();
  const shares = batch.cards.flatMap((card) => {
    const { encryptTo: recipient } = card.trustee;
    return recipient === undefined ? [] : [{ card, recipient, path: join(out, `card-${card.card}.txt.age`) }];
  });
  if (shares.length === 0) return undefined;
  for (const { path } of shares)
    if (!session.isForced && (await exists(path)))
      throw new EscrowError('output.exists', { path, canForce: true });
  const isOurs = !(await exists(out));
  const remove = async (): Promise<void> => {
    for (const { path } of shares) await rm(path, { force: true });
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
      const bytes = await sealed(crypto, recipient, plain);
      wipe(plain);
      await writeFileAtomic(path, bytes, { overwrite: true });
      session.say(
        `card ${card.card} also as a file that only the key of ${card.trustee.name} opens: ${shortPath(session, path)}`,
      );
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { keep, discard };
}
