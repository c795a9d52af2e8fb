import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { undoGuarded } from '../../src/adapters/interrupt.ts';
import type { Prompter } from '../../src/adapters/prompts.ts';
import type { CardBatch, DrawnCard } from '../../src/cli/card-output.ts';
import { cardPaper, type CardPaper } from '../../src/cli/card-paper.ts';
import { cardFolder } from '../../src/cli/paper-way.ts';
import type { Session } from '../../src/cli/session.ts';
import type { CardSecret } from '../../src/escrow/ceremony.ts';
import { FakeCups } from '../support/fake-cups.ts';

describe.skipIf(process.platform === 'win32')('a card sent to a printer', () => {
  let folder: string;
  let cups: FakeCups;
  let said: string;
  let choices: string[];
  let noted: string[];
  let paper: CardPaper;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-paper-'));
    cups = await FakeCups.in(folder, {});
    said = '';
    choices = [];
    noted = [];
    const io = { stderr: (text: string) => (said += text), environment: { PATH: cups.path } };
    const prompter = {
      pause: () => Promise.resolve(),
      choose: () => Promise.resolve(choices.shift()),
    } as unknown as Prompter;
    paper = await cardPaper({ io } as unknown as Session, prompter, {
      way: { kind: 'printer', printer: { name: 'desk', reach: 'cable' }, out: undefined },
      batch: {} as CardBatch,
      folder: () => Promise.reject(new Error('no files here')),
      note: ({ what, fix }) => noted.push(`${what}; ${fix}`),
    });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = (): Promise<void> =>
    paper.put(
      { card: 1, trustee: { name: 'Ana Ruiz' } } as CardSecret,
      { card: 1, pdf: new Uint8Array(9) } as unknown as DrawnCard,
    );

  test('is taken back before another try and at a stop, and not once it was read back', async () => {
    await put();
    await put();
    expect(await cups.cancelled()).toEqual(['desk-1']);
    await paper.clear(false);
    expect(await cups.cancelled()).toEqual(['desk-1', 'desk-2']);
    expect(said).toContain('Job desk-2 could not be taken out of the queue');
    await put();
    await paper.clear(true);
    await paper.clear(false);
    expect(await cups.cancelled()).toHaveLength(2);
  });

  test('may be printed when lp was killed: that is said, and the job taken back', async () => {
    const lp = join(folder, 'lp');
    await writeFile(lp, '#!/bin/sh\necho "request id is desk-7 (1 file(s))"\nkill -TERM $$\n');
    await chmod(lp, 0o755);
    choices.push('stop');
    await expect(put()).rejects.toMatchObject({ code: 'input.aborted' });
    expect(said).toMatch(/desk gave no answer in time\. It may print all the same/);
    expect(said).not.toContain('did not take the card');
    await paper.clear(false);
    expect(await cups.cancelled()).toEqual(['desk-7']);
    expect(noted).toEqual([]);
  });

  test('is an exception when it was not taken, whatever is done about it', async () => {
    const lp = join(folder, 'lp');
    await writeFile(lp, '#!/bin/sh\nexit 1\n');
    await chmod(lp, 0o755);
    choices.push('again', 'file');
    await expect(put()).rejects.toThrow('no files here');
    expect(noted).toEqual([
      'the printer did not take card 1; it was sent again',
      'the printer did not take card 1; it and the cards after it were printed from files',
    ]);
  });
});

describe('a card as a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-paper-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function put(pdf: Uint8Array): Promise<CardPaper> {
    const session = {
      io: { stderr: () => true, folder },
      path: (name: string) => name,
    } as unknown as Session;
    const paper = await cardPaper(session, { pause: () => Promise.resolve() } as unknown as Prompter, {
      way: { kind: 'files', out: folder },
      batch: {} as CardBatch,
      folder: () => Promise.reject(new Error('a folder was named')),
      note: () => undefined,
    });
    const secret = { card: 1, trustee: { name: 'Ana Ruiz' } } as CardSecret;
    await paper.put(secret, { card: 1, pdf } as unknown as DrawnCard);
    return paper;
  }

  test('is there until it was read back', async () => {
    const paper = await put(new Uint8Array(9));
    expect(await readdir(folder)).toEqual(['card-1.pdf']);
    await paper.clear(true);
    expect(await readdir(folder)).toEqual([]);
  });

  test('takes no place that another run has taken, and removes nothing of it', async () => {
    const other = new Uint8Array([7, 7]);
    await writeFile(join(folder, 'card-1.pdf'), other);
    await expect(put(new Uint8Array(9))).rejects.toMatchObject({ code: 'output.exists' });
    await undoGuarded();
    expect(new Uint8Array(await readFile(join(folder, 'card-1.pdf')))).toEqual(other);
  });
});

test('a card file of a run before is removed by --force before there is a key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-paper-'));
  try {
    await writeFile(join(folder, 'card-1.pdf'), 'x');
    const session = { isForced: true, path: (name: string) => name, warn: () => undefined, io: { folder } };
    const place = { escrow: join(folder, 'x.escrow'), cards: [1, 2] };
    await cardFolder(session as unknown as Session, folder, place);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
