// holdfast recover: a quorum of cards in, the vault out. In an emergency it warns and goes on; it stops
// only where going on would give wrong data.

import { counted } from '../../core/counted.ts';
import { gunzip } from '../../adapters/gzip.ts';
import { readStream } from '../../adapters/read-file.ts';
import { prepareOutput } from '../../adapters/recovery-output.ts';
import type { RecoveryOutput } from '../../adapters/recovery-output.ts';
import { encodeHybridIdentity } from '../../core/age/keys.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError, isEscrowError } from '../../core/errors.ts';
import type { Manifest } from '../../escrow/manifest.ts';
import { CardTable, markName } from '../../escrow/quorum.ts';
import type { OpenedQuorum } from '../../escrow/quorum.ts';
import { judgeCharter, unpackPayload } from '../../escrow/recover.ts';
import { addShare, askForCards, describeVerdict } from '../card-table.ts';
import { ExitCode } from '../exit-codes.ts';
import { choosePackage, openTarget } from '../recover-target.ts';
import type { ChosenPackage, RecoverTarget } from '../recover-target.ts';
import { reportOf } from '../report.ts';
import type { Session } from '../session.ts';
import { planVault, writeVault } from '../vault-output.ts';
import type { WrittenVault } from '../vault-output.ts';

interface RecoverOptions {
  readonly share?: readonly string[];
  readonly out?: string;
  readonly to?: string;
  readonly passwordFile?: string;
  readonly package?: number;
  readonly printIdentity?: boolean;
}

export async function recover(session: Session, target: string, options: RecoverOptions): Promise<number> {
  const started = session.io.now().getTime();
  if (options.printIdentity !== true && options.out === undefined && !session.canAsk)
    throw new EscrowError('input.needs-terminal', { flag: '--out' });
  const opened = await openTarget(session.path(target), options);
  if (options.printIdentity === true) return printIdentity(session, opened, options);
  const out = options.out ?? (await askForOut(session));
  // Everything that could be refused is refused before the first card is asked for.
  const vault = await planVault(session, options);
  const output = await prepareOutput(session.path(out), { overwrite: session.isForced });
  for (const left of output.leftovers)
    session.warn(`${left} was left by a recovery that was killed; it may hold parts of a vault: delete it`);
  try {
    let chosen: ChosenPackage | undefined;
    const quorum = await rebuild(session, opened, options, async (seed) => {
      chosen = await choosePackage(await session.crypto(), opened, seed);
      return chosen !== undefined;
    });
    if (!chosen) throw new Error('a rebuilt key without a package');
    try {
      tellDoubts(session, chosen, quorum);
      const manifest = await unpack(session, chosen, quorum, output);
      const written = await writeVault(session, vault, manifest, output.staging);
      await output.publish();
      const seconds = (session.io.now().getTime() - started) / 1000;
      await tellResult(session, { manifest, chosen, quorum, written, seconds, out });
      // A passphrase nobody else knows is shown last, when the file it opens is in its place.
      vault?.reveal();
    } finally {
      wipe(quorum.seed);
    }
    return ExitCode.Ok;
  } finally {
    await output.discard();
    vault?.wipe();
  }
}

async function askForOut(session: Session): Promise<string> {
  const prompter = await session.prompter('--out');
  return prompter.text('Folder for the rebuilt vault:', { initial: 'vault' });
}

/** Gathers cards and rebuilds the key. */
async function rebuild(
  session: Session,
  target: RecoverTarget,
  options: RecoverOptions,
  test: (seed: Uint8Array, recipient: string) => Promise<boolean>,
): Promise<OpenedQuorum> {
  const table = new CardTable(await session.crypto(), target.claimed);
  try {
    if (!target.claimed) session.warn(`${whyNoCharter(target)}: cards can be called readable, not good`);
    for (const named of options.share ?? []) await addShare(session, table, named);
    if (!table.hasQuorum() && (session.canAsk || options.share === undefined)) {
      await askForCards(session, table, await session.prompter('--share'));
    }
    return await table.open(test, target.wanted);
  } finally {
    table.wipe();
  }
}

const whyNoCharter = ({ charterProblem }: RecoverTarget): string =>
  charterProblem
    ? `the charter is not used (${reportOf(charterProblem).message})`
    : 'there is no signed charter here';

