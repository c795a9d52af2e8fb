// ZIP archives made by hand, so that tests can make ones that no honest program writes. Layout after PKWARE's
// APPNOTE 6.3: local headers and data, the central directory, its end.

import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';
import { utf8 } from './vaults.ts';

export interface ZipPart {
  readonly name: string;
  readonly content?: Uint8Array | string;
  /** What the directory claims, where that differs from the truth. */
  readonly statedSize?: number;
  /** Unix mode: 0o120777 is a symbolic link. */
  readonly mode?: number;
  /** The bit that says "encrypted". */
  readonly isLocked?: boolean;
  /** Shares the local header and data of an earlier part, by its number. */
  readonly sameAs?: number;
  readonly isStored?: boolean;
}

const UTF8_NAME = 0x0800;
const LOCKED = 0x0001;
const UNIX = 3;
const VERSION = 20;

interface Header {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: Uint8Array;
  readonly size: number;
}

function headerOf(part: ZipPart): Header {
  const { content = '', isStored = false } = part;
  const plain = typeof content === 'string' ? utf8(content) : content;
  return {
    flags: UTF8_NAME | (part.isLocked === true ? LOCKED : 0),
    method: isStored ? 0 : 8,
    crc: crc32(plain),
    packed: isStored ? plain : deflateRawSync(plain),
    size: part.statedSize ?? plain.length,
  };
}

/** The fields that a local header and a directory entry share, from flags to the length of the name. */
function shared({ flags, method, crc, packed, size }: Header, nameLength: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt16LE(flags, 0);
  bytes.writeUInt16LE(method, 2);
  bytes.writeUInt32LE(crc, 8);
  bytes.writeUInt32LE(packed.length, 12);
  bytes.writeUInt32LE(size, 16);
  bytes.writeUInt16LE(nameLength, 20);
  return bytes;
}

const u16 = (value: number): Buffer => Buffer.of(value & 0xff, value >>> 8);

function localOf(name: Uint8Array, header: Header): Buffer {
  const start = Buffer.of(0x50, 0x4b, 3, 4);
  return Buffer.concat([start, u16(VERSION), shared(header, name.length), name, header.packed]);
}

function directoryOf(part: ZipPart, name: Uint8Array, header: Header, offset: number): Buffer {
  const start = Buffer.of(0x50, 0x4b, 1, 2, VERSION, UNIX);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((part.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([start, u16(VERSION), shared(header, name.length), tail, name]);
}

export function zipOf(parts: readonly ZipPart[]): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const name = utf8(part.name);
    const header = headerOf(part);
    const offset = part.sameAs === undefined ? at : (offsets[part.sameAs] ?? 0);
    offsets.push(offset);
    directory.push(directoryOf(part, name, header, offset));
    if (part.sameAs !== undefined) continue;
    const local = localOf(name, header);
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, central, end]));
}

/** Files by their paths, as an honest program packs them. */
export function zipOfFiles(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array<ArrayBuffer> {
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}
