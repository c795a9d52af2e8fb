// A folder with a home of its own, in which the built program runs as people run it: as a process.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { loadScanner } from '../../src/adapters/scan.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { run, type Ended } from '../support/peers.ts';

export const PROGRAM: string = fileURLToPath(new URL('../../bin/holdfast.js', import.meta.url));
export const ESCROW = 'northwind.escrow';

const NAMES = ['Ana Ruiz', 'Łukasz Nowak', 'Mei 陈', 'Tom Baker', 'Zoë Ng', 'Omar Haddad'];

/** A plan of one group, as a YAML file's text. */
export function planOf(threshold: number, cards: number, paper = 'a4'): string {
  const trustees = NAMES.slice(0, cards).map((name) => `  - name: ${name}\n`);
  return `organisation: Northwind IT\nthreshold: ${threshold}\npaper: ${paper}\ntrustees:\n${trustees.join('')}`;
}

export class Stage {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Stage> {
    return new Stage(await mkdtemp(join(tmpdir(), 'holdfast-e2e-')));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  get environment(): Record<string, string> {
    return { HOLDFAST_HOME: this.at('home'), NO_COLOR: '1' };
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(this.at(name), content);
  }

  /** Runs the program to whatever end. */
  holdfast(...args: readonly string[]): Promise<Ended> {
    const { folder, environment } = this;
    return run(process.execPath, [PROGRAM, ...args], { folder, environment });
  }

  /** Runs it with --json; it must succeed, or end with findings. */
  async json(...args: readonly string[]): Promise<unknown> {
    const { code, out, err } = await this.holdfast(...args, '--json', '--no-input');
    if (code !== 0 && code !== 3) throw new Error(`holdfast ${args.join(' ')}: exit ${code}\n${err}`);
    return JSON.parse(out.toString()) as unknown;
  }

  /** A ceremony by a plan, its cards as PDF files in `cards/`. */
  async holdCeremony(plan: string): Promise<void> {
    await this.write('plan.yaml', plan);
    await this.json('ceremony', 'new', ESCROW, '--plan', 'plan.yaml', '--cards', 'cards');
  }

  /** Seals a made-up vault of so many entries as `vault-export.json`. */
  async sealSample(entries: number): Promise<void> {
    await this.write('vault-export.json', sampleBitwardenExport(entries));
    await this.json('seal', ESCROW, 'vault-export.json');
  }

  card(number: number): string {
    return this.at('cards', `card-${number}.pdf`);
  }

  async sha256(...names: string[]): Promise<string> {
    return createHash('sha256')
      .update(await readFile(this.at(...names)))
      .digest('hex');
  }
}

const scanner = loadScanner();

/** The text of the one code in a file; undefined where none is found. */
export async function codeIn(path: string): Promise<string | undefined> {
  const [text] = await (await scanner).readCodes(await readFile(path), path);
  return text;
}

/** The rows of a card's file, as printed: groups of four with spaces. */
export async function rowsOf(path: string): Promise<string[]> {
  const text = await codeIn(path);
  const rows = text?.match(/.{24}/g) ?? [];
  if (rows.length < 4) throw new Error(`no card in ${path}`);
  return rows.map((row) => row.replace(/.{4}(?=.)/g, '$& '));
}

/** Fails when any row of these cards stands anywhere on a screen or in its scroll-back. */
export function expectNoRowOnScreen(screen: string, cards: readonly (readonly string[])[]): void {
  const seen = screen.replace(/\s/g, '').toUpperCase();
  const rows = cards.flat().map((row) => row.replaceAll(' ', ''));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => seen.includes(row))).toEqual([]);
}
