// Killed, interrupted, and cut off: the built program as a process, ended at every step it takes. What
// stands afterwards is the state before or the state after, and the next command works.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ESCROW, QUORUM, useSampleFolder } from '../support/sample-folder.ts';
import { filesBelow } from '../support/transcript-verbs.ts';
import { PROGRAM } from './stage.ts';

const sample = useSampleFolder();
const { at } = sample;

/** One command in this process, with the same home; for looking at what another process left. */
async function holdfast(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, out, err } = await sample.holdfast(...args);
  return { code, said: out + err };
}

function start(...args: string[]): ChildProcess & { said: () => string } {
  const child = spawn(process.execPath, [PROGRAM, ...args, '--no-input'], {
    cwd: at(),
    env: { ...process.env, HOLDFAST_HOME: at('home') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  return Object.assign(child, { said: () => said });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) =>
    child.on('close', (code) => {
      resolve(code);
    }),
  );

/** Sends a signal as soon as `isTime`, unless the process ends before. */
async function endWhen(
  child: ChildProcess,
  signal: NodeJS.Signals,
  isTime: () => boolean,
): Promise<number | null> {
  const end = ended(child);
  while (child.exitCode === null && !isTime()) await new Promise((resolve) => setImmediate(resolve));
  child.kill(signal);
  return end;
}

const isThere = (directory: string, pattern: RegExp): boolean =>
  existsSync(at(directory)) && readdirSync(at(directory)).some((name) => pattern.test(name));

/** Steps of a seal, by what is to be seen in the folder: the second package is the new one. */
const SEAL_STEPS: readonly (readonly [string, () => boolean])[] = [
  ['the lock is taken', () => isThere(ESCROW, /^\.lock$/)],
  ['the package grows', () => isThere(`${ESCROW}/packages`, /^\.holdfast-part-000002.*age/)],
  ['the package is there', () => isThere(`${ESCROW}/packages`, /^000002.*age$/)],
  ['the signature is there', () => isThere(`${ESCROW}/packages`, /^000002.*minisig$/)],
  ['the record is there', () => isThere(`${ESCROW}/packages`, /^000002.*json$/)],
  ['the ledger grows', () => isThere(ESCROW, /^\.holdfast-part-ledger/)],
];

describe.skipIf(process.platform === 'win32')('killed while sealing', () => {
  test.each(SEAL_STEPS)('when %s', async (_name, isTime) => {
    await endWhen(start('seal', ESCROW, 'vault-export.json'), 'SIGKILL', isTime);
    const verified = await holdfast('verify', ESCROW, '--read-data');
    expect(verified, verified.said).toMatchObject({ code: 0 });

    const next = await holdfast('seal', ESCROW, 'vault-export.json');
    expect(next, next.said).toMatchObject({ code: 0 });
    const again = await holdfast('verify', ESCROW, '--read-data');
    expect(again, again.said).toMatchObject({ code: 0 });
    expect((await filesBelow(at(ESCROW))).filter((name) => /part-|lock/.test(name))).toEqual([]);
    const { said } = await holdfast('recover', ESCROW, ...QUORUM, '--out', 'vault');
    expect(await readFile(at('vault/exports/vault-export/vault-export.json')), said).toEqual(
      await readFile(at('vault-export.json')),
    );
  });

  test('at any other moment', async () => {
    const began = performance.now();
    expect(await ended(start('seal', ESCROW, 'vault-export.json'))).toBe(0);
    const whole = performance.now() - began;
    for (let turn = 0; turn < 6; turn++) {
      const killAt = performance.now() + whole * (0.4 + (0.6 * turn) / 5);
      await endWhen(start('seal', ESCROW, 'vault-export.json'), 'SIGKILL', () => performance.now() > killAt);
      const verified = await holdfast('verify', ESCROW, '--read-data');
      expect(verified, verified.said).toMatchObject({ code: 0 });
      const next = await holdfast('seal', ESCROW, 'vault-export.json');
      expect(next, next.said).toMatchObject({ code: 0 });
    }
    const { said } = await holdfast('verify', ESCROW, '--read-data');
    // Every record is told of in the ledger: the ceremony's line, and one for each.
    const [, records = '', lines = ''] = /(\d+) records.* (\d+) ledger lines/.exec(said) ?? [];
    expect(Number(lines), said).toBe(Number(records) + 1);
  });
});

describe.skipIf(process.platform === 'win32')('killed while recovering', () => {
  test.each([
    ['the folder is made', /^\.holdfast-part-vault/],
    ['the vault is there', /^vault$/],
  ])('when %s', async (_name, pattern) => {
    const child = start('recover', ESCROW, ...QUORUM, '--out', 'out/vault');
    await endWhen(child, 'SIGKILL', () => isThere('out', pattern));
    // Under the name that was asked for there is a whole vault or nothing.
    const isPublished = existsSync(at('out/vault'));
    const left = (await readdir(at('out'))).filter((name) => name.startsWith('.holdfast-part-'));
    const next = await holdfast('recover', ESCROW, ...QUORUM, '--out', 'out/vault');
    expect(next.code, next.said).toBe(isPublished ? 15 : 0);
    expect(await readFile(at('out/vault/exports/vault-export/vault-export.json'))).toEqual(
      await readFile(at('vault-export.json')),
    );
    if (!isPublished && left.length > 0)
      expect(next.said).toContain('was left by a recovery that was killed');
  });
});

describe.skipIf(process.platform === 'win32')('asked to stop', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('recover ends with its code and leaves nothing: %s', async (signal, code) => {
    const before = await filesBelow(at());
    const child = start('recover', ESCROW, ...QUORUM, '--out', 'out/vault');
    const end = await endWhen(child, signal, () => isThere('out', /^\.holdfast-part-vault/));
    expect(end, child.said()).toBe(code);
    expect(await filesBelow(at())).toEqual(before);
    expect(child.said()).toContain('holdfast: stopping; removing what is unfinished');
  });

  test.each(SEAL_STEPS)('seal stops or is done, and says which: %s', async (_name, isTime) => {
    const before = await filesBelow(at(ESCROW));
    const child = start('seal', ESCROW, 'vault-export.json');
    const code = await endWhen(child, 'SIGINT', isTime);
    const after = await filesBelow(at(ESCROW));
    // No code: the signal came when all was said and the process was about to end.
    if (code === 0 || code === null) {
      expect(child.said()).toContain('Package 2 sealed');
      expect(after).toHaveLength(before.length + 3);
    } else {
      expect(code, child.said()).toBe(130);
      expect(after).toEqual(before);
    }
    const verified = await holdfast('verify', ESCROW, '--read-data');
    expect(verified, verified.said).toMatchObject({ code: 0 });
  });

  test('a ceremony takes back its cards and its folder', async () => {
    const before = await filesBelow(at());
    const child = start('ceremony', 'new', 'new.escrow', '--plan', 'plan.yaml', '--cards', 'cards');
    const code = await endWhen(child, 'SIGINT', () => isThere('cards', /^card-2\.pdf$/));
    expect(code, child.said()).toBe(130);
    expect(await filesBelow(at())).toEqual(before);
    expect(existsSync(at('cards'))).toBe(false);
    expect(existsSync(at('new.escrow'))).toBe(false);
  });

  test('a ceremony that is asked twice still takes back its cards', async () => {
    const before = await filesBelow(at());
    const child = start('ceremony', 'new', 'new.escrow', '--plan', 'plan.yaml', '--cards', 'cards');
    const end = endWhen(child, 'SIGINT', () => isThere('cards', /^card-2\.pdf$/));
    while (!child.killed) await new Promise((resolve) => setImmediate(resolve));
    // Of another kind, so that the two are not taken for one.
    child.kill('SIGTERM');
    expect(await end, child.said()).toBe(130);
    expect(await filesBelow(at())).toEqual(before);
    expect(existsSync(at('cards'))).toBe(false);
  });

  test('while it waits for input that does not come', async () => {
    const child = start('seal', ESCROW, '-');
    const end = ended(child);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    child.kill('SIGINT');
    expect(await end, child.said()).toBe(130);
    expect(await holdfast('verify', ESCROW)).toMatchObject({ code: 0 });
  });
});

test.each(['new Error("planted")', 'null'])(
  'a failure that nobody waits for is one, though the work ends well: %s',
  async (thrown) => {
    const hook = `const wait = () => {
      if (process.listenerCount('uncaughtException') === 0) setImmediate(wait);
      else throw ${thrown};
    };
    setImmediate(wait);`;
    const options = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
    const child = spawn(process.execPath, [...options, PROGRAM, 'recover', '--help'], { cwd: at() });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await ended(child), said).toBe(1);
    expect(said).toContain('holdfast: error:');
    expect(said).not.toContain('planted');
  },
);

