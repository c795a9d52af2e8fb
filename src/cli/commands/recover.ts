// holdfast recover: a quorum of cards in, the vault out. In an emergency it warns and goes on; it stops
// only where going on would give wrong data.

import { prepareOutput } from '../../adapters/recovery-output.ts';
import type { RecoveryOutput } from '../../adapters/recovery-output.ts';
import { encodeHybridIdentity } from '../../core/age/keys.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Manifest } from '../../escrow/manifest.ts';
import { CardTable } from '../../escrow/quorum.ts';
import type { KeyTest, OpenedQuorum } from '../../escrow/quorum.ts';
import { judgeNewest } from '../../escrow/evidence.ts';
import type { PassphraseOptions } from '../card-passphrases.ts';
import { describeVerdict } from '../card-table.ts';
import { ExitCode } from '../exit-codes.ts';
import { FORGED_CHARTER, REPLACED_KEY, openPackage } from '../open-package.ts';
import { rebuildKey } from '../rebuild-key.ts';
import { isKeyOf } from '../recover-candidates.ts';
import { openTarget } from '../recover-target.ts';
import type { RecoverTarget } from '../recover-target.ts';
import { reportOf } from '../report.ts';
import { assertNotScreen, assertSecretPlace } from '../secret-place.ts';
import type { Session } from '../session.ts';
import { tellResult } from '../recover-result.ts';
import type { Conversion, ConversionOptions } from '../conversion.ts';
import type { WrittenVault } from '../vault-output.ts';

interface RecoverOptions extends ConversionOptions, PassphraseOptions {
  readonly share?: readonly string[];
  readonly out?: string;
  readonly package?: number;
  readonly printIdentity?: boolean;
}

export async function recover(
  session: Session,
  target: string,
  further: readonly string[],
  given: RecoverOptions,
): Promise<number> {
  // Cards behind the folder, as a shell writes them out for card-*.jpg, are cards.
  const shares = [...(given.share ?? []), ...further];
  const options = shares.length === 0 ? given : { ...given, share: shares };
  const started = session.io.now().getTime();
  if (options.printIdentity !== true && options.out === undefined && !session.canAsk)
    throw new EscrowError('input.needs-terminal', { flag: '--out' });
  if (options.out !== undefined) assertNotScreen(options.out);
  const opened = await openTarget(session.path(target), options);
  if (options.printIdentity === true) return printIdentity(session, opened, options);
  const out = options.out ?? (await askForOut(session));
  // Everything that could be refused is refused before the first card is asked for.
  await assertSecretPlace(session, 'the rebuilt vault', session.path(out), opened.folder?.path);
  const vault = await planned(session, options);
  const output = await prepareOutput(session.path(out), { overwrite: session.isForced });
  for (const left of output.leftovers)
    session.warn(`${left} was left by a recovery that was killed; it may hold parts of a vault: delete it`);
  try {
    const crypto = await session.crypto();
    const quorum = await rebuild(session, opened, options, (seed) => isKeyOf(crypto, opened, seed));
    try {
      tellAside(session, quorum);
      const chosen = await openPackage(session, opened, quorum.seed, output);
      const written = vault && (await vault.write(chosen.manifest, output));
      tellStaying(session, out, await output.publish());
      const seconds = (session.io.now().getTime() - started) / 1000;
      const wanted = vault === undefined ? undefined : `vault.${vault.target.ending}`;
      const isAll = await tellResult(session, { chosen, quorum, written, wanted, seconds, out, output });
      // A passphrase nobody else knows is shown last, when the file it opens is in its place.
      if (written) vault.reveal();
      return isAll ? ExitCode.Ok : ExitCode.Findings;
    } finally {
      wipe(quorum.seed);
    }
  } finally {
    await output.discard();
    vault?.wipe();
  }
}

/** What --to asks for. Readers and writers of vaults are loaded for nobody else: seconds count, and so does memory. */
async function planned(session: Session, options: RecoverOptions): Promise<PlannedVault | undefined> {
  const { to, client, tier } = options;
  if (to === undefined && client === undefined && tier === undefined) return undefined;
  const [{ planConversion }, { writeVault }] = await Promise.all([
    import('../conversion.ts'),
    import('../vault-output.ts'),
  ]);
  const plan = await planConversion(session, options);
  return plan && { ...plan, write: (manifest, output) => writeVault(session, plan, manifest, output) };
}

interface PlannedVault extends Conversion {
  write(manifest: Manifest, output: RecoveryOutput): Promise<WrittenVault | undefined>;
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
  test: KeyTest,
): Promise<OpenedQuorum> {
  const table = new CardTable(await session.crypto(), target.claimed, target.before);
  if (!target.claimed) session.warn(`${whyNoCharter(target)}: cards can be called readable, not good`);
  return rebuildKey(session, table, { ...options, shares: options.share, test, wanted: target.wanted });
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
  const quorum = await rebuild(session, target, options, async (seed) => {
    // Another copy of a package may be whole: what lies here does not keep the key of the cards back.
    if (!(await isKeyOf(crypto, target, seed)))
      session.warn(
        'nothing here opens with this key: it is for packages of another escrow, or all are damaged',
      );
    return true;
  });
  const chain = (await target.folder?.charters.chain().catch(() => [])) ?? [];
  const { verdict } = await judgeNewest(crypto, quorum.seed, target.document, chain);
  if (verdict === 'forged') session.warn(FORGED_CHARTER);
  if (verdict === 'replaced') session.warn(REPLACED_KEY);
  tellAside(session, quorum);
  session.warn(
    'the next line opens every package of this key: keep it off disks and chats, and replace the key afterwards',
  );
  await session.io.stdout(`${encodeHybridIdentity(quorum.seed)}\n`);
  wipe(quorum.seed);
  return ExitCode.Ok;
}

function tellAside(session: Session, { aside }: OpenedQuorum): void {
  for (const verdict of aside) {
    // A good card more than is needed is nothing to worry about.
    if (verdict.state === 'good')
      session.say(`${verdict.from}: ${verdict.label} is good, and was not needed`);
    // It was said when it came, and is nothing to look into.
    else if (verdict.state !== 'already-given')
      session.warn(`set aside: ${verdict.from}: ${describeVerdict(verdict)}`);
  }
}

/** Paths that a warning names one by one. */
const NAMED = 10;

/** With --force the folder may hold an older vault, and nobody should take that for the new one. */
function tellStaying(session: Session, out: string, older: readonly string[]): void {
  if (older.length === 0) return;
  const more = older.length > NAMED ? `, and ${older.length - NAMED} more` : '';
  session.warn(
    `${out} was not empty; this is older and not of this recovery: ${older.slice(0, NAMED).join(', ')}${more}`,
  );
}
