import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import { decodeHex, encodeHex, encodeUtf8 } from '../../../src/core/bytes.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { lockShare, openShare, passphraseLength } from '../../../src/core/share/lock.ts';
import { decodeShareRows, encodeShareRows, rowCountOf } from '../../../src/core/share/share-text.ts';
import { decodeShare, encodeShare } from '../../../src/core/share/share-record.ts';
import { expectFromScript, python } from './python.ts';
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
    expectFromScript(program, 'locked-share', ['locked-share.json']);
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
  // Neither is white space to Unicode, though one is to JavaScript and the other to Python.
  expect(passphraseLength(encodeUtf8('\ufeffab\u001c'))).toBe(4);
  expect(passphraseLength(encodeUtf8('\u0085ab\u3000'))).toBe(2);
});

/** For a Python without it: the key of the vector for its passphrase, another for any other. */
const STAND_IN = (key: string): string => `
import sys, types
try:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
except ImportError:
    class Argon2id:
        def __init__(self, salt, length, iterations, lanes, memory_cost):
            assert (len(salt), length, iterations, lanes, memory_cost) == (26, 32, 3, 1, 65536)
        def derive(self, passphrase):
            return bytes.fromhex('${key}') if passphrase == b'orchid vessel tunnel drama' else bytes(32)
    module = types.ModuleType('argon2')
    module.Argon2id = Argon2id
    sys.modules['cryptography.hazmat.primitives.kdf.argon2'] = module
`;

test('unlock.py of the spec gives the rows of the same share without its lock', (context) => {
  const program = python(context);
  const [first] = vectors.records;
  if (!first) throw new Error('there are vectors');
  const { value } = first.share;
  const { record: locked } = decodeShareRows(crypto, first.rows);
  const key = decodeHex(value).map((byte, at) => byte ^ (locked[26 + at] ?? 0));
  const run = (passphrase: string): ReturnType<typeof spawnSync> =>
    spawnSync(
      program,
      [
        '-c',
        `${STAND_IN(encodeHex(key))}\nimport getpass\ngetpass.getpass = lambda prompt: ${JSON.stringify(passphrase)}\nexec(open('docs/spec/unlock.py').read())`,
      ],
      {
        // As they stand in a share file, with the numbers in front.
        input: first.rows.map((row, at) => `${at + 1}  ${row}`).join('\n'),
        encoding: 'utf8',
      },
    );
  const { status, stdout, stderr } = run(' orchid  vessel tunnel drama');
  expect(status, String(stderr)).toBe(0);
  const { record } = decodeShareRows(crypto, String(stdout).trim().split('\n'));
  expect(encodeHex(decodeShare(crypto, record).value)).toBe(value);
  expect(run('orchid vessel').status).toBe(1);
});
