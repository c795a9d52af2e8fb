// The model itself as JSON, "holdfast vault v1" (docs/vaults.md): nothing is lost, attachments are in it as
// base64, and each product's own object is kept where it is plain JSON. Read back by readers/vault-json.ts,
// and compared text by text.

import { concatBytes, encodeBase64, encodeUtf8, type Bytes } from '../../core/bytes.ts';
import { LIMITS } from '../../core/limits.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { LossTally } from '../loss.ts';
import type { Attachment, Item, Vault } from '../model.ts';
import { openVault } from '../open.ts';
import { assertReadBack, VERBATIM } from '../read-back.ts';
import { VAULT_JSON } from '../readers/vault-json.ts';
import type { VaultTarget, WriteOptions, WrittenVault } from '../target.ts';

const TARGET = 'json';

/** Levels that the file puts around an entry's own object. */
const LEVELS_AROUND = 3;

/** Whether JSON gives it back as it is, at a depth that readers take. */
export function isPlainJson(value: unknown, levels: number = LIMITS.jsonDepth - LEVELS_AROUND): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || levels <= 0) return false;
  if (Array.isArray(value)) return value.every((part) => isPlainJson(part, levels - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((part) => isPlainJson(part, levels - 1));
}

function attachmentOf({ bytes, ...facts }: Attachment): object {
  return bytes === undefined ? facts : { ...facts, base64: encodeBase64(bytes) };
}

function itemOf({ raw, ...item }: Item, losses: LossTally): object {
  const isKept = raw !== undefined && isPlainJson(raw);
  if (raw !== undefined && !isKept)
    losses.note(
      'dropped',
      "the product's own object",
      'it is no plain JSON; all that was read from it is here',
    );
  const attachments = item.attachments.map(attachmentOf);
  return { ...item, attachments, ...(isKept ? { raw } : {}) };
}

/** Text is made into bytes in portions of about this many characters. */
const PORTION_CHARS = 1_048_576;

/** Entry by entry: the text of a large vault would be longer than a string may be. */
function encode(vault: Vault, { now, name }: WriteOptions, losses: LossTally): Bytes {
  const { source, containers, findings, items } = vault;
  const head = { format: VAULT_JSON, written: now, name, source, containers, findings };
  const parts: Bytes[] = [];
  let text = `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (const [index, item] of items.entries()) {
    text += `${index === 0 ? '\n' : ',\n'}${JSON.stringify(itemOf(item, losses))}`;
    if (text.length < PORTION_CHARS) continue;
    parts.push(encodeUtf8(text));
    text = '';
  }
  return concatBytes(...parts, encodeUtf8(`${text}\n]}\n`));
}

async function write(crypto: CryptoPort, vault: Vault, options: WriteOptions): Promise<WrittenVault> {
  const losses = new LossTally();
  const bytes = encode(vault, options, losses);
  const written = await openVault(crypto, bytes, { format: 'holdfast-json', name: TARGET });
  assertReadBack(TARGET, vault, 'in order', written, VERBATIM);
  return { bytes, loss: losses.report(vault, TARGET, written.items) };
}

export const jsonTarget: VaultTarget = {
  id: TARGET,
  ending: 'json',
  use: 'for other programs: everything this one knows, described in docs/vaults.md',
  isLocked: false,
  write,
};
