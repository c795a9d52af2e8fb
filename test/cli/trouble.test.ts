// What the machine does to a command: an export that changes meanwhile, a disk that is full, a folder that
// may not be written. The command says so, and nothing is half done.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { chmod, cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { targetOf } from '../../src/vault/targets.ts';
import { type Ended } from '../support/in-process.ts';
import { ESCROW, MORNING, QUORUM, useSampleFolder } from '../support/sample-folder.ts';
import { makeSample } from '../support/transcript-sample.ts';
import { filesBelow } from '../support/transcript-verbs.ts';

const { at, run } = useSampleFolder(MORNING);

/** Runs a command; `hear` is called with everything that is said on the way. */
const holdfast = (args: readonly string[], hear?: (text: string) => void): Promise<Ended> =>
  run(args, hear === undefined ? {} : { hear });

/** Every file below a folder with its bytes. */
async function contentOf(path: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of await filesBelow(path))
    files.set(name, (await readFile(join(path, name))).toString('base64'));
  return files;
}

describe('an export that changes while it is sealed', () => {
  test.each<[string, (path: string) => void]>([
    [
      'grows',
      (path) => {
        writeFileSync(path, ' ', { flag: 'a' });
      },
    ],
    [
      'gets shorter',
      (path) => {
        writeFileSync(path, '{}');
      },
    ],
    [
      'is another of the same length',
      (path) => {
        writeFileSync(path, 'x', { flag: 'r+' });
      },
    ],
    [
      'is gone',
      (path) => {
        rmSync(path);
      },
    ],
    [
      'is a folder now',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('%s', async (name, change) => {
    const [escrow, home] = [await contentOf(at(ESCROW)), await contentOf(at('home'))];
    const { code, out, err } = await holdfast(
      ['seal', ESCROW, 'vault-export.json', '--discard-export'],
      (text) => {
        if (text.includes('sealing package')) change(at('vault-export.json'));
      },
    );
    expect(out).toBe('');
    expect(code, err).toBe(name.startsWith('is gone') || name.startsWith('is a folder') ? 10 : 19);
    if (code === 19) expect(err).toContain('vault-export.json changed while it was being sealed');
    expect(await contentOf(at(ESCROW))).toEqual(escrow);
    expect(await contentOf(at('home'))).toEqual(home);
    if (code === 19) expect(existsSync(at('vault-export.json'))).toBe(true);
  });
});

test('a fault of the program while it converts does not keep the exports back', async () => {
  const fault = vi
    .spyOn(targetOf('json'), 'write')
    .mockRejectedValue(new RangeError('Invalid string length'));
  const { code, err } = await holdfast(['recover', ESCROW, ...QUORUM, '--out', 'vault', '--to', 'json']);
  fault.mockRestore();
  expect(code, err).toBe(3);
  expect(err).toContain('vault.json is not there: something happened that this program does not expect');
  expect(await filesBelow(at('vault'))).toContainEqual(expect.stringMatching(/vault-export\.json$/));
});

const canMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = join(tmpdir(), `holdfast-mount-${process.pid}`);
  mkdirSync(probe);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe]);
  if (status === 0) spawnSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return status === 0;
})();
if (!canMount) console.warn('left out: a full disk, since no small file system can be mounted here');

describe.skipIf(!canMount)('a full disk', () => {
  beforeEach(() => {
    mkdirSync(at('small'));
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at('small')]).status).toBe(0);
  });
  afterEach(() => {
    spawnSync('umount', [at('small')]);
  });

  /** Fills it up to so many pages of 4 KiB. */
  function leave(pages: number): void {
    const block = Buffer.alloc(4_096, 1);
    let blocks = 0;
    try {
      for (;;) writeFileSync(at('small', `ballast-${blocks++}`), block);
    } catch {
      // Full.
    }
    for (let page = 0; page <= pages; page++) rmSync(at('small', `ballast-${--blocks}`), { force: true });
  }

  test('under the escrow, at every step of a seal: it stands as before, or as after', async () => {
    const codes = new Set<number>();
    for (let pages = 0; pages < 14; pages++) {
      await rm(at('small', ESCROW), { recursive: true, force: true });
      for (const name of await readdir(at('small'))) await rm(at('small', name));
      await cp(at(ESCROW), at('small', ESCROW), { recursive: true });
      await rm(at('home'), { recursive: true });
      await cp(join(await makeSample(main), 'home'), at('home'), { recursive: true });
      const before = await contentOf(at('small', ESCROW));
      leave(pages);
      const sealed = await holdfast(['seal', join('small', ESCROW), 'vault-export.json']);
      codes.add(sealed.code);
      const after = await contentOf(at('small', ESCROW));
      const isRecorded = [...after.keys()].some((name) => /000002-.*\.json$/.test(name));
      expect([...after.keys()].filter((name) => /lock|part-/.test(name))).toEqual([]);
      if (sealed.code === 1) expect(sealed.err).toMatch(/error: the disk is full, .* was not written/);
      else expect(sealed.code, sealed.err).toBe(0);
      if (!isRecorded) expect(after).toEqual(before);
      const verified = await holdfast(['verify', join('small', ESCROW), '--read-data']);
      expect(verified.code, verified.out + verified.err).toBe(0);
    }
    // It went from no room at all to room enough.
    expect(codes).toEqual(new Set([1, 0]));
  });

  test('under the vault that is rebuilt: nothing is left', async () => {
    await writeFile(at('small', 'ballast'), Buffer.alloc(230_000));
    const { code, out, err } = await holdfast(['recover', ESCROW, ...QUORUM, '--out', 'small/vault']);
    expect(code, err).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/holdfast: error: the disk is full, .* was not written/);
    expect(await readdir(at('small'))).toEqual(['ballast']);
  });

  test('that is an empty stick, and itself the place for the vault', async () => {
    const { code, err } = await holdfast(['recover', ESCROW, ...QUORUM, '--out', 'small']);
    expect(code, err).toBe(0);
    expect(await readdir(at('small'))).toEqual(['exports']);
  });
});

