import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadNodeCrypto } from '../../../src/adapters/crypto-node.ts';
import type { CryptoPort } from '../../../src/core/crypto.ts';
import { python } from './python.ts';
import { runShareVectors } from '../../support/share-vectors.ts';
import vectors from '../../vectors/share.json' with { type: 'json' };

let crypto: CryptoPort;
beforeAll(async () => {
  crypto = await loadNodeCrypto();
});

describe('share vectors', () => {
  test('end as each says', async () => {
    const { failures, checked } = await runShareVectors(crypto, vectors);
    expect(failures).toEqual([]);
    expect(checked).toBeGreaterThan(400);
  });

  test('are what their script writes', (context) => {
    const program = python(context);
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    copyFileSync('test/vectors/share.py', join(folder, 'share.py'));
    execFileSync(program, [join(folder, 'share.py')]);
    expect(readFileSync(join(folder, 'share.json'), 'utf8')).toBe(
      readFileSync('test/vectors/share.json', 'utf8'),
    );
  });
});
