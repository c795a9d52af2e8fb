// npm run bench: measures and prints markdown. docs/performance.md holds a printed one.
//   --quick         leaves out the file of 1 GiB
//   --mib N         one file of N MiB in place of all
//   --only A,B      parts of: start, files, ceremony, lock, emergency, scale

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { makeEscrow } from './escrow.ts';
import type { BenchEscrow } from './escrow.ts';
import { timeLock } from './lock.ts';
import { alternate, median, run } from './measure.ts';
import { timePage } from './page.ts';
import { timeCeremony, timeEmergency, timeScan } from './paper.ts';
import { KDBX_ENTRIES, SCALE_ENTRIES, timeKdbx, timeScale } from './scale.ts';
import type { ScaleFigure } from './scale.ts';
import { measureSize } from './speed.ts';
import type { Contender, Figure, Size } from './speed.ts';

const SIZES: readonly Size[] = [
  { name: '20 kB', bytes: 20_000, rounds: 3 },
  { name: '50 MB', bytes: 50_000_000, rounds: 3 },
  { name: '1 GiB', bytes: 1_073_741_824, rounds: 2 },
];
const START_ROUNDS = 20;
/** The first age that knows the post-quantum recipients of a package. */
const LEAST_AGE = { major: 1, minor: 3 } as const;

