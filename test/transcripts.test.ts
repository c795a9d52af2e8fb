// Every transcript in test/transcripts, with the real program, watched (support/transcript-watch.ts), and
// without a network: whatever tries to connect, look a name up or fetch ends the test.

import dgram from 'node:dgram';
import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, test, vi } from 'vitest';
import { main } from '../src/cli/main.ts';
import { makeSample, removeSample } from './support/transcript-sample.ts';
import { watched } from './support/transcript-watch.ts';
import { runTranscript } from './support/transcript.ts';

const FOLDER = new URL('transcripts/', import.meta.url);

const refuse = (): never => {
  throw new Error('the program reached for the network');
};

let root = '';

beforeAll(async () => {
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(refuse);
  vi.spyOn(dgram, 'createSocket').mockImplementation(refuse);
  vi.spyOn(dns, 'lookup').mockImplementation(refuse);
  vi.spyOn(dns.promises, 'lookup').mockImplementation(refuse);
  vi.spyOn(globalThis, 'fetch').mockImplementation(refuse);
  await makeSample(main);
});

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-watched-')));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, root);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

afterAll(async () => {
  vi.restoreAllMocks();
  await removeSample();
});

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

test.each(names)('%s', { timeout: 300_000 }, async (name) => {
  await runTranscript(readFileSync(new URL(name, FOLDER), 'utf8'), watched(main, root));
});
