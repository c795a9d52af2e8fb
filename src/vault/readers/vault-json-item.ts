// One entry of this program's own JSON. Every key has the kind it is written with, or the file is refused.

import { decodeBase64 } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import { presentFile } from '../attached.ts';
import { itemOf } from '../item.ts';
import { objectsOf, type JsonObject } from '../json.ts';
import type {
  Attachment,
  Details,
  Field,
  FormerPassword,
  Item,
  Passkey,
  SshKey,
  Totp,
  Url,
} from '../model.ts';
import { totpFromParts } from '../totp.ts';

export const VAULT_JSON_FORMAT = 'holdfast-json';

function refuse(place: string, wanted: string): never {
  throw new EscrowError('vault.format', { format: VAULT_JSON_FORMAT, reason: `${place} is not ${wanted}` });
}

export function textAt(raw: JsonObject, key: string, place: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : refuse(`${place}.${key}`, 'a text');
}

/** As an object to spread, so that what is absent stays so. */
function optionalText<K extends string>(raw: JsonObject, key: K, place: string): Partial<Record<K, string>> {
  if (raw[key] === undefined) return {};
  return { [key]: textAt(raw, key, place) } as Partial<Record<K, string>>;
}

export function wordAt<W extends string>(
  raw: JsonObject,
  key: string,
  words: readonly W[],
  place: string,
): W {
  const text = textAt(raw, key, place);
  return words.find((word) => word === text) ?? refuse(`${place}.${key}`, words.join(' or '));
}

function flagAt(raw: JsonObject, key: string, place: string): boolean {
  const value = raw[key];
  return typeof value === 'boolean' ? value : refuse(`${place}.${key}`, 'true or false');
}

function countAt(raw: JsonObject, key: string, place: string): number {
  const value = raw[key];
  const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return isCount ? value : refuse(`${place}.${key}`, 'a whole number');
}

function textsAt(raw: JsonObject, key: string, place: string): readonly string[] {
  const list: unknown = raw[key];
  if (!Array.isArray(list)) return refuse(`${place}.${key}`, 'a list');
  return list.every((text) => typeof text === 'string') ? list : refuse(`${place}.${key}`, 'a list of texts');
}

function listAt<T>(
  raw: JsonObject,
  key: string,
  place: string,
  read: (part: JsonObject, place: string) => T,
): readonly T[] {
  const list = objectsOf(raw[key], `${place}.${key}`, VAULT_JSON_FORMAT);
  return list.map((part, index) => read(part, `${place}.${key}[${index}]`));
}

function detailsAt(raw: JsonObject, key: string, place: string): Details | undefined {
  const [details] = listAt({ [key]: raw[key] === undefined ? [] : [raw[key]] }, key, place, (part) => part);
  if (details === undefined) return undefined;
  return Object.fromEntries(
    Object.keys(details).map((name) => [name, textAt(details, name, `${place}.${key}`)]),
  );
}

const readUrl = (raw: JsonObject, place: string): Url => ({
  uri: textAt(raw, 'uri', place),
  ...optionalText(raw, 'match', place),
});

const readField = (raw: JsonObject, place: string): Field => ({
  name: textAt(raw, 'name', place),
  value: textAt(raw, 'value', place),
  kind: wordAt(raw, 'kind', ['text', 'hidden', 'boolean', 'linked'], place),
});

function readTotp(raw: JsonObject, place: string): Totp {
  return totpFromParts(
    {
      secret: textAt(raw, 'secret', place),
      algorithm: textAt(raw, 'algorithm', place),
      digits: String(countAt(raw, 'digits', place)),
      period: String(countAt(raw, 'period', place)),
      isSteam: wordAt(raw, 'encoder', ['decimal', 'steam'], place) === 'steam',
      issuer: textAt(raw, 'issuer', place),
      account: textAt(raw, 'account', place),
    },
    textAt(raw, 'original', place),
  );
}

const readPasskey = (raw: JsonObject, place: string): Passkey => ({
  credentialId: textAt(raw, 'credentialId', place),
  relyingParty: textAt(raw, 'relyingParty', place),
  userName: textAt(raw, 'userName', place),
  userHandle: textAt(raw, 'userHandle', place),
  privateKey: textAt(raw, 'privateKey', place),
});

const readFormer = (raw: JsonObject, place: string): FormerPassword => ({
  value: textAt(raw, 'value', place),
  ...optionalText(raw, 'at', place),
});

function readSsh(details: Details | undefined, place: string): SshKey | undefined {
  return (
    details && {
      privateKey: textAt(details, 'privateKey', place),
      publicKey: textAt(details, 'publicKey', place),
      fingerprint: textAt(details, 'fingerprint', place),
    }
  );
}

async function readAttachment(crypto: CryptoPort, raw: JsonObject, place: string): Promise<Attachment> {
  const name = textAt(raw, 'name', place);
  const size = countAt(raw, 'size', place);
  if (wordAt(raw, 'status', ['present', 'referenced-missing'], place) === 'referenced-missing')
    return { name, size, status: 'referenced-missing' };
  let file: Attachment;
  try {
    file = await presentFile(crypto, name, decodeBase64(textAt(raw, 'base64', place)));
  } catch {
    return refuse(`${place}.base64`, 'base64');
  }
  const isWhole = file.size === size && file.sha256 === textAt(raw, 'sha256', place);
  return isWhole ? file : refuse(place, 'the file that it says it is');
}

/**
 * Reads one entry.
 *
 * @throws {@link EscrowError} `vault.format`.
 */
export async function readVaultItem(crypto: CryptoPort, raw: JsonObject, place: string): Promise<Item> {
  const attachments: Attachment[] = [];
  for (const [index, part] of listAt(raw, 'attachments', place, (part) => part).entries())
    attachments.push(await readAttachment(crypto, part, `${place}.attachments[${index}]`));
  const card = detailsAt(raw, 'card', place);
  const identity = detailsAt(raw, 'identity', place);
  const ssh = readSsh(detailsAt(raw, 'ssh', place), `${place}.ssh`);
  return itemOf({
    id: textAt(raw, 'id', place),
    type: wordAt(raw, 'type', ['login', 'note', 'card', 'identity', 'bank', 'sshKey', 'other'], place),
    sourceType: textAt(raw, 'sourceType', place),
    state: wordAt(raw, 'state', ['active', 'archived', 'trashed'], place),
    containerIds: textsAt(raw, 'containerIds', place),
    title: textAt(raw, 'title', place),
    username: textAt(raw, 'username', place),
    password: textAt(raw, 'password', place),
    urls: listAt(raw, 'urls', place, readUrl),
    notes: textAt(raw, 'notes', place),
    totp: listAt(raw, 'totp', place, readTotp),
    fields: listAt(raw, 'fields', place, readField),
    attachments,
    passkeys: listAt(raw, 'passkeys', place, readPasskey),
    ...(card && { card }),
    ...(identity && { identity }),
    ...(ssh && { ssh }),
    history: listAt(raw, 'history', place, readFormer),
    tags: textsAt(raw, 'tags', place),
    favourite: flagAt(raw, 'favourite', place),
    ...optionalText(raw, 'created', place),
    ...optionalText(raw, 'modified', place),
    ...optionalText(raw, 'expires', place),
    unmapped: textsAt(raw, 'unmapped', place),
    raw: raw['raw'],
  });
}
