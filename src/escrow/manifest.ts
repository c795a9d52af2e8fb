// The first file of every payload: what this is, what lies beside it, and a canary that a drill can
// read without showing a secret. Spec: docs/spec/package.md, Payload.

import * as z from 'zod';
import { decodeUtf8, encodeUtf8 } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';

export const MANIFEST_PATH = 'manifest.json';

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const fileEntry = z.object({ path: z.string(), size: count, sha256 });

const sourceEntry = fileEntry.extend({
  name: z.string(),
  format: z.string(),
  product: z.string(),
  entries: count.nullable(),
  folders: count.nullable(),
  attachments: count.nullable(),
  /** Paths under unlock/ that open this export when it is itself locked. */
  unlock: z.object({ passphrase: z.string().optional(), keyFile: z.string().optional() }).optional(),
});

const manifest = z.object({
  type: z.literal('holdfast manifest v1'),
  escrow: z.string().regex(/^[0-9a-f]{16}$/),
  sequence: z.number().int().positive(),
  created: z.string(),
  canary: z.object({ time: z.string(), id: z.string().regex(/^[0-9a-f]{32}$/) }),
  sources: z.array(sourceEntry),
  attachments: z.array(fileEntry),
  plan: z.array(fileEntry),
});

export type ManifestFile = z.infer<typeof fileEntry>;
export type ManifestSource = z.infer<typeof sourceEntry>;
export type Manifest = z.infer<typeof manifest>;

export function encodeManifest(value: Manifest): Bytes {
  return encodeUtf8(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Decodes a manifest. Keys it does not know are kept out of the way, so that a later version may add.
 *
 * @throws {@link EscrowError} `record.version` for another version, `package.format` otherwise.
 */
export function decodeManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > LIMITS.manifestBytes) {
    throw new EscrowError('limit.exceeded', {
      what: 'the manifest in the package',
      limit: LIMITS.manifestBytes,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes));
  } catch (error) {
    throw new EscrowError('package.format', { reason: 'the manifest is not JSON' }, { cause: error });
  }
  const version = z.object({ type: z.string() }).safeParse(value).data?.type;
  if (version?.startsWith('holdfast manifest v') === true && version !== 'holdfast manifest v1') {
    throw new EscrowError('record.version', { what: 'manifest', found: version });
  }
  const parsed = manifest.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new EscrowError('package.format', {
      reason: `the manifest's field "${field}" is not as it should be`,
    });
  }
  return parsed.data;
}
