// The watch itself, with a program that does everything a program must not: each thing is noticed.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runTranscript, type Program } from './transcript.ts';
import { watched } from './transcript-watch.ts';

const ROW = '082ENAZARCXA3CP3040GZDPG';
const PASSWORD = 'correct horse battery';

const FILES = `
-- card-1.txt --
${ROW.replace(/.{4}(?=.)/g, '$& ')}
-- export.json --
{"items": [{"login": {"password": "${PASSWORD}"}}]}
-- my.password --
sesame, open at once
`;

/** `out TEXT`, `err TEXT`, `write FILE TEXT`. */
const program: Program = async ([command = '', ...args], io) => {
  if (command === 'out') await io.stdout(args.join(' '));
  if (command === 'err') io.stderr(args.join(' '));
  const [file = '', ...text] = args;
  if (command === 'write' || command === 'recover') {
    await mkdir(join(io.folder, file, '..'), { recursive: true });
    await writeFile(join(io.folder, file), text.join(' '));
  }
  return 0;
};

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-watch-test-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

const run = (command: string): Promise<void> =>
  runTranscript(`$ holdfast ${command}\n${FILES}`, watched(program, root));

test.each([
  ['nothing secret', 'out all is well'],
  ['a row of other symbols', `err ${ROW.slice(0, -1)}0`],
  ['a file of its own', 'write report.txt fine'],
  ['a vault where it was asked for', `recover vault/export.json "${PASSWORD}" --out vault`],
  ['an identity that was asked for', 'out AGE-SECRET-KEY-PQ-1QQQQQQQQQQQQQQQQQQQQ --print-identity'],
])('lets pass: %s', async (_name, command) => {
  await run(command);
});

test.each([
  ['a row on stdout', `out x${ROW}x`, 'a secret was shown'],
  ['a row on stderr, as it is printed', `err "${ROW.replace(/.{4}(?=.)/g, '$& ')}"`, 'a secret was shown'],
  ['a password of an export', `err "${PASSWORD}"`, 'a secret was shown'],
  ['a password of a file', 'out "sesame, open at once"', 'a secret was shown'],
  ['an identity', 'err AGE-SECRET-KEY-PQ-1QQQQQQQQQQQQQQQQQQQQ', 'a secret was shown'],
  ['a secret in a file', `write home/log "${PASSWORD}"`, 'a secret was written to'],
  ['a secret in a file in the temporary folder', `write ../log "${PASSWORD}"`, 'a secret was written to'],
  ['a secret in a file’s name', `write home/${ROW} x`, 'a secret was written to'],
  [
    'a vault beside where it was asked for',
    `recover vault-2/export.json "${PASSWORD}" --out vault`,
    'a secret was written to',
  ],
  ['a file it did not finish', 'write packages/.holdfast-part-x y', 'something unfinished was left'],
  ['a spool it did not remove', 'write ../holdfast-spool-1.age y', 'something unfinished was left'],
  ['a lock it did not remove', 'write x.escrow/.lock y', 'the lock was left'],
  ['what is a bug', 'err something happened that this program does not expect', 'a bug came to light'],
])('notices: %s', async (_name, command, message) => {
  await expect(run(command)).rejects.toThrow(message);
});
