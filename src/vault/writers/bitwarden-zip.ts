// A vault as Bitwarden's ZIP export: data.json beside attachments/<id of the entry>/<name>. The only form of
// Bitwarden's that carries files.

import type { CryptoPort } from '../../core/crypto.ts';
import { withoutTail } from '../../core/plain-text.ts';
import { LossTally } from '../loss.ts';
import type { Item, Vault } from '../model.ts';
import { openVault } from '../open.ts';
import { assertReadBack } from '../read-back.ts';
import type { VaultTarget, WrittenVault } from '../target.ts';
import { cleanName } from '../xml-text.ts';
import { packZip } from '../zip-write.ts';
import { BITWARDEN_RULES, draftBitwarden, encodeJson } from './bitwarden-json.ts';

const TARGET = 'bitwarden-zip';

/** Characters of a name before its ending; with four bytes each, what file systems allow is not reached. */
const LONGEST_STEM = 50;

/** Names that Windows takes for devices, whatever ending they have. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name that stays where it is put, on every system. */
function fileName(name: string): string {
  const plain = withoutTail(
    cleanName(name)
      .replace(/[\\/:*?"<>|\x7f]/g, '_')
      .replace(/^\.+/, '_'),
    '. ',
  ).trim();
  const [, stem = '', ending = ''] = /^(.*?)(\.[^.]{1,16})?$/.exec(plain) ?? [];
  const short = Array.from(stem).slice(0, LONGEST_STEM).join('') + ending;
  return short === '' ? 'file' : short.replace(WINDOWS_DEVICE, '_$&');
}

function distinct(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  let given = name;
  for (let count = 2; taken.has(given.toLowerCase()); count += 1) given = `${stem} (${count})${ending}`;
  taken.add(given.toLowerCase());
  return given;
}

/** The files of an entry, each under a name of its own. */
function filesOf(item: Item, losses: LossTally): readonly { name: string; bytes: Uint8Array }[] {
  const taken = new Set<string>();
  return item.attachments.flatMap(({ name, bytes }) => {
    if (bytes === undefined) {
      losses.note('dropped', 'attachment', 'named in the source, but not in it');
      return [];
    }
    const given = distinct(fileName(name), taken);
    if (given !== name) losses.note('normalised', 'attachment name', 'respelt: it was taken or no file name');
    return [{ name: given, bytes }];
  });
}

async function write(crypto: CryptoPort, vault: Vault, now: string): Promise<WrittenVault> {
  const losses = new LossTally();
  const { json, ids } = draftBitwarden(crypto, vault, { isOrg: false, now }, losses);
  const modified = new Date(now);
  const files = vault.items.flatMap((item, index) =>
    filesOf(item, losses).map(({ name, bytes }) => ({
      name: `attachments/${ids[index] ?? ''}/${name}`,
      bytes,
      modified,
    })),
  );
  const bytes = await packZip([{ name: 'data.json', bytes: encodeJson(json), modified }, ...files]);
  const written = await openVault(crypto, bytes, { format: TARGET, name: TARGET });
  assertReadBack(TARGET, vault, ids, written, BITWARDEN_RULES);
  return { bytes, loss: losses.report(vault, TARGET, written.items) };
}

export const bitwardenZipTarget: VaultTarget = {
  id: TARGET,
  ending: 'zip',
  use: 'import it into Bitwarden: Tools, Import data, Bitwarden (zip)',
  isLocked: false,
  write: (crypto, vault, { now }) => write(crypto, vault, now),
};
