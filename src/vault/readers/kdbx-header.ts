// The outer header of a KeePass file, which is not encrypted: version, cipher, and what opening it would
// cost. Read before kdbxweb sees the file, so that one we cannot open is named for what it is, and one
// that asks for a hundred gigabytes is refused before anything is computed.
// Source: https://keepass.info/help/kb/kdbx.html. Nothing in it is authenticated at this point.

import { encodeHex } from '../../core/bytes.ts';
import { EscrowError, type ErrorFacts } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';

const FORMAT = 'kdbx';

const MAGIC = 0x9aa2d903;
const MAGIC_KEEPASS_1 = 0xb54bfb65;
const MAGIC_KDBX_2 = 0xb54bfb66;
const MAGIC_KDBX = 0xb54bfb67;
/** Newest minor version that is read, by major version. */
const NEWEST_MINOR: Readonly<Record<number, number>> = { 3: 1, 4: 1 };

const CIPHERS: Readonly<Record<string, 'aes' | 'chacha20' | 'twofish'>> = {
  '31c1f2e6bf714350be5805216afc5aff': 'aes',
  d6038a2b8b6f4cb5a524339a31dbb59a: 'chacha20',
  ad68f29f576f4bb9a36ad47af965346c: 'twofish',
};

const KDFS: Readonly<Record<string, 'aes' | 'argon2d' | 'argon2id'>> = {
  c9d9f39a628a4460bf740d08c18a4fea: 'aes',
  ef636ddf8c29444b91f7a9a403e30a0c: 'argon2d',
  '9e298b1956db4773b23dfc3ec6f0a1e6': 'argon2id',
};

/** Ids of outer header fields. */
const FIELD = { end: 0, cipher: 2, transformRounds: 6, kdf: 11 } as const;

type Feature = ErrorFacts['vault.unsupported']['feature'];

interface KdbxHeader {
  readonly major: number;
  readonly minor: number;
}

/** Whether the bytes begin as a KeePass database of any age. */
export function isKeePass(head: Uint8Array): boolean {
  if (head.length < 8) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const kind = view.getUint32(4, true);
  return view.getUint32(0, true) === MAGIC && [MAGIC_KEEPASS_1, MAGIC_KDBX_2, MAGIC_KDBX].includes(kind);
}

function malformed(reason: string): EscrowError {
  return new EscrowError('vault.format', { format: FORMAT, reason });
}

/** Reads forward through bytes whose lengths are not to be trusted. */
class Cursor {
  private at: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw malformed('its header is cut short or damaged');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  uint(size: 1 | 2 | 4): number {
    this.take(size);
    const from = this.at - size;
    if (size === 1) return this.view.getUint8(from);
    return size === 2 ? this.view.getUint16(from, true) : this.view.getUint32(from, true);
  }
}

/** Little-endian; large ones lose precision, which no limit here minds. */
function numberOf(bytes: Uint8Array | undefined, what: string): number {
  if (bytes?.length !== 4 && bytes?.length !== 8) throw malformed(`its ${what} is missing or damaged`);
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

function fieldsOf(cursor: Cursor, major: number): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  for (;;) {
    const id = cursor.uint(1);
    const length = cursor.uint(major < 4 ? 2 : 4);
    if (length > LIMITS.kdbxHeaderBytes)
      throw new EscrowError('limit.exceeded', {
        what: 'bytes of a KDBX header',
        limit: LIMITS.kdbxHeaderBytes,
      });
    const value = cursor.take(length);
    if (id === FIELD.end) return fields;
    fields.set(id, value);
  }
}

/** The parameters of the KDF: a version, then type, name and value until a zero type. */
function parametersOf(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const cursor = new Cursor(bytes);
  const parameters = new Map<string, Uint8Array>();
  cursor.take(2);
  while (cursor.uint(1) !== 0) {
    const name = String.fromCharCode(
      ...cursor.take(Math.min(cursor.uint(4), LIMITS.kdbxHeaderBytes)).subarray(0, 64),
    );
    parameters.set(name, cursor.take(cursor.uint(4)));
  }
  return parameters;
}

function assertWithin(count: number, what: string, limit: number): void {
  if (count > limit) throw new EscrowError('limit.exceeded', { what, limit });
}

function assertArgon2(
  parameters: ReadonlyMap<string, Uint8Array>,
  refuse: (feature: Feature) => EscrowError,
): void {
  const memoryMiB = numberOf(parameters.get('M'), 'Argon2 memory') / 1_048_576;
  const iterations = numberOf(parameters.get('I'), 'Argon2 iterations');
  const lanes = numberOf(parameters.get('P'), 'Argon2 lanes');
  assertWithin(memoryMiB, 'MiB of Argon2 memory', LIMITS.argon2MemoryMiB);
  assertWithin(memoryMiB * iterations, 'MiB of Argon2 memory, times iterations', LIMITS.argon2MemoryPasses);
  // Tiny memory must not smuggle in a billion passes, each with its fixed cost.
  assertWithin(iterations, 'Argon2 iterations', LIMITS.argon2MemoryPasses);
  assertWithin(lanes, 'Argon2 lanes', LIMITS.argon2Parallelism);
  if (lanes < 1 || iterations < 1 || memoryMiB * 1024 < lanes * 8)
    throw malformed('its Argon2 settings are damaged');
  if (numberOf(parameters.get('V'), 'Argon2 version') !== 0x13) throw refuse('argon2-version');
}

function assertKdf(
  header: ReadonlyMap<number, Uint8Array>,
  major: number,
  refuse: (feature: Feature) => EscrowError,
): void {
  if (major < 4) {
    const rounds = numberOf(header.get(FIELD.transformRounds), 'number of rounds');
    assertWithin(rounds, 'AES-KDF rounds', LIMITS.aesKdfRounds);
    return;
  }
  const bytes = header.get(FIELD.kdf);
  if (bytes === undefined) throw malformed('it names no key derivation');
  const parameters = parametersOf(bytes);
  const kdf = KDFS[encodeHex(parameters.get('$UUID') ?? new Uint8Array())];
  if (kdf === undefined) throw refuse('kdf');
  if (kdf === 'aes')
    assertWithin(numberOf(parameters.get('R'), 'number of rounds'), 'AES-KDF rounds', LIMITS.aesKdfRounds);
  else assertArgon2(parameters, refuse);
}

/**
 * Checks that a KeePass file is one that can be opened here, at a cost within LIMITS.
 *
 * @param name - What errors call the export.
 * @throws {@link EscrowError} `vault.format`, `vault.unsupported` or `limit.exceeded`.
 */
export function assertOpenable(bytes: Uint8Array, name: string): KdbxHeader {
  const refuse = (feature: Feature): EscrowError =>
    new EscrowError('vault.unsupported', { name, format: FORMAT, feature });
  if (!isKeePass(bytes)) throw malformed('it does not begin as a KeePass database');
  const cursor = new Cursor(bytes, 4);
  const kind = cursor.uint(4);
  if (kind === MAGIC_KEEPASS_1) throw refuse('keepass-1');
  const [minor, major] = [cursor.uint(2), cursor.uint(2)];
  if (kind === MAGIC_KDBX_2 || major < 3) throw refuse('kdbx-2');
  if (minor > (NEWEST_MINOR[major] ?? -1)) throw refuse('kdbx-version');
  const fields = fieldsOf(cursor, major);
  const cipher = CIPHERS[encodeHex(fields.get(FIELD.cipher) ?? new Uint8Array())];
  if (cipher === undefined) throw refuse('cipher');
  if (cipher === 'twofish') throw refuse('twofish');
  assertKdf(fields, major, refuse);
  return { major, minor };
}
