// What one entry becomes in a KDBX file, as plain data: which strings, under which names, in which order.
// Custom fields are renamed when their name is taken, means something to KeePass programs, or could not
// stand in XML. Everything that ends up other than it was is noted as a loss. kdbx.ts does the writing.

import { FURTHER_URL, numbered, OTP, PASSKEY, STANDARD } from '../kdbx-names.ts';
import { wordsOfKey } from '../key-words.ts';
import type { LossTally } from '../loss.ts';
import type { Details, Item, Passkey, Totp } from '../model.ts';
import { formatOtpauth } from '../totp.ts';
import { cleanName, cleanTag, cleanValue } from '../xml-text.ts';

export interface EntryPlan {
  /** In the clear; every one is written protected. */
  readonly strings: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
  readonly attachments: ReadonlyMap<string, Uint8Array>;
}

/** A custom field so named would be taken for something else, by KeePass programs or by our own reader. */
const RESERVED = new RegExp(
  `^(?:${Object.values(STANDARD).join('|')}|${OTP}(?:_\\d+)?|KP2A_URL(?:_\\d+)?|` +
    `(?:${Object.values(PASSKEY).join('|')})(?:_\\d+)?|TOTP Seed|TOTP Settings|TimeOtp-[\\w-]*)$`,
);

/** KeePass programs replace these when a field is copied or typed; there is no way to escape them. */
const PLACEHOLDER =
  /\{(?:TITLE|USERNAME|PASSWORD|URL|NOTES|TOTP|UUID|CLIPBOARD|(?:S|REF|T-|URL|DT|DB|PICKCHARS)[:_-][^{}]*)\}/i;

/** Gives out names, each once: "name", "name (2)", "name (3)". */
class Names {
  private readonly next = new Map<string, number>();

  claim(name: string, isTaken: (candidate: string) => boolean): string {
    let count = this.next.get(name) ?? 1;
    const spelt = (): string => (count === 1 ? name : `${name} (${count})`);
    while (isTaken(spelt())) count += 1;
    this.next.set(name, count + 1);
    return spelt();
  }
}

/** Collects one entry's strings. */
class EntryDraft {
  readonly strings = new Map<string, string>();
  private readonly names = new Names();
  private readonly losses: LossTally;

  constructor(losses: LossTally) {
    this.losses = losses;
  }

  /** Under exactly this name. */
  set(name: string, value: string): void {
    const clean = cleanValue(value);
    if (clean !== value) this.losses.note('normalised', 'characters', 'NUL and broken Unicode became U+FFFD');
    this.strings.set(name, clean);
  }

  /** Under this name or the nearest that is free. */
  add(name: string, value: string): void {
    const wanted = cleanName(name).trim() || 'field';
    const given = this.names.claim(
      wanted,
      (candidate) => this.strings.has(candidate) || RESERVED.test(candidate),
    );
    if (given !== name)
      this.losses.note(
        'normalised',
        'custom field name',
        'respelt: it was empty, taken, reserved or not printable',
      );
    this.set(given, value);
  }
}

function addTotp(draft: EntryDraft, seeds: readonly Totp[], losses: LossTally): void {
  const valid = seeds.filter((seed) => seed.valid);
  for (const [index, seed] of valid.entries()) draft.set(numbered(OTP, index), formatOtpauth(seed));
  for (const seed of seeds) if (!seed.valid) draft.add('TOTP (unreadable)', seed.original);
  losses.note(
    'moved',
    'further one-time-code seeds',
    'KeePass programs use the first; the others are in otp_2, otp_3',
    Math.max(0, valid.length - 1),
  );
  losses.note(
    'moved',
    'unreadable one-time-code seeds',
    'kept as a custom field',
    seeds.length - valid.length,
  );
}