async function printIdentity(
  session: Session,
  target: RecoverTarget,
  options: RecoverOptions,
): Promise<number> {
  const crypto = await session.crypto();
  const quorum = await rebuild(session, target, options, (seed) => isKeyOf(session, target, seed));
  if (judgeCharter(crypto, quorum.seed, target.document).verdict === 'forged') session.warn(FORGED_CHARTER);
  tellAside(session, quorum);
  session.warn(
    'the next line opens every package of this key: keep it off disks and chats, and replace the key afterwards',
  );
  await session.io.stdout(`${encodeHybridIdentity(quorum.seed)}\n`);
  wipe(quorum.seed);
  return ExitCode.Ok;
}

/** Another copy of the package may be whole: one that is damaged here does not keep the key back. */
async function isKeyOf(session: Session, target: RecoverTarget, seed: Uint8Array): Promise<boolean> {
  if (target.packages.length === 0) return true;
  try {
    return (await choosePackage(await session.crypto(), target, seed)) !== undefined;
  } catch (error) {
    if (!isEscrowError(error)) throw error;
    session.warn(`the key cannot be tried on a package: ${reportOf(error).message}`);
    return true;
  }
}

const FORGED_CHARTER =
  'the charter beside this package is FORGED: the key that the cards gave did not sign it; the cards are right';

function tellDoubts(session: Session, chosen: ChosenPackage, quorum: OpenedQuorum): void {
  if (chosen.charter === 'forged') {
    session.warn(FORGED_CHARTER);
  } else if (chosen.charter === 'missing') {
    session.warn('there is no charter beside this package; the cards alone gave the key');
  } else if (!chosen.isRecorded) {
    session.warn(
      `no record by a listed sealer vouches for ${chosen.file.name}: it opens, but who sealed it is not known`,
    );
  }
  if (chosen.charter !== 'true' && !chosen.isRecorded) {
    session.warn(
      `nobody vouches for ${chosen.file.name}: the newest file was opened; compare its date and counts with what you expect`,
    );
  }
  if (chosen.passedOver.length > 0) {
    session.warn(
      `passed over, because no valid record vouches for it as it lies there: ${chosen.passedOver.join(', ')} (--package N opens it all the same)`,
    );
  }
  tellAside(session, quorum);
}

function tellAside(session: Session, { aside }: OpenedQuorum): void {
  for (const verdict of aside) session.warn(`set aside: ${verdict.from}: ${describeVerdict(verdict)}`);
}

async function unpack(
  session: Session,
  chosen: ChosenPackage,
  quorum: OpenedQuorum,
  output: RecoveryOutput,
): Promise<Manifest> {
  session.say(`opening ${chosen.file.name}`);
  return unpackPayload(await session.crypto(), quorum.seed, readStream(chosen.file.path), {
    gunzip,
    sink: output,
  });
}

interface Outcome {
  readonly manifest: Manifest;
  readonly chosen: ChosenPackage;
  readonly quorum: OpenedQuorum;
  readonly written: WrittenVault | undefined;
  readonly seconds: number;
  readonly out: string;
}

async function tellResult(session: Session, outcome: Outcome): Promise<void> {
  const { manifest, chosen, quorum, written, seconds, out } = outcome;
  const mark = quorum.used[0]?.mark;
  const entries = manifest.sources.reduce((sum, source) => sum + (source.entries ?? 0), 0);
  const lines = [
    `Vault rebuilt in ${seconds.toFixed(1)} s: ${counted(entries, 'entry', 'entries')}, sealed ${manifest.created}.`,
    `  cards used: ${quorum.used.map(({ label }) => label).join(', ')}${mark ? ` (${markName(mark)})` : ''}`,
    ...manifest.sources.map(
      (source) =>
        `  ${out}/${source.path} (${source.entries === null ? 'not counted' : counted(source.entries, 'entry', 'entries')})`,
    ),
    ...[...manifest.attachments, ...manifest.plan].map(({ path }) => `  ${out}/${path}`),
    ...(written
      ? [`  ${out}/${written.file} (${counted(written.entries, 'entry', 'entries')}, opens in KeePassXC)`]
      : []),
    '  Afterwards: change every password in it, and replace the escrow key.',
  ];
  await session.result(
    {
      type: 'recover',
      package: { sequence: manifest.sequence, file: chosen.file.name, recorded: chosen.isRecorded },
      charter: chosen.charter,
      cards: {
        used: quorum.used.map(({ label }) => label),
        aside: quorum.aside.map(({ from, label, state }) => ({ from, label, state })),
      },
      sources: manifest.sources.map(({ name, path, format, entries: count, sha256 }) => ({
        name,
        path,
        format,
        entries: count,
        sha256,
      })),
      attachments: manifest.attachments.map(({ path }) => path),
      plan: manifest.plan.map(({ path }) => path),
      vault: written ?? null,
      seconds,
    },
    lines.join('\n'),
  );
}
