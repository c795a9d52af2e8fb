// The last step of a reissue and of a rekey, with a disk that refuses the n-th write, for every n: once, as a full
// one does, and from then on, as if the machine had been killed. The old set stands untouched, or the new one is in
// force and the next seal makes up for what is missing.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as AtomicWrite from '../../src/adapters/atomic-write.ts';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { CharterFiles } from '../../src/adapters/charter-files.ts';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import { openTrusted, registerIfAny } from '../../src/cli/escrow-access.ts';
import { establish } from '../../src/cli/establish.ts';
import { readContents } from '../../src/cli/read-contents.ts';
import { resealPackages } from '../../src/cli/reseal.ts';
import type { ResealedPackage } from '../../src/cli/reseal.ts';
import { sealerKeys } from '../../src/cli/sealer-keys.ts';
import { Session } from '../../src/cli/session.ts';
import { succeed } from '../../src/cli/succeed.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { formatRow } from '../../src/core/share/share-text.ts';
import { beginCeremony, beginNextCeremony } from '../../src/escrow/ceremony.ts';
import type { Ceremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { decodeRegister } from '../../src/escrow/register.ts';
import { newEscrowId } from '../../src/escrow/trust.ts';
import { verifyEscrow } from '../../src/escrow/verify.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { runHere, worldOf } from '../support/in-process.ts';
import { filesBelow } from '../support/transcript-verbs.ts';

type Kind = 'reissue' | 'rekey';
type Fault = 'full' | 'killed';

/** What a write meets. The first to be refused is the one with the number `at`. */
const disk = vi.hoisted(() => ({
  at: Infinity,
  fault: 'full',
  written: [] as string[],
  isDead: false,
  /** Whether packages cannot be removed. */
  isStuck: false,
}));

function refuse(path: string): void {
  const refused = disk.isDead || disk.written.length + 1 === disk.at;
  disk.written.push(path);
  if (!refused) return;
  disk.isDead = disk.fault === 'killed';
  throw new EscrowError('file.no-space', { path });
}

vi.mock('../../src/adapters/atomic-write.ts', async (original) => {
  const real = await original<typeof AtomicWrite>();
  const written: typeof real.writeFileAtomic = async (path, bytes, options) => {
    refuse(path);
    await real.writeFileAtomic(path, bytes, options);
  };
  const staged: typeof real.stageFile = async (path, options) => {
    const file = await real.stageFile(path, options);
    const commit = async (): Promise<void> => {
      refuse(path);
      await file.commit();
    };
    return { ...file, commit };
  };
  return { ...real, writeFileAtomic: written, stageFile: staged };
});

/** Who is dead takes nothing back. */
class MortalCharters extends CharterFiles {
  override async removePending(number: number): Promise<void> {
    if (disk.isDead) throw new EscrowError('file.denied', { path: 'charters' });
    await super.removePending(number);
  }
}

class MortalFolder extends EscrowFolder {
  override async removePackage(name: string): Promise<void> {
    if (disk.isDead || disk.isStuck) throw new EscrowError('file.denied', { path: name });
    await super.removePackage(name);
  }

  override readonly charters = new MortalCharters(this.path);
}

const ESCROW = 'northwind.escrow';
const MADE = new Date(Date.UTC(2026, 10, 23, 9, 0, 0));
const NEXT = new Date(Date.UTC(2026, 10, 24, 9, 0, 0));
const planOf = (organisation: string, ...names: readonly string[]): string =>
  `organisation: ${organisation}\nthreshold: 2\ntrustees: [${names.map((name) => `{ name: ${name} }`).join(', ')}]\n`;

const crypto = await loadNodeCrypto();
let sample = '';
let folder = '';
let first: Ceremony;
const begun: ResealedPackage[] = [];
const at = (...names: string[]): string => join(folder, ...names);
const sessionAt = (now: Date): Session =>
  new Session(worldOf({ folder, now }), { quiet: true, input: false });

beforeAll(async () => {
  folder = sample = await mkdtemp(join(tmpdir(), 'holdfast-succeed-'));
  await writeFile(at('vault-export.json'), sampleBitwardenExport(3));
  const session = sessionAt(MADE);
  const plan = decodePlan(planOf('Northwind IT', 'Ana', 'Ben', 'Cy'));
  const place = { escrow: newEscrowId(crypto), setNumber: 1, created: '2026-11-23T09:00:00Z' };
  first = beginCeremony(crypto, { plan, ...place, sealers: await sealerKeys(session, undefined) });
  await mkdir(at(ESCROW));
  await establish(session, new EscrowFolder(at(ESCROW)), {
    ceremony: first,
    plan,
    proven: [],
    created: MADE,
  });
  await writeCards(first, 'old');
  await runHere(['seal', ESCROW, 'vault-export.json'], { folder, now: MADE });
  await holdfast('check-in', ESCROW, '--card', '2', '--change', 'role');
});
afterAll(() => rm(sample, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-succeed-'));
  await cp(sample, folder, { recursive: true });
});
afterEach(async () => {
  for (const { staged } of begun.splice(0)) await staged.abort();
  await rm(folder, { recursive: true, force: true });
});

async function holdfast(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, out, err } = await runHere(args, { folder });
  return { code, said: out + err };
}

