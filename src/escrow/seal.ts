// Sealing: what goes into a package, in which order, and that it is what was inspected. The caller
// gives streams and takes ciphertext; nothing is held that is larger than a chunk.
// Format: docs/spec/package.md.

import { encryptAge } from '../core/age/file.ts';
import { encodeHex } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { streamOf } from '../core/stream-of.ts';
import type { Inspection } from '../vault/inspect.ts';
import { MANIFEST_PATH, encodeManifest } from './manifest.ts';
import type { Manifest, ManifestFile, ManifestSource } from './manifest.ts';
import type { ByteFilter } from './ports.ts';
import { assertSafePath, packTar } from './tar.ts';
import type { TarFile } from './tar.ts';

/** A file read once already: its hash is known, and the second reading must give the same. */
export interface ReadFile {
  /** Plain file name, no folders. */
  readonly fileName: string;
  readonly size: number;
  /** SHA-256 of the first reading, 64 hex characters. */
  readonly sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What opens an export that is itself locked. The caller wipes the bytes. */
export interface Unlock {
  readonly passphrase?: Uint8Array;
  readonly keyFile?: Uint8Array;
  /** A person's mapping of the columns of a CSV, as it was given: whoever converts it later needs it. */
  readonly columns?: Uint8Array;
}

/** One vault export, inspected. */
export interface SealSource extends ReadFile {
  readonly name: string;
  /** Absent for a file sealed as it is (`--as file`). */
  readonly inspection?: Inspection;
  readonly unlock?: Unlock;
}

export interface SealInput {
  readonly escrow: string;
  readonly sequence: number;
  readonly created: Date;
  /** The pinned recipient, never one read from the escrow folder. */
  readonly recipient: string;
  readonly sources: readonly SealSource[];
  readonly attachments: readonly ReadFile[];
  readonly plan: readonly ReadFile[];
  /** Given when a sample shows that compression helps. */
  readonly compress?: ByteFilter;
}

/** Under unlock/<source>/: the mapping of a CSV's columns. The manifest does not list it. */
export const COLUMNS_NAME = 'columns.yaml';

/** A drop of more than this share of the entries needs a word from a person. */
const ACCEPTED_DROP = 0.1;

/** Whether a count fell so far that it looks like a broken or partial export. */
export function hasDropped(before: number, after: number): boolean {
  return after < before * (1 - ACCEPTED_DROP);
}

/** UTC to the second, as every document of ours writes it. */
export function formatTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** `000042-20261124T010203Z.tar.age`, or `.tar.gz.age`. */
export function packageFileName(input: Pick<SealInput, 'sequence' | 'created' | 'compress'>): string {
  const stamp = formatTime(input.created).replaceAll(/[-:]/g, '');
  const suffix = input.compress ? 'tar.gz.age' : 'tar.age';
  return `${String(input.sequence).padStart(6, '0')}-${stamp}.${suffix}`;
}

/**
 * Encrypts one payload to the recipient.
 *
 * @throws {@link EscrowError} while iterating: `seal.export-changed` when a file is not what was
 * inspected, `seal.bad-name`; errors of the sources pass through.
 */
export function sealPayload(crypto: CryptoPort, input: SealInput): AsyncIterable<Bytes> {
  const archive = packTar(payloadFiles(crypto, input), input.created);
  return encryptAge(crypto, input.recipient, input.compress ? input.compress(archive) : archive);
}

function payloadFiles(crypto: CryptoPort, input: SealInput): TarFile[] {
  const files: TarFile[] = [];
  const again = (path: string, file: ReadFile): ManifestFile => {
    assertSealable(path, file.fileName);
    files.push({ path, size: file.size, content: () => readAgain(crypto, file) });
    return { path, size: file.size, sha256: file.sha256 };
  };
  const sources = input.sources.map((source) => sourceEntry(source, again, files));
  const attachments = input.attachments.map((file) => again(`attachments/${file.fileName}`, file));
  const plan = input.plan.map((file) => again(`plan/${file.fileName}`, file));
  const time = formatTime(input.created);
  const manifest: Manifest = {
    type: 'holdfast manifest v1',
    escrow: input.escrow,
    sequence: input.sequence,
    created: time,
    canary: { time, id: encodeHex(crypto.randomBytes(16)) },
    sources,
    attachments,
    plan,
  };
  const bytes = encodeManifest(manifest);
  return [inMemory(MANIFEST_PATH, bytes), ...files];
}

function sourceEntry(
  source: SealSource,
  again: (path: string, file: ReadFile) => ManifestFile,
  files: TarFile[],
): ManifestSource {
  const entry = again(`exports/${source.name}/${source.fileName}`, source);
  const beside = (name: string, bytes: Uint8Array | undefined): string | null => {
    if (!bytes) return null;
    const path = `unlock/${source.name}/${name}`;
    files.push(inMemory(path, bytes));
    return path;
  };
  const found = source.inspection;
  beside(COLUMNS_NAME, source.unlock?.columns);
  return {
    ...entry,
    name: source.name,
    format: found?.format ?? 'file',
    product: found?.product ?? 'file',
    entries: found?.entries ?? null,
    folders: found?.folders ?? null,
    attachments: found?.attachments.present ?? null,
    passphrase: beside('passphrase', source.unlock?.passphrase),
    keyFile: beside('key-file', source.unlock?.keyFile),
  };
}

/** A name that no reader takes is refused now, while there is time; one that only Windows cannot have is a finding. */
function assertSealable(path: string, name: string): void {
  try {
    assertSafePath(path);
  } catch (error) {
    throw new EscrowError(
      'seal.bad-name',
      { name, reason: 'has a backslash or a control character, or is too long' },
      { cause: error },
    );
  }
}

function inMemory(path: string, bytes: Uint8Array): TarFile {
  return { path, size: bytes.length, content: () => streamOf(...(bytes.length > 0 ? [bytes] : [])) };
}

/** Reads a file the second time, comparing: what is sealed must be what was inspected. */
async function* readAgain(crypto: CryptoPort, file: ReadFile): AsyncGenerator<Uint8Array> {
  const changed = (): EscrowError => new EscrowError('seal.export-changed', { name: file.fileName });
  const hash = await crypto.sha256Stream(file.size);
  let size = 0;
  for await (const part of file.open()) {
    size += part.length;
    if (size > file.size) throw changed();
    await hash.update(part);
    yield part;
  }
  if (size !== file.size || encodeHex(await hash.digest()) !== file.sha256) throw changed();
}
