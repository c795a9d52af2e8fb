// One vault in another tool's form, made of one export or several: what --to, --client and --tier ask for.
// recover and convert share it. Settled before any work is done; written into memory, read back, handed out.

import { wipe } from '../core/bytes.ts';
import type { Bytes } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { passphraseWords } from '../core/record/words.ts';
import { assertChosen, assignClients, clientFindings, selectItems } from '../vault/clients.ts';
import type { Client } from '../vault/client.ts';
import type { LossReport } from '../vault/loss.ts';
import { faultOfNewPassword, LEAST_PASSWORD_CHARS, MADE_PASSWORD_WORDS } from '../vault/new-password.ts';
import { mergeVaults } from '../vault/merge.ts';
import type { Vault } from '../vault/model.ts';
import type { VaultTarget } from '../vault/target.ts';
import { isTargetId, targetOf, TARGETS } from '../vault/targets.ts';
import type { Paper } from '../paper/measures.ts';
import { BOOK_TARGET } from './book-target.ts';
import { paperNamed } from './paper-option.ts';
import { knownInstead } from './format-option.ts';
import type { Session } from './session.ts';

export interface ConversionOptions {
  readonly to?: string;
  readonly passwordFile?: string;
  readonly client?: string;
  readonly tier?: number;
  readonly paper?: string;
}

type ConversionTarget = VaultTarget | typeof BOOK_TARGET;

export interface Conversion {
  readonly target: ConversionTarget;
  readonly client: string | undefined;
  readonly tier: number | undefined;
  /** Of a book. */
  readonly paper: Paper;
  /** Empty for a target that is not locked. */
  readonly passphrase: Uint8Array;
  /** Shows a made-up passphrase, once, to the person at the terminal. */
  reveal(): void;
  wipe(): void;
}

/**
 * Settles target, filter and password.
 *
 * @returns undefined without --to.
 * @throws {@link EscrowError} `usage`, `input.needs-terminal` when no password is given and nobody is there
 * to be shown one, `file.*`, `input.not-text`, `input.new-password`.
 */
export async function planConversion(
  session: Session,
  options: ConversionOptions,
): Promise<Conversion | undefined> {
  const { to, passwordFile, client, tier } = options;
  if (to === undefined) {
    const given = (['client', 'tier', 'paper'] as const).find((name) => options[name] !== undefined);
    if (given !== undefined)
      throw new EscrowError('usage', { reason: `--${given} is about what --to writes, and --to is missing` });
    return undefined;
  }
  const target = targetNamed(to);
  const paper = paperNamed(options.paper);
  if (options.paper !== undefined && target.id !== BOOK_TARGET.id)
    throw new EscrowError('usage', { reason: `${target.id} is not printed: --paper has no use` });
  const nothing = { target, client, tier, paper, passphrase: new Uint8Array(), reveal: noop, wipe: noop };
  if (!target.isLocked) {
    if (passwordFile !== undefined)
      throw new EscrowError('usage', { reason: `${target.id} is not locked: --password-file has no use` });
    return nothing;
  }
  if (passwordFile !== undefined) {
    const passphrase = await newPasswordFrom(session, passwordFile);
    return {
      ...nothing,
      passphrase,
      wipe: () => {
        wipe(passphrase);
      },
    };
  }
  if (!session.canAsk) throw new EscrowError('input.needs-terminal', { flag: '--password-file' });
  const made = passphraseWords(await session.crypto(), MADE_PASSWORD_WORDS);
  const passphrase = new TextEncoder().encode(made);
  return {
    ...nothing,
    passphrase,
    reveal: () => {
      session.io.stderr(`\nholdfast: password of the new vault, shown only now:\n\n    ${made}\n\n`);
    },
    wipe: () => {
      wipe(passphrase);
    },
  };
}

/** A password that somebody chose for a new vault. */
async function newPasswordFrom(session: Session, path: string): Promise<Uint8Array> {
  const question = 'Password for the new vault';
  const passphrase = await session.secretFrom(path, { question, isTyped: 'twice' });
  const fault = faultOfNewPassword(passphrase);
  if (fault === undefined) return passphrase;
  wipe(passphrase);
  throw new EscrowError('input.new-password', { path, fault, least: LEAST_PASSWORD_CHARS });
}

const noop = (): void => undefined;

function targetNamed(named: string): ConversionTarget {
  if (isTargetId(named)) return targetOf(named);
  if (named === BOOK_TARGET.id) return BOOK_TARGET;
  const known = [...TARGETS, BOOK_TARGET].map(({ id }) => id);
  throw new EscrowError('usage', {
    reason: `"${named}" is not a format this version writes${knownInstead(named, known)}`,
  });
}

export interface Converted {
  /** The caller wipes it. */
  readonly bytes: Bytes;
  readonly loss: LossReport;
  /** What the list of clients says of this vault. */
  readonly findings: readonly Finding[];
  /** How many of the entries that were written lie in the trash. */
  readonly trashed: number;
}

/**
 * Chooses, writes and reads back.
 *
 * @param out - What the file is called, for the person who waits.
 * @param sources - Exports that were opened, at least one, each with the name rules call it by.
 * @param clients - Of plan/clients.yaml, where there is one.
 * @throws {@link EscrowError} `vault.no-client`, `vault.no-entries`, `vault.write-mismatch`.
 */
export async function convertVaults(
  session: Session,
  plan: Conversion,
  sources: readonly { readonly name: string; readonly vault: Vault }[],
  clients: readonly Client[] | undefined,
  out: string,
): Promise<Converted> {
  const merged = mergeVaults(sources);
  const sourceName = sources[0]?.name ?? '';
  const assignment = assignClients(merged, clients, { sourceName });
  const vault = selectItems(merged, assignment, plan);
  assertChosen(vault, assignment, plan);
  const findings = clientFindings(assignment);
  session.say(`writing ${out} and reading it back`);
  const now = session.io.now().toISOString();
  const { target, passphrase } = plan;
  if (target.id === 'book') {
    // Paper and fonts are loaded for nobody else.
    const { writeBook } = await import('./vault-book.ts');
    const written = await writeBook(vault, {
      now,
      paper: plan.paper,
      assignment: assignClients(vault, clients, { sourceName }),
    });
    return { ...written, findings, trashed: trashedIn(vault, written) };
  }
  const written = await target.write(await session.crypto(), vault, { passphrase, now });
  return { ...written, findings, trashed: trashedIn(vault, written) };
}

/** Sources are counted without their trash; a target that takes it has more entries. */
const trashedIn = (vault: Vault, { loss }: { loss: LossReport }): number =>
  loss.after.items === vault.items.length ? vault.items.filter(({ state }) => state === 'trashed').length : 0;
