// holdfast demo: the whole main job on sample data, with the real commands, timed. It uses a home of its
// own, so nothing of this machine's real escrows is touched.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../../adapters/atomic-write.ts';
import type { Io } from '../../adapters/terminal.ts';
import { encodeUtf8 } from '../../core/bytes.ts';
import { sampleBitwardenExport } from '../../vault/sample.ts';
import { ExitCode } from '../exit-codes.ts';
import { Session } from '../session.ts';
import { ceremonyNew } from './ceremony-new.ts';
import { recover } from './recover.ts';
import { seal } from './seal.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

const ENTRIES = 5_000;

const PLAN = `organisation: Northwind IT
threshold: 3
paper: a4
trustees:
  - name: Ana Ruiz
  - name: Łukasz Nowak
  - name: Mei 陈
  - name: Tom Baker
  - name: Zoë Ng
`;

/** The same commands, with output collected and their own home. */
function rehearsal(session: Session, home: string): { session: Session; taken: () => string } {
  let out = '';
  const io: Io = {
    ...session.io,
    isTerminal: false,
    environment: { ...session.io.environment, HOLDFAST_HOME: home },
    stdout: (part) => {
      out += typeof part === 'string' ? part : new TextDecoder().decode(part);
      return Promise.resolve();
    },
    stderr: (text) => {
      if (text.includes('error')) session.io.stderr(text);
    },
  };
  const taken = (): string => {
    const text = out;
    out = '';
    return text;
  };
  return { session: new Session(io, { quiet: true, input: false, json: true }), taken };
}

interface Step {
  readonly name: string;
  readonly run: (inner: Session) => Promise<number>;
}

export async function demo(session: Session, dir: string | undefined): Promise<number> {
  const base = dir === undefined ? await mkdtemp(join(tmpdir(), 'holdfast-demo-')) : session.path(dir);
  await makeFolder(base);
  const at = (...names: string[]): string => join(base, ...names);
  try {
    const sample = sampleBitwardenExport(ENTRIES);
    await writeFileAtomic(at('vault-export.json'), sample, { overwrite: session.isForced });
    await writeFileAtomic(at('plan.yaml'), encodeUtf8(PLAN), { overwrite: session.isForced });
    await writeFileAtomic(at('new-vault.password'), encodeUtf8('sample data only\n'), {
      overwrite: session.isForced,
    });
    const { session: inner, taken } = rehearsal(session, at('home'));
    const lines: { step: string; seconds: number }[] = [];
    for (const { name, run } of steps(at)) {
      announce(session, name);
      const started = performance.now();
      const code = await run(inner);
      const isFine = code === ExitCode.Ok || code === ExitCode.Findings;
      if (!isFine) return code;
      const seconds = (performance.now() - started) / 1000;
      lines.push({ step: name, seconds });
      if (session.globals.json !== true)
        await session.io.stdout(`${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
      if (name !== RECOVERY) taken();
    }
    return await tellResult(session, { sample, rebuilt: at('vault'), report: taken(), lines, kept: dir });
  } finally {
    if (dir === undefined) await rm(base, { recursive: true, force: true });
  }
}

/** At a terminal a step is named while it runs; its line with the time then takes the place of this one. */
function announce(session: Session, name: string): void {
  const isWatched = session.io.isTerminal && session.globals.json !== true && session.globals.quiet !== true;
  if (isWatched) session.io.stderr(`     … s  ${name}\r`);
}

const RECOVERY = 'recover: cards 1, 3 and 5 rebuild it and write a KeePass database';

function steps(at: (...names: string[]) => string): Step[] {
  const escrow = at('northwind.escrow');
  return [
    {
      name: 'ceremony: a key is split and printed on five cards; any three open it',
      run: (inner) => ceremonyNew(inner, escrow, { plan: at('plan.yaml'), cards: at('cards') }),
    },
    {
      name: `seal: ${ENTRIES.toLocaleString('en')} entries are checked and encrypted to that key`,
      run: (inner) => seal(inner, escrow, [at('vault-export.json')], {}),
    },
    {
      name: 'verify: charter, record, package and ledger hold',
      run: (inner) => verify(inner, escrow, { readData: true }),
    },
    { name: 'status: one sentence on what would happen now', run: (inner) => status(inner, [escrow]) },
    {
      name: RECOVERY,
      run: (inner) =>
        recover(inner, escrow, [], {
          share: [1, 3, 5].map((card) => at('cards', `card-${card}.pdf`)),
          out: at('vault'),
          to: 'kdbx',
          passwordFile: at('new-vault.password'),
        }),
    },
  ];
}

interface DemoResult {
  readonly sample: Uint8Array;
  readonly rebuilt: string;
  readonly report: string;
  readonly lines: readonly { step: string; seconds: number }[];
  readonly kept: string | undefined;
}

async function tellResult(session: Session, result: DemoResult): Promise<number> {
  const report = JSON.parse(result.report) as { sources: { path: string }[]; vault: { entries: number } };
  const [source] = report.sources;
  const recovered = await readFile(join(result.rebuilt, ...(source?.path ?? '').split('/')));
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  if (hash(recovered) !== hash(result.sample))
    throw new Error('the rehearsal gave back other bytes than it sealed');
  const seconds = result.lines.reduce((sum, line) => sum + line.seconds, 0);
  const recovery = result.lines.at(-1)?.seconds ?? 0;
  const sentence = `A vault was rebuilt: ${report.vault.entries.toLocaleString('en')} entries from 3 of 5 cards in ${recovery.toFixed(1)} s.`;
  const where =
    result.kept === undefined ? [] : [`Everything is in ${result.kept}: the cards, the escrow, the vault.`];
  await session.result(
    { type: 'demo', steps: result.lines, entries: report.vault.entries, seconds, identical: true },
    ['', ...where, 'The export came back identical, byte for byte.', sentence].join('\n'),
  );
  return ExitCode.Ok;
}
