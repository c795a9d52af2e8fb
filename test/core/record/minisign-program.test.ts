// The minisign program and this house check each other's files. Left out where the program is not
// installed; .ci/run installs it.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signCharter, verifyCharter } from '../../../src/core/record/charter.ts';
import {
  decodePublicKey,
  encodePublicKey,
  publicKeyFile,
  verifyDetached,
} from '../../../src/core/record/minisign.ts';
import { encodeRecord, signRecord, verifyRecord } from '../../../src/core/record/package-record.ts';
import { codeOf, crypto, packageRecord, SampleEscrow, SEALER } from './sample.ts';

const isInstalled = spawnSync('minisign', ['-v']).error === undefined;
if (!isInstalled) console.warn('left out: checks against the minisign program, which is not installed here');

describe.runIf(isInstalled)('the minisign program', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const minisign = (...args: string[]): string =>
    execFileSync('minisign', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-minisign-'));
    minisign('-G', '-W', '-p', 'theirs.pub', '-s', 'theirs.key');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const escrow = new SampleEscrow(1);
  const documents = [
    { name: 'charter.json', key: escrow.key, ...signCharter(crypto, escrow.charter(), escrow.key) },
    { name: '000001.json', key: SEALER, ...signRecord(crypto, packageRecord(), SEALER) },
  ];

  test.each(documents)('verifies our $name by file and by line', ({ name, key, bytes, signature }) => {
    writeFileSync(at(name), bytes);
    writeFileSync(at(`${name}.minisig`), signature);
    writeFileSync(at('ours.pub'), publicKeyFile(crypto, key.publicKey, 'holdfast test'));
    const byFile = minisign('-V', '-H', '-m', name, '-p', 'ours.pub');
    expect(byFile).toContain('Signature and comment signature verified');
    expect(byFile).toMatch(/Trusted comment: holdfast (charter|record) v1 escrow 0123456789abcdef/);
    expect(minisign('-V', '-m', name, '-P', encodePublicKey(crypto, key.publicKey))).toBe(byFile);

    writeFileSync(at(name), Buffer.concat([bytes, Buffer.from('\n')]));
    expect(() => minisign('-V', '-m', name, '-p', 'ours.pub')).toThrow(/verification failed/);
  });

  test('makes signatures and keys that we take', () => {
    const theirs = decodePublicKey(readFileSync(at('theirs.pub'), 'utf8'));
    const charter = escrow.charter({ charterKey: readFileSync(at('theirs.pub'), 'utf8').split('\n')[1]! });
    const record = packageRecord({ sealer: encodePublicKey(crypto, theirs) });
    const bytes = encodeRecord(record);
    writeFileSync(at('theirs.json'), bytes);
    minisign('-S', '-W', '-s', 'theirs.key', '-m', 'theirs.json', '-t', 'holdfast record v1 by hand');
    const signature = readFileSync(at('theirs.json.minisig'), 'utf8');
    expect(verifyRecord(crypto, bytes, signature, [charter.charterKey])).toEqual({
      record,
      sealerKnown: true,
    });
    expect(verifyDetached(crypto, theirs, bytes, signature, record.type).trustedComment).toBe(
      'holdfast record v1 by hand',
    );
    expect(codeOf(() => verifyCharter(crypto, bytes, signature, theirs))).toBe('charter.format');
  });

  test('makes legacy signatures and default comments that we refuse', () => {
    const theirs = decodePublicKey(readFileSync(at('theirs.pub'), 'utf8'));
    const bytes = encodeRecord(packageRecord());
    writeFileSync(at('legacy.json'), bytes);
    minisign('-S', '-W', '-l', '-s', 'theirs.key', '-m', 'legacy.json', '-t', 'holdfast record v1');
    const legacy = readFileSync(at('legacy.json.minisig'), 'utf8');
    expect(codeOf(() => verifyDetached(crypto, theirs, bytes, legacy, 'holdfast record v1'))).toBe(
      'minisign.format',
    );
    minisign('-S', '-W', '-s', 'theirs.key', '-m', 'legacy.json');
    const untyped = readFileSync(at('legacy.json.minisig'), 'utf8');
    expect(codeOf(() => verifyDetached(crypto, theirs, bytes, untyped, 'holdfast record v1'))).toBe(
      'minisign.format',
    );
  });
});
