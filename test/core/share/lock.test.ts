import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { encodeHex, encodeUtf8 } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { lockShare, openShare, passphraseLength } from '../../../src/core/share/lock.ts';
import { decodeShareRows, encodeShareRows, rowCountOf } from '../../../src/core/share/share-text.ts';
import { decodeShare, encodeShare } from '../../../src/core/share/share-record.ts';
import { python } from './python.ts';
import { randomShare } from './sample.ts';
import { runLockedShareVectors } from '../../support/locked-share-vectors.ts';
import vectors from '../../vectors/locked-share.json' with { type: 'json' };

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

const PASSPHRASE = encodeUtf8('orchid vessel tunnel drama');

describe('vectors of locked cards', () => {
  test('end as each says', async () => {
    const { failures, checked } = await runLockedShareVectors(crypto, vectors);
    expect(failures).toEqual([]);
    expect(checked).toBeGreaterThan(60);
  });

  test('are what their script writes', (context) => {
    const program = python(context);
    const argon2 = 'from cryptography.hazmat.primitives.kdf.argon2 import Argon2id';
    if (spawnSync(program, ['-c', argon2]).status !== 0) {
      console.warn(`LEFT OUT, no Argon2id for Python on this machine: ${context.task.name}`);
      context.skip('no Argon2id for Python on this machine');
    }
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    copyFileSync('test/vectors/locked-share.py', join(folder, 'locked-share.py'));
    execFileSync(program, [join(folder, 'locked-share.py')]);
    expect(readFileSync(join(folder, 'locked-share.json'), 'utf8')).toBe(
      readFileSync('test/vectors/locked-share.json', 'utf8'),
    );
  });
});

test('any share opens again through its five rows, and its lock is the same each time', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const share = randomShare(crypto);
    const record = await lockShare(crypto, share, PASSPHRASE);
    expect(await lockShare(crypto, share, PASSPHRASE)).toEqual(record);
    const rows = encodeShareRows(record);
    expect(rows).toHaveLength(5);
    expect(rowCountOf(rows[0])).toBe(5);
    expect(rowCountOf(encodeShareRows(encodeShare(crypto, share))[0])).toBe(4);
    const read = decodeShareRows(crypto, rows);
    expect(await openShare(crypto, read.record, PASSPHRASE)).toEqual(share);
  }
});

test('nothing of the value is seen through the lock', async () => {
  const share = { ...randomShare(crypto), value: new Uint8Array(32) };
  const [a, b] = [
    await lockShare(crypto, share, PASSPHRASE),
    await lockShare(crypto, share, encodeUtf8('x')),
  ];
  const same = a.filter((byte, at) => at >= 26 && byte === b[at]);
  expect(same.length).toBeLessThan(8);
});

test('a passphrase has as many characters as are used', () => {
  expect(passphraseLength(encodeUtf8('  four   words  '))).toBe(10);
  expect(passphraseLength(encodeUtf8('密码密码'))).toBe(4);
});

test('unlock.py of the spec gives the rows of the same share without its lock', (context) => {
  const program = python(context);
  const run = (passphrase: string): ReturnType<typeof spawnSync> =>
    spawnSync(
      program,
      [
        '-c',
        `import getpass\ngetpass.getpass = lambda prompt: ${JSON.stringify(passphrase)}\nexec(open('docs/spec/unlock.py').read())`,
      ],
      { input: vectors.records[0]?.rows.join('\n') ?? '', encoding: 'utf8' },
    );
  const { status, stdout, stderr } = run(' orchid  vessel tunnel drama');
  if (String(stderr).includes('ModuleNotFoundError')) {
    console.warn(`LEFT OUT, no Argon2id for Python on this machine: ${context.task.name}`);
    context.skip('no Argon2id for Python on this machine');
  }
  expect(status).toBe(0);
  const { value } = vectors.records[0]!.share;
  const { record } = decodeShareRows(crypto, String(stdout).trim().split('\n'));
  expect(encodeHex(decodeShare(crypto, record).value)).toBe(value);
  expect(run('orchid vessel').status).toBe(1);
});
