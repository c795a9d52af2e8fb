// A kit's papers come from a stick that anybody may have held: what is not exactly as it should be is
// refused with a code, and nothing in a path leads out of the kit.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/core/bytes.ts';
import { EscrowError, isEscrowError } from '../../src/core/errors.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { decodeKitNote, decodeSums, encodeKitNote, encodeSums } from '../../src/escrow/kit.ts';
import type { KitNote } from '../../src/escrow/kit.ts';
import { judgeFiles, judgeNote } from '../../src/escrow/kit-check.ts';
import type { KitContents } from '../../src/escrow/kit-check.ts';
import { judgePrograms } from '../../src/escrow/kit-page-check.ts';
import { crypto } from './sample.ts';

const HASH = 'ab'.repeat(32);
const NOTE: KitNote = {
  type: 'holdfast kit v1',
  escrow: '0123456789abcdef',
  created: '2026-11-24T01:02:03Z',
  charter: HASH,
  page: HASH,
  packages: ['000042-20261124T010203Z.tar.gz.age'],
  tool: 'holdfast 0.1.0',
};

function codeOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (isEscrowError(error)) return error.code;
    throw error;
  }
}

describe('SHA256SUMS', () => {
  test('is what sha256sum reads, by path, and comes back as it went in', () => {
    const bytes = encodeSums(
      ['spec/kit.md', 'README.txt', 'RECOVER.html'].map((path) => ({ path, sha256: HASH })),
    );
    expect(new TextDecoder().decode(bytes)).toBe(
      `${HASH}  README.txt\n${HASH}  RECOVER.html\n${HASH}  spec/kit.md\n`,
    );
    expect([...decodeSums(bytes)]).toEqual([
      ['README.txt', HASH],
      ['RECOVER.html', HASH],
      ['spec/kit.md', HASH],
    ]);
  });

  test.each([
    ['a path upwards', `${HASH}  ../x\n`],
    ['a path upwards further down', `${HASH}  a/../x\n`],
    ['an absolute path', `${HASH}  /x\n`],
    ['a drive', `${HASH}  C:x\n`],
    ['a backslash', `${HASH}  a\\x\n`],
    ['a hidden name', `${HASH}  .x\n`],
    ['a name that reads as a flag', `${HASH}  -x\n`],
    ['a control character', `${HASH}  a\u0007\n`],
    ['a letter beyond ASCII', `${HASH}  ä\n`],
    ['binary mode', `${HASH} *x\n`],
    ['upper case', `${HASH.toUpperCase()}  x\n`],
    ['a short hash', `${HASH.slice(1)}  x\n`],
    ['line ends of Windows', `${HASH}  x\r\n`],
    ['no last line end', `${HASH}  x`],
    ['an empty line', `${HASH}  x\n\n`],
    ['the wrong order', `${HASH}  b\n${HASH}  a\n`],
    ['a path twice', `${HASH}  a\n${HASH}  a\n`],
    ['five steps', `${HASH}  a/b/c/d/e\n`],
  ])('%s is refused', (_name, text) => {
    expect(codeOf(() => decodeSums(encodeUtf8(text)))).toBe('kit.format');
  });

  test('too many lines are refused before they are read', () => {
    expect(codeOf(() => decodeSums(encodeUtf8('\n'.repeat(LIMITS.kitFiles + 1))))).toBe('limit.exceeded');
  });

  test('a name that could not be listed is not written either', () => {
    expect(codeOf(() => encodeSums([{ path: '../x', sha256: HASH }]))).toBe('kit.format');
  });

  test('whatever the bytes, there is a list or one of our errors', () => {
    const mutated = fc.tuple(fc.nat(200), fc.uint8Array({ maxLength: 8 })).map(([at, part]) => {
      const bytes = encodeSums(['a', 'b', 'c/d'].map((path) => ({ path, sha256: HASH })));
      bytes.set(part, Math.min(at, bytes.length - part.length));
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        codeOf(() => decodeSums(bytes));
      }),
    );
  });
});

