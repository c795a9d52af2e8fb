import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelJob, listPrinters, reachOf, sendToPrinter, type Sent } from '../../src/adapters/printers.ts';
import { cardNumbers } from '../../src/cli/card-numbers.ts';
import { clockText } from '../../src/cli/clock-text.ts';
import { main } from '../../src/cli/main.ts';
import { judgePreflight, type PreflightInput } from '../../src/escrow/preflight.ts';
import { answering } from '../support/answers.ts';
import { worldOf } from '../support/in-process.ts';

const READY: PreflightInput = {
  plan: { cards: 5, policy: 'any 3 of 5 cards', findings: [] },
  program: 'holdfast 0.1.0, 7F2K-9QTR-M0D4-XW3Z',
  clock: 'Tue 24 Nov 2026, 14:05, UTC+00:00 (UTC)',
  cardFolder: { path: '/dev/shm', isInMemory: true, freeBytes: 1e9 },
  freeBytes: 1e9,
  printers: [{ name: 'desk', reach: 'cable' }],
  isRandom: true,
  attending: [1, 2, 3, 4, 5],
  confirmed: new Set(['program', 'clock', 'printer', 'camera', 'media']),
  isAsked: false,
};

const codes = (input: Partial<PreflightInput>): string[] =>
  judgePreflight({ ...READY, ...input }).findings.map(({ code }) => code);

test('whoever is asked is told to answer yes, everybody else which flag says it', () => {
  const hints = (isAsked: boolean): string[] =>
    judgePreflight({ ...READY, confirmed: new Set(), isAsked }).findings.map(({ hint }) => hint);
  expect(hints(true).filter((hint) => !hint.endsWith('then answer yes'))).toEqual([]);
  expect(hints(false).filter((hint) => !/then --confirm [a-z]+$/.test(hint))).toEqual([]);
});

