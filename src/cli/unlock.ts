// What opens an export that is itself locked, from files or standard input, never from arguments.

import { readBounded } from '../adapters/read-file.ts';
import { wipe } from '../core/bytes.ts';
import { LIMITS } from '../core/limits.ts';
import type { Unlock } from '../escrow/seal.ts';
import type { Session } from './session.ts';

export interface UnlockOptions {
  readonly exportPasswordFile?: string;
  readonly keyFile?: string;
}

/** The caller wipes it with {@link wipeUnlock}. */
export async function readUnlock(session: Session, options: UnlockOptions): Promise<Unlock> {
  const { exportPasswordFile, keyFile } = options;
  return {
    ...(exportPasswordFile === undefined ? {} : { passphrase: await session.secretFrom(exportPasswordFile) }),
    ...(keyFile === undefined
      ? {}
      : { keyFile: await readBounded(session.path(keyFile), LIMITS.keyFileBytes) }),
  };
}

export function wipeUnlock(unlock: Unlock): void {
  wipe(unlock.passphrase, unlock.keyFile);
}
