// A vault as plain text to read from: for a machine with no program but an editor or a printer. One block
// an entry, a label before each text, and the one-time code of that very minute beside the seed, because
// there may be nothing else to compute it. sheet-text.ts knows the spelling; every block is read back.

import { pathsOf } from '../container-paths.ts';
import { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';
import { assertReadBack, VERBATIM, type ReadBackRules } from '../read-back.ts';
import type { VaultTarget, WriteOptions, WrittenVault } from '../target.ts';
import { formatOtpauth } from '../totp.ts';
import { totpCode, totpSecondsLeft } from '../totp-code.ts';
import { firstSeed, looseFields } from './loose-fields.ts';
import { encodeSheet, readSheet, sheetText, type SheetLine } from './sheet-text.ts';
import { noteTableFolders } from './table-losses.ts';

const TARGET = 'sheet';
const UNDER = 'under its name';

const RULES: ReadBackRules = {
  ...VERBATIM,
  title: sheetText,
  value: sheetText,
  isOneSeed: true,
  isInNotes: true,
  inFields: ({ expires }) => (expires === undefined ? [] : [expires]),
  without: ['passkeys', 'attachments', 'history', 'tags', 'state', 'folder'],
};

/** A clock time of day, UTC, to the second. */
const timeOfDay = (timeMs: number): string => new Date(timeMs).toISOString().slice(11, 19);

/** A colon stands between the two names of a seed. */
const plainName = (text: string): string => text.replaceAll(':', ' ');

async function codeLines(item: Item, nowMs: number): Promise<readonly SheetLine[]> {
  const seed = firstSeed(item);
  if (seed === undefined) return [];
  const until = timeOfDay((Math.floor(nowMs / 1_000) + totpSecondsLeft(seed, nowMs)) * 1_000);
  const code = `${await totpCode(seed, nowMs)} until ${until} UTC`;
  return [
    { label: 'code', value: code },
    // Whoever takes it into another app sees there what it is for.
    {
      label: 'seed',
      value: formatOtpauth({
        ...seed,
        issuer: seed.issuer || plainName(item.title),
        account: seed.account || plainName(item.username),
      }),
    },
  ];
}

function noteLosses(item: Item, losses: LossTally): void {
  const matched = item.urls.filter(({ match }) => match !== undefined).length;
  losses.note('dropped', 'url match rule', 'of no use in a text', matched);
  losses.note('dropped', 'attachment', 'only named', item.attachments.length);
  losses.note('dropped', 'passkey', 'only named; nobody can type one', item.passkeys.length);
  losses.note('dropped', 'earlier password', 'left out, so that none is tried', item.history.length);
  losses.note('moved', 'custom field', UNDER, item.fields.length);
  const isDated = (item.created ?? item.modified) !== undefined;
  losses.note('dropped', 'date of an entry', 'of no use in a text', isDated ? 1 : 0);
  losses.note('dropped', 'favourite', 'of no use in a text', item.favourite ? 1 : 0);
  for (const name of item.unmapped) losses.note('dropped', name, 'it is not carried over');
}

type Paths = ReadonlyMap<string, readonly string[]>;

async function linesOf(item: Item, paths: Paths, nowMs: number, losses: LossTally): Promise<SheetLine[]> {
  noteLosses(item, losses);
  const places = item.containerIds.flatMap((id) => paths.get(id)?.join(' / ') ?? []);
  const lines: readonly SheetLine[] = [
    ...places.map((value) => ({ label: 'place', value })),
    { label: 'state', value: item.state === 'active' ? '' : item.state },
    { label: 'user', value: item.username },
    { label: 'password', value: item.password },
    ...item.urls.map(({ uri }) => ({ label: 'address', value: uri })),
    ...(await codeLines(item, nowMs)),
    { label: 'notes', value: item.notes },
    ...looseFields(item, UNDER, losses).map(({ name, value }) => ({ label: 'field', name, value })),
    { label: 'expires', value: item.expires ?? '' },
    { label: 'tags', value: item.tags.join(', ') },
    ...item.attachments.map(({ name }) => ({ label: 'file', value: `${name} (not in this text)` })),
    ...item.passkeys.map(({ relyingParty }) => ({
      label: 'passkey',
      value: `${relyingParty} (not in this text)`,
    })),
  ];
  return [
    { label: 'title', value: item.title },
    ...lines.filter(({ label, value }) => value !== '' || label === 'field'),
  ];
}

function noteRespelt(blocks: readonly (readonly SheetLine[])[], losses: LossTally): void {
  const texts = blocks.flat().flatMap(({ name = '', value }) => [name, value]);
  const respelt = texts.filter((text) => sheetText(text) !== text).length;
  losses.note('normalised', 'text', 'line ends became one kind, control characters U+FFFD', respelt);
}

async function write(vault: Vault, { now, name }: WriteOptions): Promise<WrittenVault> {
  const losses = new LossTally();
  const paths = pathsOf(vault.containers);
  noteTableFolders(vault, losses);
  const nowMs = Date.parse(now);
  const blocks: SheetLine[][] = [];
  for (const item of vault.items) blocks.push(await linesOf(item, paths, nowMs, losses));
  noteRespelt(blocks, losses);
  const bytes = encodeSheet(name ?? `${vault.source.product} vault`, now, blocks);
  const items = readSheet(bytes);
  assertReadBack(TARGET, vault, 'in order', { ...vault, containers: [], items }, RULES);
  return { bytes, loss: losses.report(vault, TARGET, items) };
}

export const sheetTarget: VaultTarget = {
  id: TARGET,
  ending: 'txt',
  use: 'plain text to read or print, with the codes of this minute; only in an emergency',
  isLocked: false,
  write: (_crypto, vault, options) => write(vault, options),
};
