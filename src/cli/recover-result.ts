// What recover says when it is done: whether this is the newest vault, which cards gave it, and where each
// part of it lies.

import { entriesOf } from '../vault/findings.ts';
import type { RecoveryOutput } from '../adapters/recovery-output.ts';
import { counted } from '../core/counted.ts';
import type { Manifest } from '../escrow/manifest.ts';
import { markName } from '../escrow/card-verdict.ts';
import { COLUMNS_NAME } from '../escrow/seal.ts';
import type { OpenedQuorum } from '../escrow/quorum.ts';
import { describeEntries } from './count-text.ts';
import type { OpenedPackage } from './open-package.ts';
import type { Session } from './session.ts';
import type { WrittenVault } from './vault-output.ts';

/** Everything a recovery came to. */
interface Outcome {
  readonly chosen: OpenedPackage;
  readonly quorum: OpenedQuorum;
  /** The vault that --to asked for; absent when none was asked for, or none could be made. */
  readonly written: WrittenVault | undefined;
  /** The file that --to asked for. */
  readonly wanted: string | undefined;
  readonly seconds: number;
  readonly out: string;
  readonly output: RecoveryOutput;
}

/** @returns whether everything that was asked for is there. */
export async function tellResult(session: Session, outcome: Outcome): Promise<boolean> {
  const { chosen, quorum, written, wanted, seconds, out, output } = outcome;
  const { manifest } = chosen;
  const placeOf = ({ path }: { path: string }): string => output.placeOf(path);
  const unlock = manifest.sources.flatMap(({ passphrase, keyFile }) =>
    [passphrase, keyFile].flatMap((path) => (path === null ? [] : [output.placeOf(path)])),
  );
  const columns = manifest.sources
    .filter(({ format }) => format === 'csv')
    .map(({ name }) => output.placeOf(`unlock/${name}/${COLUMNS_NAME}`));
  const mark = quorum.used[0]?.mark;
  const isLacking = wanted !== undefined && written === undefined;
  const lines = [
    `${isLacking ? `The exports are there, ${wanted} is NOT. Rebuilt` : 'Vault rebuilt'} in ${seconds.toFixed(1)} s: ${entriesIn(manifest.sources)}, sealed ${manifest.created}.`,
    ...(chosen.isRecorded
      ? []
      : [
          `  NOBODY VOUCHES FOR IT: no record by a listed sealer describes ${chosen.file.name}. Compare its date and counts with what you expect.`,
        ]),
    ...newerLines(chosen),
    `  cards used: ${quorum.used.map(({ label }) => label).join(', ')}${mark ? ` (${markName(mark)})` : ''}`,
    ...manifest.sources.map(
      (source) =>
        `  ${out}/${placeOf(source)} (${source.entries === null ? 'not counted' : entriesOf(source.entries)})`,
    ),
    ...unlock.map((path) => `  ${out}/${path} (opens an export, in the clear: delete it afterwards)`),
    ...columns.map((path) => `  ${out}/${path} (what its columns are: for --columns)`),
    ...[...manifest.attachments, ...manifest.plan].map((file) => `  ${out}/${placeOf(file)}`),
    ...(written
      ? [`  ${out}/${written.file} (${describeEntries(written.entries, written.trashed)}; ${written.use})`]
      : isLacking
        ? [`  no ${wanted}: it could not be made; the exports are there as they were sealed`]
        : []),
    '  Afterwards: change every password in it, and replace the escrow key.',
  ];
  await session.result(
    {
      type: 'recover',
      package: {
        sequence: chosen.sequence,
        file: chosen.file.name,
        recorded: chosen.isRecorded,
        newer: chosen.newer ?? null,
      },
      charter: chosen.charter,
      cards: {
        used: quorum.used.map(({ label }) => label),
        aside: quorum.aside.map(({ from, label, state }) => ({ from, label, state })),
      },
      sources: manifest.sources.map(({ name, path, format, entries: count, sha256 }) => ({
        name,
        path: output.placeOf(path),
        format,
        entries: count,
        sha256,
      })),
      unlock,
      attachments: manifest.attachments.map(placeOf),
      plan: manifest.plan.map(placeOf),
      vault: written
        ? { file: written.file, entries: written.entries, use: written.use, losses: written.losses }
        : null,
      seconds,
    },
    lines.join('\n'),
  );
  return !isLacking;
}

function newerLines({ newer, newerFor }: OpenedPackage): readonly string[] {
  if (!newer) return [];
  const which = `  NOT THE NEWEST: package ${newer.sequence} of ${newer.created}`;
  return newerFor === undefined
    ? [
        `${which} was sealed after it, and is not here or does not open.`,
        '  Look for another copy of the folder before you rely on this one.',
      ]
    : [
        `${which} is here, and sealed for the set in force (${newerFor}), not for these cards.`,
        '  It opens with the cards of that set: ask its holders.',
      ];
}

/** What was sealed unexamined is not counted, and zero would be a lie. */
function entriesIn(sources: Manifest['sources']): string {
  const known = sources.flatMap(({ entries }) => (entries === null ? [] : [entries]));
  if (known.length === 0) return 'its entries were not counted';
  const sum = entriesOf(known.reduce((total, entries) => total + entries, 0));
  const others = sources.length - known.length;
  return others === 0 ? sum : `${sum}, and ${counted(others, 'export')} not counted`;
}
