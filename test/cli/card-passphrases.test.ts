// How often passphrases are tried: each try takes long, and anybody can make up locked cards.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardPassphrases, choosePassphrases } from '../../src/cli/card-passphrases.ts';
import { Session } from '../../src/cli/session.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { worldOf } from '../support/in-process.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-passphrases-'));
  await writeFile(join(folder, 'word'), 'never the right one');
});
afterAll(() => rm(folder, { recursive: true }));

const session = (): Session => new Session(worldOf({ folder }), { input: false, quiet: true });

test('cards that no charter lists are tried so often, and those it lists all the same', async () => {
  const keys = new CardPassphrases(session(), { passphraseFile: ['word'] });
  let tries = 0;
  const open = (): Promise<string> => {
    tries += 1;
    return Promise.reject(new EscrowError('share.passphrase', { label: 'card 1' }));
  };
  for (let card = 0; card < LIMITS.lockedCardTries + 20; card += 1)
    expect(await keys.open({ label: 'a forged card', card }, open)).toBeUndefined();
  expect(tries).toBe(LIMITS.lockedCardTries);
  expect(keys.wrong).toMatchObject({ code: 'limit.exceeded', facts: { limit: LIMITS.lockedCardTries } });
  const listed = { label: 'card 1', card: 1, isListed: true };
  expect(await keys.open(listed, () => Promise.resolve('open'))).toBe('open');
  keys.wipe();
});

test('two files for one card are refused when it is locked', async () => {
  const plan = decodePlan(
    'organisation: N\nthreshold: 2\ntrustees: [{name: A, lock: passphrase}, {name: B}, {name: C}]\n',
  );
  await expect(
    choosePassphrases(session(), plan, { passphraseFile: ['1=word', '1=other'] }),
  ).rejects.toMatchObject({
    code: 'usage',
    facts: { reason: expect.stringContaining('two files for card 1') as string },
  });
});