test('the clock is the one of the moment when it is asked about', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-clock-'));
  try {
    const trustees = [{ name: 'Ana' }, { name: 'Mei' }, { name: 'Zoe' }, { name: 'Tom' }];
    const plan = { organisation: 'Northwind', threshold: 2, trustees };
    await writeFile(join(folder, 'plan.yaml'), JSON.stringify(plan));
    let minutes = 0;
    const { prompter, assertAllAsked } = answering(
      ['Program:', true],
      ['14:07', true],
      ['printed', true],
      ['photographed', true],
      ['sticks', true],
      ['Who has said that they come?', 'all'],
    );
    const confirm: typeof prompter.confirm = async (question, initial) => {
      const answer = await prompter.confirm(question, initial);
      minutes += 7;
      return answer;
    };
    const io = {
      ...worldOf({ folder }),
      isTerminal: true,
      prompter: () => Promise.resolve({ ...prompter, confirm }),
      now: () => new Date(2026, 10, 24, 14, minutes),
    };
    await main(['ceremony', 'preflight', '--plan', 'plan.yaml'], io);
    assertAllAsked();
    expect(io.said().out).toMatch(/clock: Tue 24 Nov 2026, 14:35/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('the nine checks', () => {
  test('all good', () => {
    const { checks, findings } = judgePreflight(READY);
    expect(findings).toEqual([]);
    expect(checks).toHaveLength(9);
    expect(checks.every(({ ok }) => ok)).toBe(true);
  });

  test.each<[string, Partial<PreflightInput>, string[]]>([
    [
      'a plan that cannot be read',
      { plan: { problem: 'line 2', hint: 'mend it' } },
      ['preflight.plan', 'preflight.attendance'],
    ],
    [
      'cards on a disk',
      { cardFolder: { ...READY.cardFolder, isInMemory: false } },
      ['preflight.cards-on-disk'],
    ],
    ['no room', { freeBytes: 1000 }, ['preflight.no-space']],
    [
      'a network printer alone',
      { printers: [{ name: 'hall', reach: 'network' }] },
      ['preflight.network-printer'],
    ],
    ['no randomness', { isRandom: false }, ['preflight.randomness']],
    ['nobody asked', { attending: undefined }, ['preflight.attendance']],
    ['one absent', { attending: [1, 2, 3, 5] }, ['preflight.attendance']],
    ['a printer that cannot be looked at, tried by a person', { printers: undefined }, []],
    [
      'nothing confirmed',
      { confirmed: new Set() },
      ['program', 'clock', 'printer', 'camera', 'media'].map((name) => `preflight.${name}`),
    ],
  ])('%s', (_name, input, wanted) => {
    expect(codes(input)).toEqual(wanted);
    const { checks } = judgePreflight({ ...READY, ...input });
    expect(checks.some(({ ok }) => !ok)).toBe(wanted.length > 0);
  });

  test('a finding of the plan counts against the plan', () => {
    const finding = { code: 'x', severity: 'warning', message: 'm', hint: 'h' } as const;
    const { checks } = judgePreflight({
      ...READY,
      plan: { cards: 5, policy: 'any 3 of 5 cards', findings: [finding] },
    });
    expect(checks.find(({ check }) => check === 'plan')?.ok).toBe(false);
  });
});

test.each([
  ['usb://HP/LaserJet?serial=1', 'cable'],
  ['hp:/usb/Officejet?serial=1', 'cable'],
  ['parallel:/dev/lp0', 'cable'],
  ['ipp://printer.local/ipp/print', 'network'],
  ['ipp://localhost.example/ipp', 'network'],
  ['socket://10.0.0.7:9100', 'network'],
  ['dnssd://Canon._ipp._tcp.local/', 'network'],
  ['hp:/net/Officejet?ip=10.0.0.7', 'network'],
  ['implicitclass://hall/', 'network'],
  ['cups-pdf:/', 'file'],
  ['vendor:/something', 'unknown'],
  ['ipp://localhost:60000/ipp/print', 'unknown'],
  ['http://127.0.0.1/printers/far', 'unknown'],
  ['https://[::1]:8443/far', 'unknown'],
])('%s is reached by %s', (device, reach) => {
  expect(reachOf(device)).toBe(reach);
});

describe.skipIf(process.platform === 'win32')('CUPS', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-lp-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function fake(name: string, script: string): Promise<Record<string, string>> {
    const bin = await mkdtemp(join(folder, 'bin-'));
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
    return { PATH: `${bin}:/usr/bin:/bin` };
  }

  const lpstat = (server: string): string =>
    `if [ "$1" = -H ]; then echo '${server}'; exit; fi
echo "device for hall: ipp://hall.local/ipp"; echo "device for desk: usb://HP/Laser"`;

  test('printers are listed, and how each is reached', async () => {
    const environment = await fake('lpstat', lpstat('/run/cups/cups.sock'));
    expect(await listPrinters(environment)).toEqual([
      { name: 'hall', reach: 'network' },
      { name: 'desk', reach: 'cable' },
    ]);
  });

  test.each([
    ['localhost:631', 'cable'],
    ['/run/cups/cups.sock', 'cable'],
    ['', 'cable'],
    ['localhost', 'cable'],
    ['127.0.0.1:631', 'cable'],
    ['127.0.0.1', 'cable'],
    ['[::1]:631', 'cable'],
    ['::1', 'cable'],
    ['127.0.0.1.example:631', 'network'],
    // CUPS listens at 127.0.0.1; what listens beside it may be a tunnel.
    ['127.0.0.2:631', 'network'],
    ['127.0.0.2', 'network'],
    ['[::1]:8631', 'network'],
    ['localhost:6310', 'network'],
    ['127.0.0.1:8631', 'network'],
    ['prints.example:631', 'network'],
    ['localhost.example', 'network'],
  ])('a printer on a cable of the CUPS at "%s" is reached by %s', async (server, reach) => {
    const environment = await fake('lpstat', lpstat(server));
    expect((await listPrinters(environment))?.find(({ name }) => name === 'desk')).toEqual({
      name: 'desk',
      reach,
    });
  });

  test('a queue that leads to another one of this CUPS goes where that one goes', async () => {
    const environment = await fake(
      'lpstat',
      `[ "$1" = -H ] && exit
echo "device for near: ipp://localhost/printers/desk"
echo "device for away: ipp://127.0.0.1:631/printers/hall"
echo "device for round: ipp://[::1]:631/printers/round"
echo "device for tunnel: ipp://localhost:60000/printers/desk"
echo "device for beside: ipp://127.0.0.2/printers/desk"
echo "device for web: http://localhost/printers/desk"
echo "device for port: http://localhost:631/printers/desk"
${lpstat('')}`,
    );
    const reached = (await listPrinters(environment))?.map(({ name, reach }) => [name, reach]);
    expect(Object.fromEntries(reached ?? [])).toEqual({
      near: 'cable',
      away: 'network',
      round: 'unknown',
      tunnel: 'unknown',
      beside: 'unknown',
      web: 'unknown',
      port: 'cable',
      hall: 'network',
      desk: 'cable',
    });
  });

  test('where lpstat does not tell the server, the environment does', async () => {
    const environment = { ...(await fake('lpstat', lpstat(''))), CUPS_SERVER: 'prints.example' };
    expect((await listPrinters(environment))?.map(({ reach }) => reach)).toEqual(['network', 'network']);
  });

  test('a printer that takes nothing says why', async () => {
    const pdf = new Uint8Array(200_000);
    const sent = async (script: string): Promise<Sent> =>
      sendToPrinter(pdf, 'desk', await fake('lp', script));
    const refused = (reason: string): Sent => ({ state: 'refused', reason });
    expect(await sent('cat > /dev/null')).toEqual({ state: 'taken', job: undefined });
    expect(await sent('cat > /dev/null; echo "request id is desk-12 (1 file(s))"')).toEqual({
      state: 'taken',
      job: 'desk-12',
    });
    expect(await sent('echo "lp: it is off" >&2; exit 1')).toEqual(refused('lp: it is off'));
    expect(await sent('exit 3')).toEqual(refused('lp ended with 3'));
    expect(await sendToPrinter(pdf, 'desk', { PATH: folder })).toEqual(
      refused('there is no lp on this machine'),
    );
  });

  test('a program that was killed has not refused: the card may be printed', async () => {
    const environment = await fake('lp', 'echo "request id is desk-3 (1 file(s))"; kill -TERM $$');
    expect(await sendToPrinter(new Uint8Array(9), 'desk', environment)).toEqual({
      state: 'unknown',
      job: 'desk-3',
    });
  });

  test('a job is taken out of the queue, or it is said that it was not', async () => {
    const environment = await fake('cancel', '[ "$1" = desk-12 ]');
    expect(await cancelJob('desk-12', environment)).toBe(true);
    expect(await cancelJob('desk-13', environment)).toBe(false);
    expect(await cancelJob('desk-12', { PATH: folder })).toBe(false);
  });

  test('without CUPS there is nothing to be said', async () => {
    expect(await listPrinters({ PATH: folder })).toBeUndefined();
  });
});

test('cards as people name them', () => {
  expect(cardNumbers('all', 3)).toEqual([1, 2, 3]);
  expect(cardNumbers('3, 1 2', 3)).toEqual([1, 2, 3]);
  expect(cardNumbers('1 - 3', 5)).toEqual([1, 2, 3]);
  expect(cardNumbers('', 5)).toEqual([]);
  for (const wrong of ['0', '6', '3-1', 'one', '1-6']) expect(cardNumbers(wrong, 5)).toContain('is no card');
});

test('a clock to be compared with a watch', () => {
  expect(clockText(new Date('2026-11-24T14:05:00Z'))).toMatch(
    /^[A-Z][a-z]{2} 2[345] Nov 2026, \d\d:\d\d, UTC[+-]\d\d:\d\d \(.+\)$/,
  );
});