async function expectCode(wanted: number, ...args: string[]): Promise<string> {
  const { code, said } = await holdfast(...args);
  expect(code, `${args.join(' ')}\n${said}`).toBe(wanted);
  return said;
}

async function writeCards({ cards }: Ceremony, name: string): Promise<void> {
  for (const { card, rows } of cards)
    await writeFile(at(`${name}-${card}.txt`), `${rows.map(formatRow).join('\n')}\n`);
}

interface Held {
  readonly ceremony: Ceremony;
  /** What was thrown, if anything was. */
  readonly error: unknown;
  /** The files that were written, by name, the refused ones too. */
  readonly written: readonly string[];
}

/** The end of a ceremony, without paper. The disk refuses the n-th write. */
async function hold(kind: Kind, n = Infinity, fault: Fault = 'full'): Promise<Held> {
  const session = sessionAt(NEXT);
  const escrow = { ...(await openTrusted(session, ESCROW)), folder: new MortalFolder(at(ESCROW)) };
  const seen = await verifyEscrow(crypto, await readContents(escrow.folder, 'none'), escrow.pins);
  const plan = decodePlan(planOf('Northwind GmbH', 'Ana', 'Ben', 'Dee'));
  const { charter } = escrow;
  const ceremony = beginNextCeremony(crypto, {
    kind,
    plan,
    sealers: charter.sealers,
    created: '2026-11-24T09:00:00Z',
    before: { charter, hash: escrow.pins.charter.sha256, seed: first.seed },
  });
  await writeCards(ceremony, 'new');
  const keys = { oldSeed: first.seed, newSeed: ceremony.seed, newRecipient: ceremony.recipient, count: 1 };
  const resealed = kind === 'rekey' ? await resealPackages(session, escrow, seen, keys) : [];
  begun.push(...resealed);
  const made = { resealed, heldBy: undefined };
  const sealer = await session.home.ensureSealer(crypto);
  const register = await registerIfAny(session, escrow);
  Object.assign(disk, { at: n, fault, written: [], isDead: false });
  let error: unknown;
  try {
    const held = { ceremony, plan, proven: [], created: NEXT };
    await succeed(session, { kind, escrow, seen, register, made, sealer }, held, () => undefined);
  } catch (thrown) {
    error = thrown;
  }
  Object.assign(disk, { at: Infinity, isDead: false });
  if (error !== undefined) expect(error).toBeInstanceOf(EscrowError);
  if (fault === 'full') for (const { staged } of resealed) await staged.abort();
  return { ceremony, error, written: disk.written.map((path) => basename(path)) };
}

/** What it writes, in order. The folder is as before. */
async function writesOf(kind: Kind): Promise<readonly string[]> {
  const hasRegister = existsSync(registerPath());
  const { written } = await hold(kind);
  await startAgain();
  if (!hasRegister) await rm(registerPath());
  return written;
}

const charterNumber = (): number =>
  (JSON.parse(readFileSync(at(ESCROW, 'charter.json'), 'utf8')) as { number: number }).number;
const registerPath = (): string => at('home', first.charter.escrow, 'register.json');

async function startAgain(): Promise<void> {
  await rm(folder, { recursive: true });
  await cp(sample, folder, { recursive: true });
}

async function contentBelow(path: string): Promise<Map<string, string>> {
  const names = await filesBelow(path);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'latin1')] as const)),
  );
}

