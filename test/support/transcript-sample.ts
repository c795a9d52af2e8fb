// Escrows for transcripts to work on, made once in a run of the tests from the program's own pieces and
// then copied. Nothing is printed: that takes seconds, and the transcript of the main road does it.
//
//   northwind.escrow   three of five; one package          card-1.txt …   the four rows of each card
//   other.escrow       two of three; nothing sealed        other-1.txt …
//   groups.escrow      Partners 2 of 3, Staff 1 of 2, one package, both groups are needed: group-1.txt …
//   home               taught all three, with their registers; it is the sealer of all
//   vault-export.json  plan.yaml  words.txt

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { EscrowFolder } from '../../src/adapters/escrow-folder.ts';
import type { Io } from '../../src/adapters/terminal.ts';
import { establish } from '../../src/cli/establish.ts';
import { sealerKeys } from '../../src/cli/sealer-keys.ts';
import { Session } from '../../src/cli/session.ts';
import { formatRow } from '../../src/core/share/share-text.ts';
import { beginCeremony, wipeCeremony } from '../../src/escrow/ceremony.ts';
import { decodePlan } from '../../src/escrow/plan.ts';
import { formatTime } from '../../src/escrow/seal.ts';
import { newEscrowId } from '../../src/escrow/trust.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { worldOf } from './in-process.ts';
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

const GROUP_PLAN = `organisation: Westwind IT
groupThreshold: 2
groups:
  - name: Partners
    threshold: 2
    trustees: [{ name: Pia }, { name: Per }, { name: Pam }]
  - name: Staff
    threshold: 1
    trustees: [{ name: Sam }, { name: Sue }]
`;

let made: Promise<string> | undefined;

/** Makes the sample escrows, once. */
export async function makeSample(program: Program): Promise<string> {
  made ??= make(program);
  return made;
}

/** Copies the sample escrows into a transcript's folder. */
export async function layOutSample({ folder, program }: Stage): Promise<void> {
  await cp(await makeSample(program), folder, { recursive: true });
}

/** Removes what {@link makeSample} made. */
export async function removeSample(): Promise<void> {
  const kept = await made?.catch(() => undefined);
  made = undefined;
  if (kept !== undefined) await rm(kept, { recursive: true, force: true });
}

async function make(program: Program): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-sample-'));
  await writeFile(join(folder, 'plan.yaml'), PLAN);
  await writeFile(join(folder, 'vault-export.json'), sampleBitwardenExport(ENTRIES));
  const words = await found(folder, 'northwind.escrow', PLAN, 'card');
  await writeFile(join(folder, 'words.txt'), `${words.join(' ')}\n`);
  await found(folder, 'other.escrow', OTHER_PLAN, 'other');
  await found(folder, 'groups.escrow', GROUP_PLAN, 'group');
  for (const name of ['northwind.escrow', 'groups.escrow']) {
    const code = await program(['seal', name, 'vault-export.json', '--no-input'], outside(folder));
    if (code !== 0 && code !== 3) throw new Error(`the sample could not be sealed: ${code}`);
  }
  return folder;
}

/** A ceremony without paper: the escrow folder, the home, and the rows of the cards as share files. */
async function found(
  folder: string,
  name: string,
  source: string,
  cards: string,
): Promise<readonly string[]> {
  const crypto = await loadNodeCrypto();
  const session = new Session(outside(folder), { quiet: true, input: false });
  const plan = decodePlan(source);
  const ceremony = beginCeremony(crypto, {
    plan,
    escrow: newEscrowId(crypto),
    setNumber: 1,
    sealers: await sealerKeys(session, undefined),
    created: formatTime(MADE),
  });
  await mkdir(join(folder, name));
  await establish(session, new EscrowFolder(join(folder, name)), {
    ceremony,
    plan,
    proven: [],
    created: MADE,
  });
  for (const { card, rows } of ceremony.cards) {
    await writeFile(join(folder, `${cards}-${card}.txt`), `${rows.map(formatRow).join('\n')}\n`);
  }
  wipeCeremony(ceremony);
  return ceremony.words;
}

/** The world as the sample's makers see it: silent, and a day before the transcripts begin. */
const outside = (folder: string): Io => worldOf({ folder, now: MADE });