describe.skipIf(process.platform === 'win32')('a name that only Windows cannot have', () => {
  const NAME = 'Export 12:30.json';
  const truth = process.platform;
  const pretend = (platform: NodeJS.Platform): void => {
    Object.defineProperty(process, 'platform', { value: platform });
  };
  afterEach(() => {
    pretend(truth);
  });

  test('is sealed with a finding; there it is recovered and converted under another', async () => {
    await cp(at('vault-export.json'), at(NAME));
    for (const kit of ['kit?.txt', 'kit*.txt']) await writeFile(at(kit), kit);
    const sealed = await holdfast([
      ...['seal', ESCROW, NAME, '--name', 'vault-export', '--json'],
      ...['--attach', 'kit?.txt', '--attach', 'kit*.txt'],
    ]);
    expect(sealed.code, sealed.err).toBe(0);
    const { findings } = JSON.parse(sealed.out) as { findings: { code: string; message: string }[] };
    const told = findings.filter((finding) => finding.code === 'name-not-portable');
    expect(told.map(({ message }) => message).join('\n')).toMatch(/Export 12_30\.json"\n.*kit.*\n.*kit/);

    await writeFile(at('new.password'), 'a long password');
    pretend('win32');
    const recovered = await holdfast(
      `recover ${ESCROW} ${QUORUM.join(' ')} --out vault --to kdbx --password-file new.password --json`.split(
        ' ',
      ),
    );
    pretend(truth);
    expect(recovered.code, recovered.err).toBe(0);
    const { sources, attachments, vault } = JSON.parse(recovered.out) as {
      sources: { path: string }[];
      attachments: string[];
      vault: { entries: number } | null;
    };
    expect(vault?.entries).toBe(60);
    const paths = [...sources.map(({ path }) => path), ...attachments];
    expect(paths).toHaveLength(3);
    expect([...paths, 'vault.kdbx'].sort()).toEqual(await filesBelow(at('vault')));
    expect(await readFile(at('vault', paths[1]!), 'utf8')).toBe('kit?.txt');
    expect(await readFile(at('vault', paths[2]!), 'utf8')).toBe('kit*.txt');
  });
});

const isRoot = process.platform === 'win32' || process.getuid?.() === 0;
if (isRoot)
  console.warn('left out: folders that may not be written, since the superuser may write everywhere');

describe.skipIf(isRoot)('a folder that may not be written', () => {
  test('the escrow', async () => {
    await chmod(at(ESCROW), 0o555);
    const { code, err } = await holdfast(['seal', ESCROW, 'vault-export.json']);
    await chmod(at(ESCROW), 0o755);
    expect(code).toBe(10);
    expect(err).toContain('the system does not allow access to');
  });

  test('the place for the vault', async () => {
    mkdirSync(at('locked'), { mode: 0o555 });
    const { code, err } = await holdfast(['recover', ESCROW, ...QUORUM, '--out', 'locked/vault']);
    expect(code).toBe(10);
    expect(err).toContain('the system does not allow access to');
  });

  test('the home', async () => {
    await chmod(at('home'), 0o000);
    const { code } = await holdfast(['verify', ESCROW]);
    await chmod(at('home'), 0o700);
    expect(code).toBe(10);
  });
});

test('a ceremony that is held while another is being prepared stays: the second is refused', async () => {
  const said = await holdfast(
    ['ceremony', 'new', 'new.escrow', '--plan', 'plan.yaml', '--cards', 'Dropbox/cards'],
    (text) => {
      if (text.includes('Dropbox')) cpSync(at(ESCROW), at('new.escrow'), { recursive: true });
    },
  );
  expect(said.err).toMatch(/warning: .*Dropbox seems to sync: card files would be in the cloud/);
  expect(said.code).toBe(15);
  expect(existsSync(at('Dropbox'))).toBe(false);
  expect(await contentOf(at('new.escrow'))).toEqual(await contentOf(at(ESCROW)));
});

test('--discard-export: a link goes with its file, and a file with a second name stays and is told', async () => {
  renameSync(at('vault-export.json'), at('real.json'));
  symlinkSync(at('real.json'), at('vault-export.json'));
  expect((await holdfast(['seal', ESCROW, 'vault-export.json', '--discard-export'])).code).toBe(0);
  expect([existsSync(at('vault-export.json')), existsSync(at('real.json'))]).toEqual([false, false]);

  await cp(join(await makeSample(main), 'vault-export.json'), at('vault-export.json'));
  linkSync(at('vault-export.json'), at('again.json'));
  const said = await holdfast(['seal', ESCROW, 'vault-export.json', '--discard-export']);
  expect(said.code).toBe(3);
  expect(said.out).toContain('warning: vault-export.json was not deleted');
  expect([existsSync(at('vault-export.json')), existsSync(at('again.json'))]).toEqual([true, true]);
});
