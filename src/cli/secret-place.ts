// Where secrets in the clear may be put: card files, a rebuilt vault. Not into an escrow folder, which is
// copied wherever there is room, and not without a word into a folder that a cloud service copies.

import { isInside } from '../adapters/inside-folder.ts';
import { syncedBy } from '../adapters/synced-folder.ts';
import { EscrowError } from '../core/errors.ts';
import type { Session } from './session.ts';

/**
 * @param what - "card files", "the rebuilt vault".
 * @param escrow - The escrow folder, when there is one.
 * @throws {@link EscrowError} `output.unsafe`.
 */
export async function assertSecretPlace(
  session: Session,
  what: string,
  path: string,
  escrow: string | undefined,
): Promise<void> {
  if (escrow !== undefined && (await isInside(path, escrow)))
    throw new EscrowError('output.unsafe', {
      path,
      reason: `${what} would lie in the escrow folder, which is copied to places where nobody may find them`,
    });
  const service = syncedBy(path);
  if (service !== undefined)
    session.warn(`${path} lies in a folder that ${service} seems to sync: ${what} would be in the cloud`);
}

/** @throws {@link EscrowError} `usage` for `-`: a vault in the scroll-back of a terminal is in every photo of it. */
export function assertNotScreen(out: string): void {
  if (out === '-')
    throw new EscrowError('usage', {
      reason: '--out - is refused: secrets are not written to the screen; name a file',
    });
}