test('a reader that closes the pipe is no error', async () => {
  const child = start('recover', '--help');
  child.stdout!.destroy();
  expect(await ended(child)).toBe(0);
  expect(child.said()).toBe('');

  const result = start('verify', ESCROW);
  result.stdout!.destroy();
  expect(await ended(result)).toBe(0);
  expect(result.said()).toBe('');
});

describe.skipIf(process.platform === 'win32')('stopped while a kit is made anew', () => {
  const KIT = ['kit', ESCROW, 'kit'] as const;
  const kits = (): string[] => readdirSync(at()).filter((name) => /^kit|part-kit/.test(name));

  test.each([
    ['it is begun', () => isThere('.', /^\.holdfast-part-kit-/)],
    ['it is signed', () => kits().some((name) => name.startsWith('.') && isThere(name, /^SHA256SUMS$/))],
    ['the older one is aside', () => isThere('.', /^kit-before-/)],
  ])(
    'killed when %s, a whole kit is there, and the next command makes the new one',
    async (_step, isTime) => {
      expect((await holdfast(...KIT)).code).toBe(0);
      expect((await holdfast('seal', ESCROW, 'vault-export.json')).code).toBe(0);
      await endWhen(start(...KIT), 'SIGKILL', isTime);
      const left = kits().filter((name) => !name.startsWith('.'));
      const judged = await Promise.all(left.map((name) => holdfast('kit', '--verify', name)));
      // 3: the older one, which is whole and behind.
      expect(judged.some(({ code }) => code === 0 || code === 3)).toBe(true);
      expect((await holdfast(...KIT)).code).toBe(0);
      expect((await holdfast('kit', '--verify', 'kit')).code).toBe(0);
    },
  );

  test('interrupted, it leaves the older one as it was and nothing else', async () => {
    expect((await holdfast(...KIT)).code).toBe(0);
    const code = await endWhen(start(...KIT), 'SIGINT', () => isThere('.', /^\.holdfast-part-kit-/));
    expect([0, 130]).toContain(code);
    expect(kits()).toEqual(['kit']);
    expect((await holdfast('kit', '--verify', 'kit')).code).toBe(0);
  });
});
