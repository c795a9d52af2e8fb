// A million entries: how long `inspect` takes over one export of them, and how much memory; and a hundred
// thousand made into a KDBX database, which is proven by reading it. The files are written in parts, because
// as one string the larger would be longer than a string may be.

import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './measure.ts';
import type { Run } from './measure.ts';

export const SCALE_ENTRIES = 1_000_000;
export const KDBX_ENTRIES = 100_000;

const CLIENTS = 60;
const PART_CHARS = 4_000_000;

const idOf = (kind: string, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Different in every entry, and not a number. */
const passwordOf = (index: number): string => `Pw-${(index * 2_654_435_761) % 4_294_967_296}-x`;
const seedOf = (index: number): string => (index % 7 === 0 ? 'JBSWY3DPEHPK3PXP' : '');

function csvRow(index: number): string {
  const place = `Client ${index % CLIENTS}\\Servers`;
  const url = `https://host${index % 50_000}.example.com/login`;
  const user = `user${index}@client${index % CLIENTS}.example`;
  return `${url},${user},${passwordOf(index)},${seedOf(index)},"note ${index}, more",Service ${index % 90_000},${place},0\n`;
}

function jsonItem(index: number): string {
  const item = {
    id: idOf('a', index),
    organizationId: null,
    folderId: idOf('f', index % CLIENTS),
    type: 1,
    reprompt: 0,
    name: `Service ${index}`,
    notes: index % 3 === 0 ? `note ${index}` : null,
    favorite: false,
    fields: index % 10 === 0 ? [{ name: 'asset', value: `A${index}`, type: 0, linkedId: null }] : [],
    login: {
      uris: [{ match: null, uri: `https://host${index}.example.com/` }],
      username: `user${index}`,
      password: passwordOf(index),
      totp: seedOf(index) || null,
    },
    collectionIds: null,
    passwordHistory: null,
    revisionDate: '2026-05-02T10:00:00.000Z',
    creationDate: '2025-01-02T03:04:05.000Z',
    deletedDate: null,
  };
  return (index === 0 ? '' : ',') + JSON.stringify(item);
}

interface Export {
  readonly name: string;
  readonly head: string;
  readonly entry: (index: number) => string;
  readonly tail: string;
}

const FOLDERS = Array.from({ length: CLIENTS }, (_, index) => ({
  id: idOf('f', index),
  name: `Client ${index}`,
}));

const CSV: Export = {
  name: 'LastPass CSV',
  head: 'url,username,password,totp,extra,name,grouping,fav\n',
  entry: csvRow,
  tail: '',
};
const JSON_EXPORT: Export = {
  name: 'Bitwarden JSON',
  head: `{"encrypted":false,"folders":${JSON.stringify(FOLDERS)},"items":[`,
  entry: jsonItem,
  tail: ']}',
};

/** @returns how many bytes it has. */
async function write(path: string, { head, entry, tail }: Export, entries: number): Promise<number> {
  const file = await open(path, 'w');
  try {
    let part = head;
    for (let index = 0; index < entries; index += 1) {
      part += entry(index);
      if (part.length < PART_CHARS) continue;
      await file.writeFile(part);
      part = '';
    }
    await file.writeFile(part + tail);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

export interface ScaleFigure {
  readonly name: string;
  readonly megabytes: number;
  readonly run: Run;
}

/** Inspects a million entries in each of the formats, by the program. */
export async function timeScale(root: string, base: string): Promise<readonly ScaleFigure[]> {
  const figures: ScaleFigure[] = [];
  for (const made of [CSV, JSON_EXPORT]) {
    const path = join(base, 'million');
    const bytes = await write(path, made, SCALE_ENTRIES);
    const args = [join(root, 'bin/holdfast.js'), 'inspect', path];
    figures.push({
      name: made.name,
      megabytes: bytes / 1e6,
      run: await run(process.execPath, args, { accepted: [0, 3] }),
    });
  }
  return figures;
}

/** Makes a KDBX database by the program. */
export async function timeKdbx(root: string, base: string): Promise<ScaleFigure> {
  const path = join(base, 'hundred-thousand');
  const passwordFile = join(base, 'kdbx-password');
  const bytes = await write(path, JSON_EXPORT, KDBX_ENTRIES);
  await writeFile(passwordFile, 'bench only, no secret');
  const out = join(base, 'bench.kdbx');
  const args = ['convert', path, '--to', 'kdbx', '--out', out, '--password-file', passwordFile];
  const figure = await run(process.execPath, [join(root, 'bin/holdfast.js'), ...args], { accepted: [0, 3] });
  await rm(out);
  return { name: 'Bitwarden JSON to KDBX', megabytes: bytes / 1e6, run: figure };
}