describe('kit.json', () => {
  const text = new TextDecoder().decode(encodeKitNote(NOTE));
  const read = (changed: string): string | undefined => codeOf(() => decodeKitNote(encodeUtf8(changed)));

  test('comes back as it went in', () => {
    expect(decodeKitNote(encodeUtf8(text))).toEqual(NOTE);
  });

  test.each([
    ['another spelling', text.replaceAll('  ', '   '), 'kit.format'],
    ['a later version', text.replace('kit v1', 'kit v2'), 'record.version'],
    ['another document', text.replace('kit v1', 'charter v1'), 'kit.format'],
    ['a package elsewhere', text.replace('000042', '../000042'), 'kit.format'],
    ['a key too many', text.replace('"tool"', '"more": 1,\n  "tool"'), 'kit.format'],
    ['no JSON', text.slice(1), 'kit.format'],
    ['a bad time', text.replace('2026-11', '2026-13'), 'kit.format'],
  ])('%s is refused', (_name, changed, code) => {
    expect(changed).not.toBe(text);
    expect(read(changed)).toBe(code);
  });
});

describe('a kit', () => {
  const [name = ''] = NOTE.packages;
  const files = ['charter.json', `packages/${name}`].map((path) => ({ path, sha256: HASH, size: 1 }));
  const contents = (note: KitNote): KitContents => ({
    files,
    folders: ['packages'],
    odd: [],
    unread: [],
    note: encodeKitNote(note),
    sums: encodeSums(files),
    signature: undefined,
    page: undefined,
  });
  const told = (note: KitNote): string[] =>
    judgeNote(contents(note), NOTE.escrow).findings.map(({ code, message }) => `${code}: ${message}`);

  test('whose note names what the list does not is told', () => {
    expect(told(NOTE)).toEqual([]);
    expect(told({ ...NOTE, charter: 'cd'.repeat(32) })).toEqual(['kit-note: kit.json is of another charter']);
    const others = 'kit-note: kit.json names other packages than SHA256SUMS';
    expect(told({ ...NOTE, packages: [] })).toEqual([others]);
    expect(told({ ...NOTE, packages: [name, '000043-20261125T010203Z.tar.gz.age'] })).toEqual([others]);
  });

  test('of this release has its programs, and one of another release its own', () => {
    const release = {
      tool: NOTE.tool,
      pageHash: HASH,
      files: new Map([
        ['holdfast.cjs', HASH],
        ['spec/combine.py', HASH],
      ]),
    };
    const told = (note: KitNote, ...changed: string[]): string[] => {
      const files = ['holdfast.cjs', 'spec/combine.py', 'tools/age'].map((path) => ({
        path,
        size: 1,
        sha256: changed.includes(path) ? 'cd' : HASH,
      }));
      const findings = judgePrograms({ ...contents(note), files }, note, release);
      return findings.map(({ code, message }) => `${code}: ${message}`);
    };
    expect(told(NOTE)).toEqual([]);
    expect(told(NOTE, 'tools/age')).toEqual([]);
    expect(told(NOTE, 'holdfast.cjs')).toEqual([
      'kit-program-changed: holdfast.cjs is not the one of holdfast 0.1.0',
    ]);
    expect(told({ ...NOTE, tool: 'holdfast 0.0.9' }, 'holdfast.cjs')).toEqual([]);
  });

  test('of which a part cannot be read is judged by the rest, and the part is told once', () => {
    const problem = new EscrowError('file.failed', { path: '/kit', reason: 'EIO' });
    const broken = { ...contents(NOTE), files: files.slice(1), unread: [{ path: 'charter.json', problem }] };
    const { findings } = judgeFiles(crypto, broken, []);
    expect(findings.map(({ message }) => message)).toEqual([
      'SHA256SUMS.minisig is missing',
      'charter.json cannot be read: EIO',
    ]);
  });
});
