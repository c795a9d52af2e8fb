// The first file of every payload: what this is, what lies beside it, and a canary that a drill can
// read without showing a secret. Spec: docs/spec/package.md, Payload.

import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { SHORT_TEXT } from '../core/plain-text.ts';
import { decodeDocument, encodeDocument } from '../core/record/json.ts';
import type { DocumentKind } from '../core/record/json.ts';
import { hex, instant, integer, list, literal, nullable, object, pattern } from '../core/record/shape.ts';
import type { Shape } from '../core/record/shape.ts';

export const MANIFEST_PATH = 'manifest.json';

/** A file of the payload, with the SHA-256 of its bytes. */
export interface ManifestFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** An export and what was found in it. The counts are null where nothing looked inside. */
export interface ManifestSource extends ManifestFile {
  readonly name: string;
  readonly format: string;
  readonly product: string;
  readonly entries: number | null;
  readonly folders: number | null;
  readonly attachments: number | null;
  /** Paths under unlock/ of what opens this export when it is itself locked. */
  readonly passphrase: string | null;
  readonly keyFile: string | null;
}

export interface Manifest {
  readonly type: 'holdfast manifest v1';
  readonly escrow: string;
  readonly sequence: number;
  readonly created: string;
  readonly canary: { readonly time: string; readonly id: string };
  readonly sources: readonly ManifestSource[];
  readonly attachments: readonly ManifestFile[];
  readonly plan: readonly ManifestFile[];
}

const count = integer(0, Number.MAX_SAFE_INTEGER);
// tar.ts judges paths when they are used; here a path is only a text of bounded length.
const path = pattern('a path', new RegExp(`^[^]{1,${LIMITS.payloadPathBytes}}$`));
const word = pattern('a short text', SHORT_TEXT);

const file = { path, size: count, sha256: hex(32) };

const source: Shape<ManifestSource> = object<ManifestSource>({
  ...file,
  name: word,
  format: word,
  product: word,
  entries: nullable(count),
  folders: nullable(count),
  attachments: nullable(count),
  passphrase: nullable(path),
  keyFile: nullable(path),
});

const files = list(object<ManifestFile>(file), LIMITS.payloadEntries);

const MANIFEST_KIND: DocumentKind<Manifest> = {
  what: 'manifest',
  type: 'holdfast manifest v1',
  maxBytes: LIMITS.manifestBytes,
  refuse: (reason) => {
    throw new EscrowError('package.format', { reason: `the manifest is damaged: ${reason}` });
  },
  shape: object<Manifest>({
    type: literal('holdfast manifest v1'),
    escrow: hex(8),
    sequence: integer(1, Number.MAX_SAFE_INTEGER),
    created: instant,
    canary: object<Manifest['canary']>({ time: instant, id: hex(16) }),
    sources: list(source, LIMITS.payloadEntries),
    attachments: files,
    plan: files,
  }),
};

export function encodeManifest(value: Manifest): Bytes {
  return encodeDocument(MANIFEST_KIND, value);
}

/** @throws {@link EscrowError} `record.version` for another version, `package.format`, `limit.exceeded`. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  return decodeDocument(MANIFEST_KIND, bytes);
}
