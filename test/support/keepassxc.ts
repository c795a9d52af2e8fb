// The KeePassXC program as a second opinion on what we write. Where it is not installed, tests that use
// it are left out, and say so.

import { execFileSync, spawnSync } from 'node:child_process';

const PROGRAM = 'keepassxc-cli';

export const isKeePassXcInstalled: boolean = spawnSync(PROGRAM, ['--version']).status === 0;

export function sayIfLeftOut(what: string): void {
  if (!isKeePassXcInstalled) console.warn(`left out: ${what}, because ${PROGRAM} is not installed here`);
}

/** Runs a command on a database and returns what it prints. */
export function keepassxc(command: string, passphrase: string, ...args: readonly string[]): string {
  const quiet = [command, '-q', ...args];
  return execFileSync(PROGRAM, quiet, {
    input: `${passphrase}\n`,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** "Number of entries" of `db-info`: without the recycle bin and without earlier versions. */
export function countEntries(file: string, passphrase: string): number {
  const match = /Number of entries: (\d+)/.exec(keepassxc('db-info', passphrase, file));
  return Number(match?.[1]);
}
