// The age program itself as an oracle, where one that knows post-quantum keys (1.3 or later) is on PATH.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { decryptAge, encryptAge } from '../../../src/core/age/file.ts';
import { encodeHybridIdentity, hybridRecipient } from '../../../src/core/age/keys.ts';
import { gather, pieces } from '../../support/pieces.ts';

const run = promisify(execFile);
const SEED = new Uint8Array(32).fill(6);
let folder: string;
let version: string | undefined;

async function findAge(): Promise<string | undefined> {
  try {
    const { stdout } = await run('age', ['--version']);
    const [major = 0, minor = 0] = (/\d+\.\d+/.exec(stdout)?.[0] ?? '').split('.').map(Number);
    return major > 1 || (major === 1 && minor >= 3) ? stdout.trim() : undefined;
  } catch {
    return undefined;
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-age-'));
  version = await findAge();
  if (version !== undefined) console.info(`age on PATH: ${version}`);
  else console.warn('age-binary tests were LEFT OUT: no age program of version 1.3 or later on PATH');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach((context) => {
  context.skip(version === undefined, 'no age program of version 1.3 or later on PATH');
});

test.each([0, 1, 65_536, 65_537, 1_000_000])('age and holdfast open each other, %i bytes', async (length) => {
  const crypto = await loadNodeCrypto();
  const recipient = hybridRecipient(crypto, SEED);
  const plaintext = crypto.randomBytes(length);
  const at = (name: string): string => join(folder, `${length}-${name}`);
  await writeFile(at('identity'), `${encodeHybridIdentity(SEED)}\n`, { mode: 0o600 });
  await writeFile(at('recipient'), `${recipient}\n`);
  await writeFile(at('plain'), plaintext);

  await writeFile(at('ours.age'), await gather(encryptAge(crypto, recipient, pieces(plaintext, 'odd'))));
  await run('age', ['-d', '-i', at('identity'), '-o', at('opened'), at('ours.age')]);
  expect(Buffer.compare(await readFile(at('opened')), plaintext)).toBe(0);

  for (const armor of [[], ['-a']]) {
    await run('age', [...armor, '-R', at('recipient'), '-o', at('theirs.age'), at('plain')]);
    const file = pieces(await readFile(at('theirs.age')), 'odd');
    const opened = await gather(decryptAge(crypto, [{ kind: 'hybrid', seed: SEED }], file));
    expect(Buffer.compare(opened, plaintext)).toBe(0);
    await rm(at('theirs.age'));
  }
});
