// Every transcript in test/transcripts, with the real program and no network: whatever tries to connect,
// look a name up or fetch ends the test.

import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { main } from '../src/cli/main.ts';
import { removeSample } from './support/transcript-sample.ts';
import { runTranscript } from './support/transcript.ts';

const FOLDER = new URL('transcripts/', import.meta.url);

const refuse = (): never => {
  throw new Error('the program reached for the network');
};

beforeAll(() => {
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(refuse);
  vi.spyOn(dns, 'lookup').mockImplementation(refuse);
  vi.spyOn(globalThis, 'fetch').mockImplementation(refuse);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await removeSample();
});

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

test.each(names)('%s', { timeout: 300_000 }, async (name) => {
  await runTranscript(readFileSync(new URL(name, FOLDER), 'utf8'), main);
});