interface Told {
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whichever set is in force: it opens, the folder verifies, a package can be sealed, and what was left out is told. */
async function expectSound(kind: Kind, { ceremony }: Held): Promise<{ wasTaught: boolean }> {
  const isNew = charterNumber() === 2;
  const taught = (await holdfast('verify', ESCROW)).code !== 13;
  if (!taught) await expectCode(0, 'enrol', ESCROW, '--words', ceremony.words.join(' '));
  await expectCode(0, 'verify', ESCROW, '--read-data');
  await expectCode(0, 'seal', ESCROW, 'vault-export.json');
  await expectCode(0, 'verify', ESCROW, '--read-data');
  const name = isNew ? 'new' : 'old';
  const cards = ['--share', `${name}-1.txt`, '--share', `${name}-3.txt`];
  const recovered = await expectCode(0, 'recover', ESCROW, ...cards, '--out', 'out');
  expect(recovered).not.toContain('NOT THE NEWEST');
  await expectCode(0, 'check-in', ESCROW, '--card', '3', '--bag', 'B-3');
  await expectCode(0, 'register', 'export', ESCROW, '--out', 'register.json', '--force');
  const register = decodeRegister(await readFile(at('register.json')), 'register.json');
  expect(register).toMatchObject({
    organisation: isNew ? 'Northwind GmbH' : 'Northwind IT',
    set: { number: isNew ? 2 : 1 },
    changes: [{ card: 2, change: 'role' }],
  });
  expect(register.cards.map(({ holder }) => holder)).toEqual(['Ana', 'Ben', isNew ? 'Dee' : 'Cy']);
  if (isNew) expectTold(kind, ceremony);
  return { wasTaught: taught };
}

function expectTold(kind: Kind, { charter, signed, charterKey }: Ceremony): void {
  const events = readFileSync(at(ESCROW, 'ledger.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse((JSON.parse(line) as { body: string }).body) as Told);
  const told = { kind, number: 2, set: charter.set.id, retires: first.charter.set.id };
  expect(events.filter(({ event }) => event === 'ceremony').at(-1)?.facts).toMatchObject(told);
  // What was sealed again keeps its time.
  const [record] = readdirSync(at(ESCROW, 'packages')).filter((name) => /^000002-20261123.*json$/.test(name));
  const again = events.find(({ event, facts }) => event === 'seal' && facts['sequence'] === 2)?.facts[
    'again'
  ];
  expect(again).toBe(record === undefined ? undefined : 1);
  expect(readFileSync(at(ESCROW, 'charter.json.minisig'), 'utf8')).toBe(signed.signature);
  expect(existsSync(at(ESCROW, 'charter.json.old.minisig'))).toBe(kind === 'rekey');
  expect(readFileSync(at(ESCROW, 'charter.pub'), 'utf8')).toContain(encodePublicKey(crypto, charterKey));
}

describe.each(['reissue', 'rekey'] as const)('%s', (kind) => {
  test('writes so many files, and is sound', async () => {
    const held = await hold(kind);
    expect(held.error).toBeUndefined();
    expect(await expectSound(kind, held)).toEqual({ wasTaught: true });
  });

  test('on a disk that is full once, at every write', async () => {
    const written = await writesOf(kind);
    for (const [index, name] of written.entries()) {
      await startAgain();
      const before = [await contentBelow(at(ESCROW)), await contentBelow(at('home'))];
      const held = await hold(kind, index + 1);
      const isNew = charterNumber() === 2;
      expect(held.error === undefined, name).toBe(isNew);
      if (!isNew) expect([await contentBelow(at(ESCROW)), await contentBelow(at('home'))]).toEqual(before);
      const isFirstPins = written.indexOf('pins.json') === index;
      expect(await expectSound(kind, held), name).toEqual({ wasTaught: !isFirstPins });
    }
  });

  test('killed at every write', async () => {
    const written = await writesOf(kind);
    for (const [index, name] of written.entries()) {
      await startAgain();
      const held = await hold(kind, index + 1, 'killed');
      const isFirstPins = written.indexOf('pins.json') === index;
      expect(await expectSound(kind, held), name).toEqual({ wasTaught: !isFirstPins });
    }
  });

  test('killed with its charter pending, and killed again at every write', async () => {
    const written = await writesOf(kind);
    const inForce = written.indexOf('charter.json');
    for (const [index] of written.slice(0, inForce + 1).entries()) {
      await startAgain();
      await hold(kind, inForce + 1, 'killed');
      expect(existsSync(at(ESCROW, 'charters/0002.json'))).toBe(true);
      await expectSound(kind, await hold(kind, index + 1, 'killed'));
    }
  });
});

test('on a machine without the register, a ceremony that fails leaves none', async () => {
  await rm(registerPath());
  const held = await hold('reissue', (await writesOf('reissue')).indexOf('charter.json') + 1);
  expect(held.error).toBeInstanceOf(EscrowError);
  expect(existsSync(registerPath())).toBe(false);
});

test('a package that cannot be taken back keeps the register from nothing', async () => {
  const before = await readFile(registerPath());
  const inForce = (await writesOf('rekey')).indexOf('charter.json') + 1;
  disk.isStuck = true;
  const { error } = await hold('rekey', inForce);
  disk.isStuck = false;
  expect(error).toMatchObject({ code: 'file.no-space' });
  expect(await readFile(registerPath())).toEqual(before);
  expect(existsSync(at(ESCROW, 'charters/0002.json'))).toBe(false);
});

test('what was told of people who hold a card of the new set stays to be dealt with', async () => {
  await holdfast('check-in', ESCROW, '--card', '1', '--change', 'left');
  await holdfast('check-in', ESCROW, '--card', '3', '--change', 'other');
  await hold('reissue');
  const { changes } = decodeRegister(await readFile(registerPath()), 'x');
  expect(changes).toMatchObject([{ card: 2, change: 'role' }]);
});