const print = (...lines: string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
const seconds = (value: number): string => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} s`);
const whole = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(0));

/** The age on PATH when it is new enough, and what to call it. */
function findAge(): { command: string | undefined; name: string } {
  const { status, stdout } = spawnSync('age', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return { command: undefined, name: 'not on PATH' };
  const version = stdout.trim();
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isNew = major > LEAST_AGE.major || (major === LEAST_AGE.major && minor >= LEAST_AGE.minor);
  return isNew
    ? { command: 'age', name: `age ${version}` }
    : { command: undefined, name: `age ${version}, too old for post-quantum recipients` };
}

const NAMES: Record<Contender, string> = {
  holdfast: 'holdfast',
  age: 'age',
  'age-encryption': 'age-encryption (npm)',
  floor: 'floor: bare node:crypto',
};

/** What is compared: what age does. Reading and inspecting the export first is budgeted apart. */
const comparable = ({ verb, seconds: all, before }: Figure): number =>
  verb === 'seal' ? all - (before ?? 0) : all;

/** How long the one takes against the other: below 1 is faster. */
const against = (own: Figure, other: number): string => `${(comparable(own) / other).toFixed(2)} ×`;

function printSeals(figures: readonly Figure[]): void {
  print(
    '',
    row(
      'seal',
      'size',
      'time',
      'of it first reading',
      'then to disk',
      'holdfast against it',
      '… flushed',
      'CPU',
      'peak MiB',
    ),
  );
  print(row('---', '---', '---', '---', '---', '---', '---', '---', '---'));
  for (const one of figures) {
    const { flushSeconds = 0 } = one;
    const own = figures.find(({ who, size }) => who === 'holdfast' && size === one.size) ?? one;
    const compared = [against(own, one.seconds), against(own, one.seconds + flushSeconds)];
    const cells =
      one === own
        ? [seconds(one.before ?? Number.NaN), 'done', '–', '–']
        : ['–', seconds(flushSeconds), ...compared];
    print(row(NAMES[one.who], one.size, seconds(one.seconds), ...cells, ...cost(one)));
  }
}

function printOpens(figures: readonly Figure[]): void {
  print('', row('open', 'size', 'time', 'of it start and cards', 'holdfast against it', 'CPU', 'peak MiB'));
  print(row('---', '---', '---', '---', '---', '---', '---'));
  for (const one of figures) {
    const own = figures.find(({ who, size }) => who === 'holdfast' && size === one.size) ?? one;
    const cells = one === own ? [seconds(one.before ?? Number.NaN), '–'] : ['–', against(own, one.seconds)];
    print(row(NAMES[one.who], one.size, seconds(one.seconds), ...cells, ...cost(one)));
  }
}

const cost = ({ cpuSeconds, peakMiB }: Figure): string[] => [seconds(cpuSeconds), whole(peakMiB)];

function printFigures(figures: readonly Figure[], isAgeThere: boolean): void {
  printSeals(figures.filter(({ verb }) => verb === 'seal'));
  printOpens(figures.filter(({ verb }) => verb === 'open'));
  if (!isAgeThere) print('', 'age: not on PATH, or older than 1.3.');
}

async function start(root: string): Promise<void> {
  const runs = await alternate(
    START_ROUNDS,
    new Map([
      ['node', () => run(process.execPath, ['-e', '0'])],
      ['holdfast', () => run(process.execPath, [join(root, 'bin/holdfast.js'), '--version'])],
    ]),
  );
  const of = (name: 'node' | 'holdfast'): number => median((runs.get(name) ?? []).map((one) => one.seconds));
  const ms = (value: number): string => `${(value * 1000).toFixed(0)} ms`;
  print('', row('start, median of 20', 'time', 'ratio'), row('---', '---', '---'));
  print(row('node -e 0', ms(of('node')), '1'));
  print(row('holdfast --version', ms(of('holdfast')), `${(of('holdfast') / of('node')).toFixed(2)} ×`));
}

async function ceremonies(): Promise<void> {
  print('', row('ceremony', 'time', 'quorums checked'), row('---', '---', '---'));
  const small = await timeCeremony(20, 5, true);
  print(row('20 cards, each rendered, decoded, compared', seconds(small.seconds), small.quorums));
  const large = await timeCeremony(255, 128, false);
  print(row('255 cards, unprinted', seconds(large.seconds), large.quorums));
}

async function lock(escrow: BenchEscrow): Promise<void> {
  const { card, bare } = await timeLock(escrow);
  print('', row('a locked card', 'time', 'against bare Argon2id'), row('---', '---', '---'));
  print(row('Argon2id alone, 64 MiB', seconds(bare), '1'));
  print(row('opened by its passphrase', seconds(card), `${(card / bare).toFixed(2)} ×`));
}

async function emergency(root: string, base: string, escrow: BenchEscrow): Promise<void> {
  const { scan, photos } = await timeScan(base, escrow.ceremony);
  print('', row('emergency', 'time', 'peak MiB'), row('---', '---', '---'));
  const photo = `${scan.megapixels.toFixed(1)} MP ${scan.kind} of a card`;
  print(row(`${photo}, first (loads the reader)`, seconds(scan.firstSeconds), '–'));
  print(row(`${photo}, next`, seconds(scan.nextSeconds), '–'));
  const vault = await timeEmergency(root, base, escrow, photos);
  print(
    row('seal a Bitwarden export of 5,000 entries', seconds(vault.seal.seconds), whole(vault.seal.peakMiB)),
  );
  const recover = vault.recover;
  print(row('three photos to KDBX, 5,000 entries', seconds(recover.seconds), whole(recover.peakMiB)));
  await page(root, base, escrow, photos);
}

async function page(
  root: string,
  base: string,
  escrow: BenchEscrow,
  photos: readonly string[],
): Promise<void> {
  const { program, pages } = await timePage(root, base, escrow, photos);
  const head = ['three photos to the vault, 5,000 entries', 'first screen', 'vault', 'against the program'];
  print('', row(...head), row('---', '---', '---', '---'));
  print(row('holdfast recover, to files', '–', seconds(program), '1'));
  for (const { name, firstScreen, vault } of pages) {
    const ratio = `${(vault / program).toFixed(2)} ×`;
    print(row(`the page in ${name}`, seconds(firstScreen), seconds(vault), ratio));
  }
  if (pages.length === 0) print('', 'No browser starts here.');
}

async function scale(root: string, base: string): Promise<void> {
  print('', row('entries', 'MB', 'time', 'CPU', 'peak MiB'), row('---', '---', '---', '---', '---'));
  const count = (entries: number): string => entries.toLocaleString('en');
  const report = (title: string, { megabytes, run: one }: ScaleFigure): void => {
    print(row(title, whole(megabytes), seconds(one.seconds), seconds(one.cpuSeconds), whole(one.peakMiB)));
  };
  for (const figure of await timeScale(root, base))
    report(`inspect ${count(SCALE_ENTRIES)} of ${figure.name}`, figure);
  const kdbx = await timeKdbx(root, base);
  report(`convert ${count(KDBX_ENTRIES)} of ${kdbx.name}`, kdbx);
}

function machine(age: string): string {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${cpu?.model.trim() ?? '?'}, ${cpus().length} cores, ${memory}; Node ${process.version}; ${age}; load ${load} at the start; ${new Date().toISOString().slice(0, 16)}Z`;
}

function sizes(argv: readonly string[]): readonly Size[] {
  const at = argv.indexOf('--mib');
  if (at === -1) return argv.includes('--quick') ? SIZES.slice(0, -1) : SIZES;
  const mebibytes = Number(argv[at + 1]);
  return [{ name: `${mebibytes} MiB`, bytes: mebibytes * 1_048_576, rounds: 2 }];
}

/** Measures all of it, or the parts named. */
export async function main(root: string, argv: readonly string[]): Promise<void> {
  const only = argv[argv.indexOf('--only') + 1]?.split(',') ?? [];
  const wants = (part: string): boolean => !argv.includes('--only') || only.includes(part);
  const age = findAge();
  const base = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  try {
    print(machine(age.name));
    const escrow = await makeEscrow(base);
    if (wants('start')) await start(root);
    if (wants('files')) {
      const figures: Figure[] = [];
      for (const size of sizes(argv))
        figures.push(...(await measureSize({ root, base, escrow, age: age.command }, size)));
      printFigures(figures, age.command !== undefined);
    }
    if (wants('ceremony')) await ceremonies();
    if (wants('lock')) await lock(escrow);
    if (wants('emergency')) await emergency(root, base, escrow);
    if (wants('scale')) await scale(root, base);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
