// Opens the best package that a rebuilt key opens: candidates are tried one after the other, and one that
// is damaged or not what its record says is told and passed over, as long as there is another to try.

import type { PackageFile } from '../adapters/escrow-folder.ts';
import { gunzip } from '../adapters/gzip.ts';
import { readStream } from '../adapters/read-file.ts';
import type { RecoveryOutput } from '../adapters/recovery-output.ts';
import { encodeHex } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import type { Manifest } from '../escrow/manifest.ts';
import { unpackPayload } from '../escrow/recover.ts';
import type { CharterVerdict } from '../escrow/recover.ts';
import { candidatesFor } from './recover-candidates.ts';
import type { Candidate, Candidates } from './recover-candidates.ts';
import type { RecoverTarget } from './recover-target.ts';
import { reportOf } from './report.ts';
import type { Session } from './session.ts';

export interface OpenedPackage {
  readonly manifest: Manifest;
  /** By its record; by its own word where there is none. A package that was sealed again keeps its own old one. */
  readonly sequence: number;
  readonly file: PackageFile;
  readonly charter: CharterVerdict;
  /** Whether a listed sealer's record describes these very bytes. */
  readonly isRecorded: boolean;
  /** A package that was sealed later, and is not here or does not open; none when one was asked for by name. */
  readonly newer: { readonly sequence: number; readonly created: string } | undefined;
  /** The mark of the set that `newer` is sealed for, where it is here and the cards are of a key that was replaced. */
  readonly newerFor: string | undefined;
}

/**
 * Unpacks into the output, whose content counts only when this returns.
 *
 * @throws {@link EscrowError} what was wrong with the first candidate when none opens; `file.*` and
 * `output.*` when the output cannot be written.
 */
export async function openPackage(
  session: Session,
  target: RecoverTarget,
  seed: Uint8Array,
  output: RecoveryOutput,
): Promise<OpenedPackage> {
  const candidates = await candidatesFor(await session.crypto(), target, seed);
  const faults: EscrowError[] = [];
  const tried = new Set<string>();
  for (const candidate of attemptsOf(candidates, target)) {
    try {
      session.say(`opening ${candidate.file.name}`);
      tried.add(candidate.file.name);
      const manifest = await unpack(session, candidate, seed, output);
      const isRecorded = candidate.record !== undefined;
      const { charter, newestTold } = candidates;
      // Its own word does not count: a stranger's package may call itself anything.
      const told = newestTold?.sequence ?? 0;
      const isOlder = !target.isExplicit && (candidate.record ? told > candidate.record.sequence : told > 0);
      tellDoubts(session, candidates, target, { ...candidate, manifest, tried });
      const sequence = candidate.record?.sequence ?? manifest.sequence;
      return {
        manifest,
        sequence,
        file: candidate.file,
        charter,
        isRecorded,
        newer: isOlder ? newestTold : undefined,
        newerFor: target.packages.some((file) => file.sequence === told && !tried.has(file.name))
          ? candidates.inForce
          : undefined,
      };
    } catch (error) {
      if (!isEscrowError(error) || !isFaultOf(candidate, output, error)) throw error;
      faults.push(error);
      session.warn(`${candidate.file.name} is passed over: ${reportOf(error).message}`);
      await output.restart();
    }
  }
  throw faults[0] ?? new EscrowError('package.not-found', { wanted: target.wanted });
}

/** Those that are vouched for, then all as they are: bytes that their record does not describe may be all there is. */
function attemptsOf({ list }: Candidates, { isExplicit }: RecoverTarget): readonly Candidate[] {
  const plain = list.map(({ file }): Candidate => ({ file, record: undefined }));
  const newestFirst = plain.toSorted((a, b) => b.file.sequence - a.file.sequence);
  const vouched = list.filter(({ record }) => record !== undefined);
  return isExplicit && vouched.length === 0 ? plain : [...vouched, ...newestFirst];
}

/** What another package may be free of; a full disk, a place that cannot be written, or a stop is not. */
function isFaultOf({ file }: Candidate, output: RecoveryOutput, error: EscrowError): boolean {
  const { code, facts } = error;
  if (/^(?:age|package|recover|record|bytes)\.|^limit\.exceeded$/.test(code)) return true;
  const path = 'path' in facts ? facts.path : '';
  if (code.startsWith('file.') && path === file.path) return true;
  const isOfItsNames = code.startsWith('output.') || code === 'file.failed';
  return isOfItsNames && path !== output.staging && path.startsWith(output.staging);
}

async function unpack(
  session: Session,
  { file, record }: Candidate,
  seed: Uint8Array,
  output: RecoveryOutput,
): Promise<Manifest> {
  const crypto = await session.crypto();
  if (!record) return unpackPayload(crypto, seed, readStream(file.path), { gunzip, sink: output });
  const altered = (reason: string): EscrowError =>
    new EscrowError('package.altered', { file: file.name, reason });
  if (file.size !== record.package.size)
    throw altered(`it has ${file.size} bytes, and should have ${record.package.size}`);
  const hash = await crypto.sha256Stream(file.size);
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of readStream(file.path)) {
      await hash.update(part);
      yield part;
    }
  };
  const manifest = await unpackPayload(crypto, seed, hashed(), { gunzip, sink: output });
  // The recipient is public: anybody can seal a vault of the same size to it. The hash tells them apart.
  if (encodeHex(await hash.digest()) !== record.package.sha256) throw altered('somebody replaced its bytes');
  return manifest;
}

function tellDoubts(
  session: Session,
  { charter }: Candidates,
  target: RecoverTarget,
  opened: Candidate & { readonly manifest: Manifest; readonly tried: ReadonlySet<string> },
): void {
  const { file, record, manifest, tried } = opened;
  if (charter === 'forged') session.warn(FORGED_CHARTER);
  if (charter === 'replaced') session.warn(REPLACED_KEY);
  if (charter === 'missing')
    session.warn('there is no charter beside this package; the cards alone gave the key');
  if (!record) {
    session.warn(
      `nobody vouches for ${file.name}: it opens, but no record by a listed sealer describes it; compare its date and counts with what you expect`,
    );
    if (manifest.sequence !== file.sequence && file.sequence !== 0)
      session.warn(`inside, ${file.name} calls itself package ${manifest.sequence}: an older one, renamed?`);
  }
  // Of a key that was replaced, what is newer is another key's.
  if (target.isExplicit || charter === 'replaced') return;
  const newer = target.packages
    .filter(({ sequence, name }) => sequence > file.sequence && !tried.has(name))
    .map(({ name }) => name);
  if (newer.length > 0)
    session.warn(
      `not opened, because no valid record vouches for it as it lies there: ${newer.join(', ')} (--package N opens it all the same)`,
    );
}

export const REPLACED_KEY =
  'these cards are of a key that was replaced: they open what was sealed before, and nothing newer; the newest needs the cards of the set that is current';
export const FORGED_CHARTER =
  'the charter beside this package is FORGED: the key that the cards gave did not sign it; the cards are right';
