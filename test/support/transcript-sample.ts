// An escrow for transcripts to work on: made once in a run of the tests, by the program itself, and then
// copied, since printing cards takes seconds. Three of five open it.
//
//   plan.yaml  vault-export.json  northwind.escrow/  home/  ceremony.json  words.txt
//   cards/card-1.pdf …   the printed cards        card-1.txt …   their codes as share files
//
// Beside it other.escrow, which two of three cards open: other-1.txt …

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScanner } from '../../src/adapters/scan.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import type { Program, Stage } from './transcript.ts';

const ENTRIES = 60;
const MADE = new Date(Date.UTC(2026, 10, 23, 9, 0, 0));

const PLAN = `organisation: Northwind IT
threshold: 3
trustees:
  - name: Ana Ruiz
  - name: Łukasz Nowak
  - name: Mei Chen
  - name: Tom Baker
  - name: Zoë Ng
`;

const OTHER_PLAN = `organisation: Southwind IT
threshold: 2
trustees: [{ name: Kim }, { name: Lee }, { name: Max }]
`;

let made: Promise<string> | undefined;

/** Copies the sample escrow into a transcript's folder, making it first where it is the first to ask. */
export async function layOutSample({ folder, program }: Stage): Promise<void> {
  made ??= make(program);
  await cp(await made, folder, { recursive: true });
}

/** Removes what {@link layOutSample} keeps. */
export async function removeSample(): Promise<void> {
  const kept = await made?.catch(() => undefined);
  made = undefined;
  if (kept !== undefined) await rm(kept, { recursive: true, force: true });
}

async function make(program: Program): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-sample-'));
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(join(folder, name), content);
  await write('plan.yaml', PLAN);
  await write('vault-export.json', sampleBitwardenExport(ENTRIES));

  const ceremony = await run(program, folder, 'ceremony new northwind.escrow --plan plan.yaml --cards cards');
  await write('ceremony.json', ceremony);
  await write('words.txt', `${(JSON.parse(ceremony) as { words: string[] }).words.join(' ')}\n`);
  await run(program, folder, 'seal northwind.escrow vault-export.json');

  await write('other.yaml', OTHER_PLAN);
  await run(program, folder, 'ceremony new other.escrow --plan other.yaml --cards other-cards');

  const scanner = await loadScanner();
  for (const [cards, kept] of [
    ['cards', 'card'],
    ['other-cards', 'other'],
  ] as const) {
    for (const name of await readdir(join(folder, cards))) {
      const [code = ''] = await scanner.readCodes(await readFile(join(folder, cards, name)), name);
      await write(name.replace(/^card-(\d+)\.pdf$/, `${kept}-$1.txt`), `${code}\n`);
    }
  }
  return folder;
}

/** Runs one command, which may end with findings, and gives its stdout. */
async function run(program: Program, folder: string, command: string): Promise<string> {
  let [out, err] = ['', ''];
  const code = await program([...command.split(' '), '--no-input', '--json'], {
    stdin: (async function* () {
      // Nothing comes in.
    })(),
    stdout: (part) => {
      out += Buffer.from(part).toString();
      return Promise.resolve();
    },
    stderr: (text) => void (err += text),
    isTerminal: false,
    environment: { HOLDFAST_HOME: join(folder, 'home') },
    folder,
    now: () => MADE,
  });
  if (code !== 0 && code !== 3) throw new Error(`the sample could not be made: ${command}: ${code}\n${err}`);
  return out;
}
