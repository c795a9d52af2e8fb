import { expect, test } from 'vitest';
import { undoGuarded } from '../../src/adapters/interrupt.ts';
import { PRINTING, type CardsFor } from '../../src/cli/sentences/printing.ts';
import type { Session } from '../../src/cli/session.ts';
import { stoppedPapers, type StoppedPapers } from '../../src/cli/stopped-papers.ts';

const PAPERS = /^ {2}Stopped\. Each paper made so far opens like a good card/;

async function said(kind: CardsFor, run: (papers: StoppedPapers) => void): Promise<string[]> {
  const lines: string[] = [];
  const session = { io: { stderr: (text: string) => lines.push(text) } } as unknown as Session;
  run(stoppedPapers(session, kind));
  await undoGuarded();
  return lines;
}

test.each(['reissue', 'remake'] as const)('papers of a stopped %s are told once, and named', async (kind) => {
  const stopped = [expect.stringMatching(PAPERS)];
  // By the work itself and then by the clearing up, or by the latter alone after a signal.
  expect(
    await said(kind, (papers) => {
      papers.begin();
      papers.tell();
      papers.tell();
    }),
  ).toEqual(stopped);
  expect(
    await said(kind, (papers) => {
      papers.begin();
    }),
  ).toEqual(stopped);
  expect(PRINTING.sureToStop(kind)).toMatch(/shred every paper made so far/);
});

test('nothing is told before there is paper, nor when the cards are in force', async () => {
  expect(
    await said('reissue', (papers) => {
      papers.tell();
    }),
  ).toEqual([]);
  expect(
    await said('reissue', (papers) => {
      papers.begin();
      papers.keep();
      papers.tell();
    }),
  ).toEqual([]);
});

test.each(['new', 'rekey'] as const)('papers of a stopped %s are worth nothing', async (kind) => {
  expect(
    await said(kind, (papers) => {
      papers.begin();
      papers.tell();
    }),
  ).toEqual([expect.stringMatching(/The cards made so far open nothing\. Shred them all the same/)]);
  expect(PRINTING.sureToStop(kind)).toMatch(/no card of this ceremony is worth anything/);
});
