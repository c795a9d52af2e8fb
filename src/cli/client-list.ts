// The list of clients that was named or lies in the plan folder.

import { readBounded } from '../adapters/read-file.ts';
import { LIMITS } from '../core/limits.ts';
import type { Client } from '../vault/client.ts';

/** @throws {@link EscrowError} `vault.clients`, `file.*`, `limit.exceeded`. */
export async function readClients(path: string | undefined): Promise<readonly Client[] | undefined> {
  if (path === undefined) return undefined;
  // Reading YAML is loaded for those who have a list.
  const { decodeClients } = await import('../vault/clients-file.ts');
  return decodeClients(await readBounded(path, LIMITS.clientsBytes));
}
