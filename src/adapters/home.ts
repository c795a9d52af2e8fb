// The operator's private state: what this machine believes (pins), the key it signs with (sealer) and
// who holds which card (register). Folders 0700, files 0600 where modes exist; on Windows the user's
// profile protects them.

import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeBase64, encodeBase64, encodeUtf8, wipe } from '../core/bytes.ts';
import type { CryptoPort, KeyPair } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { decodeRegister, encodeRegister } from '../escrow/register.ts';
import type { Register } from '../escrow/register.ts';
import { advancePins, decodePins, encodePins } from '../escrow/trust.ts';
import type { Pins } from '../escrow/trust.ts';
import { exists, makeFolder, writeFileAtomic } from './atomic-write.ts';
import { withLock } from './lock.ts';
import { removeFile } from './documents.ts';
import { atPath } from './os-error.ts';
import { fileSize, readBounded } from './read-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SEALER_HEADING = 'holdfast sealer key v1';
const SEED_BYTES = 32;

/** The platform's place for a program's state, unless HOLDFAST_HOME names another. */
export function homePath(environment: Environment): string {
  const named = environment['HOLDFAST_HOME'];
  if (named !== undefined && named !== '') return named;
  switch (process.platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'holdfast');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'holdfast');
    default:
      return join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'holdfast');
  }
}

/** Pins are read and written in a moment. */
const PATIENCE_MS = 10_000;

/** Changing pins takes a moment: a lock of this home that is older was left behind, by a machine of another name too. */
const STALE_MS = 60_000;

/** The home folder of this user on this machine. */
export class Home {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws {@link EscrowError} `trust.not-enrolled` when this machine was never taught this escrow. */
  async pins(escrow: string, folder: string): Promise<Pins> {
    const known = await this.pinsIfAny(escrow);
    if (!known) throw new EscrowError('trust.not-enrolled', { folder });
    return known;
  }

  async pinsIfAny(escrow: string): Promise<Pins | undefined> {
    const path = this.#of(escrow, 'pins.json');
    return (await exists(path)) ? decodePins(await readBounded(path, LIMITS.pinsBytes), path) : undefined;
  }

  /**
   * Changes what this machine believes. It is read anew while nobody else of this home can change it: a seal
   * into one copy of the folder and a look at another may come at the same time.
   *
   * @throws {@link EscrowError} `escrow.busy`, `home.format`, what `change` throws.
   */
  async changePins(escrow: string, change: (known: Pins | undefined) => Pins | Promise<Pins>): Promise<void> {
    const folder = dirname(this.#of(escrow, 'pins.json'));
    await makeFolder(folder);
    const work = async (): Promise<void> => {
      const known = await this.pinsIfAny(escrow);
      const changed = await change(known);
      if (changed !== known) await this.#write(escrow, 'pins.json', encodePins(changed));
    };
    await withLock(folder, work, { patienceMs: PATIENCE_MS, staleMs: STALE_MS });
  }

  /** Moves the pins on to what was just seen or made. @throws {@link EscrowError} as changePins. */
  async advancePins(pins: Pins, seen: Parameters<typeof advancePins>[1]): Promise<void> {
    if (advancePins(pins, seen) === pins) return;
    await this.changePins(pins.escrow, (known) => advancePins(known ?? pins, seen));
  }

  async register(escrow: string): Promise<Register | undefined> {
    const path = this.#of(escrow, 'register.json');
    return (await exists(path))
      ? decodeRegister(await readBounded(path, LIMITS.registerBytes), path)
      : undefined;
  }

  async writeRegister(register: Register): Promise<void> {
    await this.#write(register.escrow, 'register.json', encodeRegister(register));
  }

  async removeRegister(escrow: string): Promise<void> {
    await removeFile(this.#of(escrow, 'register.json'));
  }

  /** Makes the plan folder, empty, so that it can be found. @returns its path. */
  async makePlanFolder(escrow: string): Promise<string> {
    const folder = this.#of(escrow, 'plan');
    await makeFolder(folder);
    return folder;
  }

  /** Files of the plan folder (client order, recovery plan, contacts): they are sealed into every package. */
  async planFiles(escrow: string): Promise<readonly string[]> {
    const folder = this.#of(escrow, 'plan');
    if (!(await exists(folder))) return [];
    const entries = await atPath(folder, () => readdir(folder, { withFileTypes: true }));
    const files: string[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const isPlan = entry.isFile() && !entry.name.startsWith('.');
      // A file that was only begun must not stop the nightly seal.
      if (isPlan && (await fileSize(path)) > 0) files.push(path);
    }
    return files.sort();
  }

  /**
   * This machine's sealer key pair. It stands above the escrows because a ceremony elsewhere must be
   * able to name it before the escrow exists (docs/decisions/0003).
   *
   * @returns undefined when none was made. The caller wipes the secret half.
   * @throws {@link EscrowError} `home.format`.
   */
  async sealer(crypto: CryptoPort): Promise<KeyPair | undefined> {
    const path = join(this.path, 'sealer.key');
    if (!(await exists(path))) return undefined;
    const text = new TextDecoder().decode(await readBounded(path, LIMITS.signatureBytes));
    const [heading, key] = text.split(/\r?\n/);
    if (heading !== SEALER_HEADING || key === undefined)
      throw new EscrowError('home.format', { path, reason: 'it is not a sealer key' });
    const seed = decodeBase64(key);
    if (seed.length !== SEED_BYTES)
      throw new EscrowError('home.format', { path, reason: 'it is not 32 bytes long' });
    const pair = crypto.ed25519KeyPair(seed);
    wipe(seed);
    return pair;
  }

  /** Makes this machine's sealer key, or gives the one it has. The caller wipes the secret half. */
  async ensureSealer(crypto: CryptoPort): Promise<KeyPair> {
    const existing = await this.sealer(crypto);
    if (existing) return existing;
    const seed = crypto.randomBytes(SEED_BYTES);
    await makeFolder(this.path);
    await writeFileAtomic(
      join(this.path, 'sealer.key'),
      encodeUtf8(`${SEALER_HEADING}\n${encodeBase64(seed)}\n`),
    );
    const pair = crypto.ed25519KeyPair(seed);
    wipe(seed);
    return pair;
  }

  #of(escrow: string, name: string): string {
    // The id comes from a folder that anybody may have written: only its own alphabet may name a path.
    if (!/^[0-9a-f]{16}$/.test(escrow))
      throw new EscrowError('charter.format', { reason: 'its escrow id is not one' });
    return join(this.path, escrow, name);
  }

  async #write(escrow: string, name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#of(escrow, name);
    await makeFolder(join(this.path, escrow));
    await writeFileAtomic(path, bytes, { overwrite: true });
  }
}
