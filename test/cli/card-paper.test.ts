import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Prompter } from '../../src/adapters/prompts.ts';
import type { CardBatch, DrawnCard } from '../../src/cli/card-output.ts';
import { cardPaper, type CardPaper } from '../../src/cli/card-paper.ts';
import type { Session } from '../../src/cli/session.ts';
import type { CardSecret } from '../../src/escrow/ceremony.ts';
import { FakeCups } from '../support/fake-cups.ts';

describe.skipIf(process.platform === 'win32')('a card sent to a printer', () => {
  let folder: string;
  let cups: FakeCups;
  let said: string;
  let choices: string[];
  let paper: CardPaper;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-paper-'));
    cups = await FakeCups.in(folder, {});
    said = '';
    choices = [];
    const io = { stderr: (text: string) => (said += text), environment: { PATH: cups.path } };
    const prompter = {
      pause: () => Promise.resolve(),
      choose: () => Promise.resolve(choices.shift()),
    } as unknown as Prompter;
    paper = await cardPaper({ io } as unknown as Session, prompter, {
      way: { kind: 'printer', printer: { name: 'desk', reach: 'cable' }, out: undefined },
      batch: {} as CardBatch,
      folder: () => Promise.reject(new Error('no files here')),
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
  });
});
