// The runner itself, with a program of three lines: a transcript that must fail does fail, and says where.

import { expect, test } from 'vitest';
import { runTranscript, type Program } from './transcript.ts';

/** `say TEXT…`, `moan TEXT…`, `echo` (stdin), `env NAME`, `time`, and `fail CODE`. */
const program: Program = async ([command, ...args], io) => {
  if (command === 'say') await io.stdout(`${args.join(' ')}\nsecond line\n`);
  if (command === 'moan') io.stderr(`${args.join(' ')}\n`);
  if (command === 'echo') for await (const part of io.stdin) await io.stdout(part);
  if (command === 'env') await io.stdout(`${io.environment[args[0] ?? ''] ?? 'nothing'}\n`);
  if (command === 'json') await io.stdout('{ "a": [{ "b": "x y" }], "c": null }');
  if (command === 'time') await io.stdout(io.now().toISOString());
  return command === 'fail' ? Number(args[0]) : 0;
};

test.each([
  ['output and exit code', '$ holdfast say hello\n? 0\nout: hello\nout: second line\n!out: hell\n!err'],
  ['patterns', '$ holdfast moan error 42 here\nerr: /^error \\d+ here$/\n!err: /error$/\n!out'],
  ['an exit code that was expected', '$ holdfast fail 13\n? 13'],
  ['any failure', '$ holdfast fail 13\n!? 0'],
  ['quotes', `$ holdfast say "a  b" 'c'd --words="e f"\nout: a  b cd --words=e f`],
  ['a fixture as stdin', '$ holdfast echo < in/a.txt\nout: one\n-- in/a.txt --\none\ntwo\n'],
  ['several fixtures', '$ cat b\nout: B\n!out: A\n-- a --\nA\n-- b --\nB\n'],
  [
    'stdout into a file and back',
    '$ holdfast say hi > x\n$ holdfast say $(cat x)\nout: /hi/\n$ cat x\nout: hi',
  ],
  ['the environment', '$ A=1 holdfast env A\nout: 1\n$ holdfast env A\nout: nothing'],
  [
    'a home inside the folder',
    '$ holdfast env HOLDFAST_HOME\nout: /home$/\n$ HOLDFAST_HOME=b holdfast env HOLDFAST_HOME\nout: /b$/',
  ],
  ['the clock', '$ clock 2027-01-01T00:00:00Z\n$ holdfast time\nout: 2027-01-01T00:00:01.000Z'],
  [
    'files',
    '$ cp a b/c\nexists b/c\ncmp a b/*\n$ flip b/c -2\n!cmp a b/c\n$ truncate b/c 1\n$ cat b/c\nout: @\n$ flip b/c 0\n$ cat b/c\nout: A\n$ rm a\n!exists a\n!exists b/nothing*\n-- a --\nA\n',
  ],
  ['folders and filling', '$ mkdir d/e\n$ fill d/e/f 2000000 ab\n$ truncate d/e/f 3\n$ cat d/e/f\nout: aba'],
  [
    'lists and edits',
    '$ ls d\nout: a\nout: b/c\n!out: /d/\n$ edit d/a one two\n$ cat d/a\nout: two\n$ append d/a more\n$ cat d/a\nout: more\n-- d/a --\none\n-- d/b/c --\n',
  ],
  [
    'equal folders',
    '$ cp d e\nsame d e\n$ append e/a x\n!same d e\n$ cp d f\n$ cp d/a f/b\n!same d f\n-- d/a --\none\n',
  ],
  [
    'JSON',
    '$ holdfast json\njson: a.0.b "x y"\njson: a [{"b":"x y"}]\n!json: a.1 null\nkeys: . a c\nkeys: a.0 b\n!keys: . c a',
  ],
  ['comments and windows line ends', '# why\r\n\r\n$ holdfast say x\r\nout: x\r\n'],
])('holds: %s', async (_name, transcript) => {
  await runTranscript(transcript, program);
});

test.each([
  ['an exit code', '$ holdfast fail 1', 'the exit code is 1'],
  ['the wrong exit code', '$ holdfast fail 1\n? 2', 'line 2: ? 2\nthe exit code is 1'],
  ['a success that must not be', '$ holdfast say x\n? 1', 'the exit code is 0'],
  ['any failure', '$ holdfast fail 0\n!? 0', 'the exit code is 0'],
  ['missing output', '$ holdfast say x\n\nout: y', 'line 3: out: y\nthis does not hold\n--- out\nx'],
  ['part of a line', '$ holdfast say hello\nout: hell', 'line 2'],
  ['output that must not be', '$ holdfast say x\n!out', 'line 2'],
  ['a pattern', '$ holdfast moan x\nerr: /^y/', 'line 2'],
  ['the other stream', '$ holdfast moan x\nout: x', 'line 2'],
  ['a file that is not', '$ holdfast say x\nexists y', 'line 2'],
  ['a file that is', '$ holdfast say x > y\n!exists y', 'line 2'],
  ['files that differ', '$ cat a\ncmp a b\n-- a --\n1\n-- b --\n2\n', 'line 2'],
  ['a text to edit that is not there', '$ edit a no yes\n-- a --\nA\n', '"no" stands in a 0 times'],
  ['a text to edit that is there twice', '$ edit a A B\n-- a --\nAA\n', '"A" stands in a 2 times'],
  ['JSON that differs', '$ holdfast json\njson: c 1', 'line 2'],
  ['JSON that is none', '$ holdfast say x\njson: c 1', 'line 2'],
  ['a misspelt check', '$ holdfast say x\noutt: x', 'this is no check'],
  ['a misspelt command', '$ holdfest say x', 'there is no command "holdfest"'],
  ['a check before any command', 'out: x\n$ holdfast say x', 'line 1'],
  ['an empty transcript', '# nothing\n', 'checks nothing'],
  ['nothing to remove', '$ rm x', 'line 1'],
  ['nothing to flip', '$ flip a 2\n-- a --\nA\n', 'has no byte 2'],
  ['nothing to cut', '$ truncate a 2\n-- a --\nA\n', 'cannot be cut'],
  ['two files where one is meant', '$ cat *\n-- a --\n-- b --\n', 'more than one: a, b'],
])('fails: %s', async (_name, transcript, message) => {
  await expect(runTranscript(transcript, program)).rejects.toThrow(message);
});

test.skipIf(process.platform === 'win32')('file modes are compared', async () => {
  await runTranscript('$ holdfast say x > y\n!mode 777 y', program);
  await expect(runTranscript('$ holdfast say x > y\nmode 777 y', program)).rejects.toThrow('line 2');
});