/** PKCS #8 in PEM, lines of 64 (RFC 7468). */
function pemOf(privateKey: string): string {
  const lines = privateKey.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

function addPasskeys(draft: EntryDraft, passkeys: readonly Passkey[], losses: LossTally): void {
  for (const [index, passkey] of passkeys.entries()) {
    draft.set(numbered(PASSKEY.credentialId, index), passkey.credentialId);
    draft.set(numbered(PASSKEY.privateKey, index), pemOf(passkey.privateKey));
    draft.set(numbered(PASSKEY.relyingParty, index), passkey.relyingParty);
    draft.set(numbered(PASSKEY.userName, index), passkey.userName);
    draft.set(numbered(PASSKEY.userHandle, index), passkey.userHandle);
  }
  losses.note(
    'degraded',
    'further passkeys',
    'KeePassXC uses one passkey of an entry',
    Math.max(0, passkeys.length - 1),
  );
}

function addDetails(draft: EntryDraft, heading: string, details: Details | undefined): void {
  for (const [name, value] of Object.entries(details ?? {}))
    draft.add(`${heading}: ${wordsOfKey(name)}`, value);
}

function addSshKey(draft: EntryDraft, { ssh }: Item): void {
  if (ssh === undefined) return;
  const parts = {
    'SSH private key': ssh.privateKey,
    'SSH public key': ssh.publicKey,
    'SSH fingerprint': ssh.fingerprint,
  };
  for (const [name, value] of Object.entries(parts)) if (value !== '') draft.add(name, value);
}

function addFields(draft: EntryDraft, { fields }: Item, losses: LossTally): void {
  for (const { name, value, kind } of fields) {
    const isPlaceholder = kind === 'linked' && (value === 'username' || value === 'password');
    // KeePass programs resolve these in any field, which is what a linked field is for.
    draft.add(name, isPlaceholder ? `{${value.toUpperCase()}}` : value);
    if (kind === 'linked') losses.note('degraded', 'linked field', 'a placeholder of KeePass in its place');
    if (kind === 'boolean') losses.note('degraded', 'yes-or-no field', 'kept as the text true or false');
  }
}

function addUrls(draft: EntryDraft, { urls }: Item, losses: LossTally): void {
  draft.set(STANDARD.url, urls[0]?.uri ?? '');
  for (const [index, url] of urls.slice(1).entries()) draft.set(`${FURTHER_URL}${index + 1}`, url.uri);
  losses.note(
    'dropped',
    'url match rule',
    'KeePass has none',
    urls.filter(({ match }) => match !== undefined).length,
  );
}

function tagsOf(item: Item, losses: LossTally): readonly string[] {
  const tags = item.tags.map(cleanTag);
  losses.note(
    'normalised',
    'tag',
    'respelt without the signs that part tags',
    tags.filter((tag, i) => tag !== item.tags[i]).length,
  );
  if (item.favourite) losses.note('moved', 'favourite', 'marked by the tag Favorite, as KeePassXC does');
  return [...new Set([...tags, ...(item.favourite ? ['Favorite'] : [])])].filter((tag) => tag !== '');
}

function attachmentsOf(item: Item, losses: LossTally): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const names = new Names();
  for (const { name, bytes } of item.attachments) {
    if (bytes === undefined) {
      losses.note('dropped', 'attachment', 'named in the source, but not in it');
      continue;
    }
    // A name is no path: a program that saves it must stay in its folder.
    const wanted = cleanName(name).replace(/[/\\]/g, '_').trim() || 'file';
    const given = names.claim(wanted, (candidate) => files.has(candidate));
    if (given !== name)
      losses.note('normalised', 'attachment name', 'respelt: it was taken or not printable');
    files.set(given, bytes);
  }
  return files;
}

function notePlaceholders({ username, password, urls }: Item, losses: LossTally): void {
  const texts = [username, password, ...urls.map(({ uri }) => uri)];
  const count = texts.filter((text) => PLACEHOLDER.test(text)).length;
  losses.note('degraded', 'text in braces', 'KeePass programs replace it when the field is used', count);
}

/**
 * Plans one entry.
 *
 * @param further - Paths of the places it also lay in, or lay in before it was thrown away.
 * @param isNative - The source is KDBX, so that placeholders are meant.
 */
export function planEntry(
  item: Item,
  further: ReadonlyMap<string, string>,
  losses: LossTally,
  isNative: boolean,
): EntryPlan {
  const draft = new EntryDraft(losses);
  const title = cleanName(item.title);
  if (title !== item.title)
    losses.note('normalised', 'title', 'respelt on one line, unprintable characters as U+FFFD');
  draft.set(STANDARD.title, title);
  draft.set(STANDARD.username, item.username);
  draft.set(STANDARD.password, item.password);
  addUrls(draft, item, losses);
  draft.set(STANDARD.notes, item.notes);
  addTotp(draft, item.totp, losses);
  addPasskeys(draft, item.passkeys, losses);
  addFields(draft, item, losses);
  addDetails(draft, 'card', item.card);
  addDetails(draft, 'identity', item.identity);
  addSshKey(draft, item);
  for (const [name, path] of further) draft.add(name, path);
  if (!isNative) notePlaceholders(item, losses);
  for (const name of item.unmapped) losses.note('dropped', name, 'it is not carried over');
  return { strings: draft.strings, tags: tagsOf(item, losses), attachments: attachmentsOf(item, losses) };
}
