// A vault as a KDBX 4 database that KeePassXC and KeePass open at once. Every string is written protected,
// because kdbxweb writes control characters raw elsewhere and one of them makes KeePassXC refuse the whole
// file; names, which cannot be protected, are cleaned. Entries keep their ids, so that references hold.
// The result is opened and compared before it is handed out; docs/vaults.md lists what KDBX cannot carry.

import type { Kdbx, KdbxEntry } from 'kdbxweb';
import { decodeHex, encodeHex, type Bytes } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import type { Argon2Cost } from '../../core/argon2.ts';
import { pathsOf } from '../container-paths.ts';
import { credentialsOf, loadKdbxweb } from '../kdbx-engine.ts';
import { STANDARD } from '../kdbx-names.ts';
import { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';
import { openVault } from '../open.ts';
import { assertReadBack, VERBATIM, type ReadBackRules } from '../read-back.ts';
import type { VaultTarget, WrittenVault } from '../target.ts';
import { cleanName, cleanTag, cleanValue } from '../xml-text.ts';
import { planEntry, type EntryPlan } from './kdbx-entry.ts';
import { makeGroups } from './kdbx-groups.ts';

const TARGET = 'kdbx';

/** Of the order of a second; KeePassXC's own default for new databases. */
const DEFAULT_ARGON2: Argon2Cost = { memoryMiB: 64, iterations: 3, parallelism: 2 };

/** What the XML in the file cannot hold, and what stands for a linked field. */
export const KDBX_RULES: ReadBackRules = {
  ...VERBATIM,
  title: cleanName,
  folder: cleanName,
  value: cleanValue,
  tag: cleanTag,
  linked: (text) => (text === 'username' || text === 'password' ? `{${text.toUpperCase()}}` : text),
};

const BYTES_PER_MIB = 1_048_576;

interface KdbxOptions {
  /** UTF-8, without a line end. Borrowed: the caller wipes it. */
  readonly passphrase: Uint8Array;
  readonly argon2?: Argon2Cost;
  /** Shown at the top of the tree. */
  readonly name?: string | undefined;
}

type Kdbxweb = Awaited<ReturnType<typeof loadKdbxweb>>;

/** An id of 32 hexadecimal digits for each entry: its own where it is a UUID nobody took before, a random one else. */
function uuidsOf(crypto: CryptoPort, items: readonly Item[]): readonly string[] {
  const taken = new Set(['0'.repeat(32)]);
  return items.map(({ id }) => {
    const own = id.replaceAll('-', '').toLowerCase();
    const isUsable = /^[0-9a-f]{32}$/.test(own) && !taken.has(own);
    const uuid = isUsable ? own : encodeHex(crypto.randomBytes(16));
    taken.add(uuid);
    return uuid;
  });
}

/** Paths of the places an entry cannot lie in as well, under the names of the fields that tell them. */
function furtherPlaces(
  { containerIds }: Item,
  isMoved: boolean,
  paths: ReadonlyMap<string, readonly string[]>,
  losses: LossTally,
): ReadonlyMap<string, string> {
  const [main, ...others] = containerIds.flatMap((id) => paths.get(id)?.join('/') ?? []);
  const further = new Map<string, string>();
  if (isMoved && main !== undefined) further.set('Was in', main);
  if (others.length === 0) return further;
  losses.note(
    'degraded',
    'entry in several collections',
    'it lies in the first; the others are named in a field',
  );
  return further.set('Also in', others.join('\n'));
}

/** A date KDBX can hold: it counts seconds from the year 1. */
function dateOf(iso: string | undefined): Date | undefined {
  const date = new Date(iso ?? '');
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date : undefined;
}

function setTimes(entry: KdbxEntry, { created, modified, expires }: Item): void {
  const { times } = entry;
  times.creationTime = dateOf(created) ?? times.creationTime;
  times.lastModTime = dateOf(modified) ?? times.lastModTime;
  const expiry = dateOf(expires);
  times.expires = expiry !== undefined;
  times.expiryTime = expiry ?? times.expiryTime;
}

/** Earlier versions are the entry as it is, but for the password: restoring one must lose nothing. */
function addHistory(kdbxweb: Kdbxweb, entry: KdbxEntry, item: Item): void {
  for (const { value, at } of item.history) {
    const version = new kdbxweb.KdbxEntry();
    version.copyFrom(entry);
    version.binaries = new Map();
    version.fields.set(STANDARD.password, kdbxweb.ProtectedValue.fromString(cleanValue(value)));
    version.times.lastModTime = dateOf(at) ?? entry.times.creationTime;
    entry.history.push(version);
  }
}

async function fillEntry(kdbxweb: Kdbxweb, kdbx: Kdbx, entry: KdbxEntry, plan: EntryPlan): Promise<void> {
  entry.fields = new Map();
  for (const [name, text] of plan.strings) entry.fields.set(name, kdbxweb.ProtectedValue.fromString(text));
  entry.tags = [...plan.tags];
  for (const [name, bytes] of plan.attachments)
    entry.binaries.set(name, await kdbx.createBinary(new Uint8Array(bytes).buffer));
}

function setCost(kdbxweb: Kdbxweb, kdbx: Kdbx, cost: Argon2Cost): void {
  const { ValueType } = kdbxweb.VarDictionary;
  kdbx.header.setKdf(kdbxweb.Consts.KdfId.Argon2id);
  const parameters = kdbx.header.kdfParameters;
  parameters?.set('M', ValueType.UInt64, kdbxweb.Int64.from(cost.memoryMiB * BYTES_PER_MIB));
  parameters?.set('I', ValueType.UInt64, kdbxweb.Int64.from(cost.iterations));
  parameters?.set('P', ValueType.UInt32, cost.parallelism);
}

async function createDatabase(kdbxweb: Kdbxweb, vault: Vault, options: KdbxOptions): Promise<Kdbx> {
  const name = cleanName(options.name ?? `${vault.source.product} vault`);
  const credentials = await credentialsOf(kdbxweb, { name, passphrase: options.passphrase });
  const kdbx = kdbxweb.Kdbx.create(credentials, name);
  kdbx.meta.generator = 'holdfast';
  const longest = vault.items.reduce((most, { history }) => Math.max(most, history.length), 10);
  // KeePass programs prune longer histories when an entry is next changed.
  kdbx.meta.historyMaxItems = longest;
  setCost(kdbxweb, kdbx, options.argon2 ?? DEFAULT_ARGON2);
  return kdbx;
}

/** Fills a database and saves it; nothing of it outlives the call but its bytes. */
async function build(
  kdbxweb: Kdbxweb,
  vault: Vault,
  uuids: readonly string[],
  losses: LossTally,
  options: KdbxOptions,
): Promise<Bytes> {
  const kdbx = await createDatabase(kdbxweb, vault, options);
  const groups = makeGroups(kdbx, vault);
  const paths = pathsOf(vault.containers);
  const isNative = vault.source.format === TARGET;
  for (const [index, item] of vault.items.entries()) {
    const { group, isMoved } = groups.of(item);
    const entry = kdbx.createEntry(group);
    entry.uuid = new kdbxweb.KdbxUuid(decodeHex(uuids[index] ?? '').buffer);
    const further = furtherPlaces(item, isMoved, paths, losses);
    await fillEntry(kdbxweb, kdbx, entry, planEntry(item, further, losses, isNative));
    setTimes(entry, item);
    addHistory(kdbxweb, entry, item);
  }
  return new Uint8Array(await kdbx.save());
}

/**
 * Writes a vault as a KDBX 4 database, and proves it by reading it back.
 *
 * @returns The database and what it could not carry over.
 * @throws {@link EscrowError} `vault.write-mismatch`.
 */
export async function writeKdbx(
  crypto: CryptoPort,
  vault: Vault,
  options: KdbxOptions,
): Promise<WrittenVault> {
  const kdbxweb = await loadKdbxweb();
  const losses = new LossTally();
  const uuids = uuidsOf(crypto, vault.items);
  const collections = vault.containers.filter(({ kind }) => kind === 'collection').length;
  losses.note('dropped', 'who may see a collection', 'KeePass has no users', collections);
  const bytes = await build(kdbxweb, vault, uuids, losses, options);
  const written = await openVault(crypto, bytes, {
    format: TARGET,
    name: TARGET,
    passphrase: options.passphrase,
  });
  assertReadBack(TARGET, vault, uuids, written, KDBX_RULES);
  return { bytes, loss: losses.report(vault, TARGET, written.items) };
}

export const kdbxTarget: VaultTarget = {
  id: TARGET,
  ending: 'kdbx',
  use: 'opens in KeePassXC and KeePass, with its password',
  isLocked: true,
  write: (crypto, vault, { passphrase, name }) => writeKdbx(crypto, vault, { passphrase, name }),
};
