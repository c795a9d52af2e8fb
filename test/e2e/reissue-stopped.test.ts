// A reissue and a rekey as processes, killed and interrupted: the old set stands untouched, or the new one is
// whole. What was left out between the two, the next seal makes up for. A rekey takes every step that a reissue
// takes; test/cli/succeed.test.ts stops both at each single write.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { ESCROW, QUORUM, useSampleFolder } from '../support/sample-folder.ts';
import { filesBelow } from '../support/transcript-verbs.ts';
import { PROGRAM } from './stage.ts';

const sample = useSampleFolder();
const { at } = sample;

async function holdfast(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, out, err } = await sample.holdfast(...args);
  return { code, said: out + err };
}

function start(kind: string): ChildProcess & { said: () => string } {
  const args = ['ceremony', kind, ESCROW, '--plan', 'next.yaml', '--cards', 'new', ...QUORUM, '--no-input'];
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: at(),
    env: { ...process.env, HOLDFAST_HOME: at('home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  return Object.assign(child, { said: () => said });
}

async function endWhen(
  child: ChildProcess,
  signal: NodeJS.Signals,
  isTime: () => boolean,
): Promise<number | null> {
  const end = new Promise<number | null>((resolve) => child.on('close', resolve));
  let isReached = isTime();
  while (child.exitCode === null && !isReached) {
    await new Promise((resolve) => setImmediate(resolve));
    isReached = isTime();
  }
  child.kill(signal);
  const code = await end;
  // One that nobody saw in time says nothing of a stop there; what stays on the disk is seen all the same.
  expect(isReached || isTime(), 'the step was reached').toBe(true);
  return code;
}

const isThere = (directory: string, pattern: RegExp): boolean =>
  existsSync(at(directory)) && readdirSync(at(directory)).some((name) => pattern.test(name));

const charterNumber = (): number =>
  (JSON.parse(readFileSync(at(ESCROW, 'charter.json'), 'utf8')) as { number: number }).number;

const registerHasNext = (): boolean => {
  const [home = ''] = readdirSync(at('home')).filter((name) => northwind === name);
  return home !== '' && readFileSync(at('home', home, 'register.json'), 'utf8').includes('"retired"');
};
let northwind = '';
beforeEach(async () => {
  await writeFile(
    at('next.yaml'),
    'organisation: Northwind IT\nthreshold: 2\ntrustees: [{ name: Ana Ruiz }, { name: Mei Chen }, { name: Per Lund }]\n',
  );
  northwind = (JSON.parse(readFileSync(at(ESCROW, 'charter.json'), 'utf8')) as { escrow: string }).escrow;
});

const STEPS: readonly (readonly [string, () => boolean])[] = [
  ['the lock is taken', () => isThere(ESCROW, /^\.lock$/)],
  ['the first card is written', () => isThere('new', /^card-1\.pdf$/)],
  ['the last card is written', () => isThere('new', /^card-3\.pdf$/)],
  ['the register is written', registerHasNext],
  ['the signature is there', () => isThere(`${ESCROW}/charters`, /^0002\.json\.minisig$/)],
  ['the charter is in the chain', () => isThere(`${ESCROW}/charters`, /^0002\.json$/)],
  ['the charter is in force', () => charterNumber() === 2],
];
const REKEY_STEPS: typeof STEPS = [
  ['the package grows', () => isThere(`${ESCROW}/packages`, /^\.holdfast-part-000002.*age/)],
  ['the package has its name', () => isThere(`${ESCROW}/packages`, /^000002.*age$/)],
  ['the old key has signed', () => isThere(`${ESCROW}/charters`, /^0002\.json\.old\.minisig$/)],
  ['the record is there', () => isThere(`${ESCROW}/packages`, /^000002.*json$/)],
];
const OF_REISSUE = ['the first card is written', 'the charter is in the chain', 'the charter is in force'];
const CASES = [
  ...STEPS.filter(([name]) => OF_REISSUE.includes(name)).map((step) => ['reissue', ...step] as const),
  ...[...STEPS, ...REKEY_STEPS].map((step) => ['rekey', ...step] as const),
];

const newCards = (): string[] => [1, 3].flatMap((card) => ['--share', `new/card-${card}.pdf`]);

async function expectVault(out: string, cards: readonly string[]): Promise<void> {
  const { code, said } = await holdfast('recover', ESCROW, ...cards, '--out', out);
  expect(code, said).toBe(0);
  expect(await readFile(at(out, 'exports/vault-export/vault-export.json'))).toEqual(
    await readFile(at('vault-export.json')),
  );
}

/** Whichever set is in force, it opens, the folder verifies, and the next steps can be taken. */
async function expectSound(kind: string): Promise<void> {
  await expectVault('by-old', QUORUM);
  const isNew = charterNumber() === 2;
  if (isNew) {
    await expectVault('by-new', newCards());
    const { said } = await holdfast('check-card', 'new/card-1.pdf', '--escrow', ESCROW);
    expect(said).toContain('card 1 (blue square) is good');
    // The machine may not have been taught it: that is what the words on the cards are for.
    if ((await holdfast('verify', ESCROW)).code === 13) await enrolByCard();
  } else {
    const { said } = await holdfast('check-card', 'card-1.txt', '--escrow', ESCROW);
    expect(said).toContain('card 1 (gold circle) is good');
  }
  const verified = await holdfast('verify', ESCROW, '--read-data');
  expect(verified, verified.said).toMatchObject({ code: 0 });
  const checkedIn = await holdfast('check-in', ESCROW, '--card', '1', '--bag', 'B-1');
  expect(checkedIn, checkedIn.said).toMatchObject({ code: 0 });
  const sealed = await holdfast('seal', ESCROW, 'vault-export.json');
  expect(sealed, sealed.said).toMatchObject({ code: 0 });
  if (isNew) {
    const ledger = await readFile(at(ESCROW, 'ledger.jsonl'), 'utf8');
    expect(ledger).toContain(`\\"kind\\":\\"${kind}\\"`);
    expect(await readFile(at(ESCROW, 'charter.json.minisig'))).toEqual(
      await readFile(at(ESCROW, 'charters/0002.json.minisig')),
    );
  }
  const left = (await filesBelow(at(ESCROW))).filter((name) => /part-|\.lock/.test(name));
  expect(left).toEqual([]);
}

async function enrolByCard(): Promise<void> {
  const { charterWords } = await import('../../src/core/record/words.ts');
  const { decodePublicKey } = await import('../../src/core/record/minisign.ts');
  const { loadNodeCrypto } = await import('../../src/adapters/crypto-node.ts');
  const charter = JSON.parse(readFileSync(at(ESCROW, 'charter.json'), 'utf8')) as {
    charterKey: string;
    recipient: string;
  };
  const words = charterWords(await loadNodeCrypto(), decodePublicKey(charter.charterKey), charter.recipient);
  const { code, said } = await holdfast('enrol', ESCROW, '--words', words.join(' '));
  expect(code, said).toBe(0);
}

describe.skipIf(process.platform === 'win32')('killed', () => {
  test.each(CASES)('%s, when %s', async (kind, _name, isTime) => {
    const child = start(kind);
    await endWhen(child, 'SIGKILL', isTime);
    await expectSound(kind);
    // A ceremony that was killed is held again.
    if (charterNumber() === 1) {
      await rm(at('new'), { recursive: true, force: true });
      const again = start(kind);
      expect(await new Promise((resolve) => again.on('close', resolve)), again.said()).toBe(0);
      expect(await holdfast('verify', ESCROW, '--read-data')).toMatchObject({ code: 0 });
      await expectVault('again', newCards());
    }
  });
});

/** Who is interrupted clears up by itself: before the register, between charter and force, and after it. */
const INTERRUPTED = CASES.filter(([kind, name]) =>
  [
    'the lock is taken',
    'the last card is written',
    'the package has its name',
    ...(kind === 'rekey' ? ['the charter is in the chain'] : []),
    'the charter is in force',
  ].includes(name),
);

describe.skipIf(process.platform === 'win32')('interrupted', () => {
  test.each(INTERRUPTED)('%s, when %s: all of it or nothing', async (kind, _name, isTime) => {
    const before = await filesBelow(at(ESCROW));
    const child = start(kind);
    const code = await endWhen(child, 'SIGINT', isTime);
    if (code === 0 || code === null || charterNumber() === 2) {
      expect(charterNumber(), child.said()).toBe(2);
      expect(existsSync(at('new/card-3.pdf'))).toBe(true);
    } else {
      expect(code, child.said()).toBe(130);
      expect(await filesBelow(at(ESCROW))).toEqual(before);
      expect(existsSync(at('new'))).toBe(false);
    }
    await expectSound(kind);
  });
});
