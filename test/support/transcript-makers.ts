// Verbs that make what transcripts work on: exports, spoilt cards, codes, forged charters, locks. Each is
// made with other tools than the code under test, wherever there are such tools.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join, resolve } from 'node:path';
import { Decrypter } from 'age-encryption';
import kdbxweb from 'kdbxweb';
import { toBuffer } from 'qrcode';
import { loadNodeCrypto } from '../../src/adapters/crypto-node.ts';
import { charterKeyPair, decodeCharter, signCharter } from '../../src/core/record/charter.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { splitShareFile } from '../../src/core/share/share-file.ts';
import { decodeShare, encodeShare } from '../../src/core/share/share-record.ts';
import { decodeShareRows, encodeShareRows } from '../../src/core/share/share-text.ts';
import { sampleBitwardenExport } from '../../src/vault/sample.ts';
import { plantPackage } from './stranger.ts';
import { layOutSample } from './transcript-sample.ts';
import { onePath, type Verb } from './transcript-verbs.ts';
import { accountRestrictedV1, encryptedExport, jsonBytes, kdbxOf } from './vaults.ts';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Changes the rows of a share file: lists of symbols, without the spaces between them. */
async function editRows(path: string, edit: (rows: string[][]) => void): Promise<void> {
  const rows = (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => row.replaceAll(' ', '').match(/./g) ?? []);
  edit(rows);
  await writeFile(path, `${rows.map((row) => row.join('')).join('\n')}\n`);
}

/** A database with some entries, opened by a password. */
async function database(passphrase: string, entries: number): Promise<Uint8Array> {
  return kdbxOf(passphrase, (db, root) => {
    for (let number = 1; number <= entries; number++) {
      const entry = db.createEntry(root);
      entry.fields.set('Title', `Entry ${number}`);
      entry.fields.set('UserName', `user${number}`);
      entry.fields.set('Password', kdbxweb.ProtectedValue.fromString(`kdbx-secret-${number}`));
    }
  });
}

export const MAKERS: Readonly<Record<string, Verb>> = {
  /** sample: lays out the escrows of transcript-sample.ts. */
  sample: async (stage) => {
    await layOutSample(stage);
    return undefined;
  },

  /** bitwarden FILE ENTRIES: a plain Bitwarden export. */
  bitwarden: async ({ folder }, [file = '', entries = '']) => {
    await writeFile(resolve(folder, file), sampleBitwardenExport(Number(entries)));
    return undefined;
  },

  /** bitwarden-locked FILE ENTRIES PASSWORD: one that its password opens. */
  'bitwarden-locked': async ({ folder }, [file = '', entries = '', password = '']) => {
    const kdf = { type: 'pbkdf2', iterations: 5_000 } as const;
    const plain = sampleBitwardenExport(Number(entries));
    await writeFile(resolve(folder, file), await encryptedExport(plain, password, kdf));
    return undefined;
  },

  /** bitwarden-restricted FILE: one that only the account which made it can read. */
  'bitwarden-restricted': async ({ folder }, [file = '']) => {
    await writeFile(resolve(folder, file), jsonBytes(accountRestrictedV1));
    return undefined;
  },

  /** kdbx FILE ENTRIES PASSWORD: a KeePass database. */
  kdbx: async ({ folder }, [file = '', entries = '', password = '']) => {
    await writeFile(resolve(folder, file), await database(password, Number(entries)));
    return undefined;
  },

  /** plant DIR FILE TEXT: a stranger's package with this text for a vault; one that is there is replaced by one as large. */
  plant: async ({ folder }, [dir = '', file = '', text = '']) => {
    const found = file.includes('*') ? await onePath(folder, file) : resolve(folder, file);
    await plantPackage(resolve(folder, dir), found, text);
    return undefined;
  },

  /** spoil CARD ROW POSITION [SYMBOL]: a typing error in a share file; any other symbol unless one is named. */
  spoil: async ({ folder }, [card = '', row = '', position = '', symbol]) => {
    await editRows(await onePath(folder, card), (rows) => {
      const [at, place] = [Number(row) - 1, Number(position) - 1];
      const next = (SYMBOLS.indexOf(rows[at]![place]!) + 1) % SYMBOLS.length;
      rows[at]![place] = symbol ?? SYMBOLS[next]!;
    });
    return undefined;
  },

  /** swap CARD ROW ROW: two rows of a share file typed in the wrong order. */
  swap: async ({ folder }, [card = '', one = '', other = '']) => {
    await editRows(await onePath(folder, card), (rows) => {
      const [a, b] = [Number(one) - 1, Number(other) - 1];
      [rows[a], rows[b]] = [rows[b]!, rows[a]!];
    });
    return undefined;
  },

  /** forge-card FILE CARD: a well-formed card that claims the place of another, with a value of its own. */
  'forge-card': async ({ folder }, [file = '', card = '']) => {
    const crypto = await loadNodeCrypto();
    const [rows = []] = splitShareFile(await readFile(await onePath(folder, card)));
    const share = decodeShare(crypto, decodeShareRows(crypto, rows).record);
    const forged = encodeShareRows(encodeShare(crypto, { ...share, value: new Uint8Array(randomBytes(32)) }));
    await writeFile(resolve(folder, file), `${forged.join('\n')}\n`);
    return undefined;
  },

  /** mix FILE CARD CARD: the first two rows of one card above the last two of another. */
  mix: async ({ folder }, [file = '', upper = '', lower = '']) => {
    const rows = async (card: string): Promise<string[]> =>
      (await readFile(await onePath(folder, card), 'utf8')).trim().split('\n');
    const mixed = [...(await rows(upper)).slice(0, 2), ...(await rows(lower)).slice(2)];
    await writeFile(resolve(folder, file), `${mixed.join('\n')}\n`);
    return undefined;
  },

  /** row FILE CARD ROW: one row of a share file, alone. */
  row: async ({ folder }, [file = '', card = '', row = '']) => {
    const rows = (await readFile(await onePath(folder, card), 'utf8')).trim().split('\n');
    await writeFile(resolve(folder, file), `${rows[Number(row) - 1] ?? ''}\n`);
    return undefined;
  },

  /** utf16 FILE: writes a text file anew as Windows Notepad's "Unicode": UTF-16, with a mark, CR LF. */
  utf16: async ({ folder }, [file = '']) => {
    const path = await onePath(folder, file);
    const text = (await readFile(path, 'utf8')).replaceAll('\n', '\r\n');
    await writeFile(path, Buffer.from(`\ufeff${text}`, 'utf16le'));
    return undefined;
  },

  /** code FILE CARD: a PNG of the code of the card in a share file. */
  code: async ({ folder }, [file = '', card = '']) => {
    const symbols = (await readFile(await onePath(folder, card), 'utf8')).replaceAll(/\s/g, '');
    const png = await toBuffer([{ data: symbols, mode: 'alphanumeric' }], {
      errorCorrectionLevel: 'Q',
    });
    await writeFile(resolve(folder, file), png);
    return undefined;
  },

  /**
   * forge DIR cards|policy|higher: puts a charter in the place of the true one that is well signed, by a key of
   * the forger's, and says the same in all but its commitments, or but its threshold, which is
   * one lower or higher.
   */
  forge: async ({ folder }, [dir = '', what = '']) => {
    const crypto = await loadNodeCrypto();
    const path = join(await onePath(folder, dir), 'charter.json');
    const charter = decodeCharter(await readFile(path));
    const key = charterKeyPair(crypto, randomBytes(32));
    const [group = { threshold: 0, members: 0 }] = charter.policy.groups;
    const forged = {
      ...charter,
      charterKey: encodePublicKey(crypto, key.publicKey),
      ...(what === 'cards'
        ? { cards: charter.cards.map((card) => ({ ...card, commitment: randomBytes(32).toString('hex') })) }
        : {
            policy: {
              ...charter.policy,
              groups: [{ ...group, threshold: group.threshold + (what === 'higher' ? 1 : -1) }],
            },
          }),
    };
    const signed = signCharter(crypto, forged, key);
    await writeFile(path, signed.bytes);
    await writeFile(`${path}.minisig`, signed.signature);
    return undefined;
  },

  /**
   * lock DIR living|dead|elsewhere|rebooted|empty: a lock that a process holds, held, or holds on another
   * machine; one of before the machine was started, whose number somebody else has now; one that was never filled.
   */
  lock: async ({ folder }, [dir = '', who = '']) => {
    // A process that has ended: its id is free again, and nobody has taken it in this moment.
    const pid = who === 'dead' ? spawnSync(process.execPath, ['-e', '0']).pid : process.ppid;
    const host = who === 'elsewhere' ? 'another-machine' : hostname();
    const since = {
      elsewhere: '2026-11-24T01:00:00.000Z',
      rebooted: new Date(Date.now() - uptime() * 1_000 - 2 * 86_400_000).toISOString(),
    }[who];
    const holder = { host, pid, since: since ?? new Date().toISOString() };
    const path = join(await onePath(folder, dir), '.lock');
    await writeFile(path, who === 'empty' ? '' : JSON.stringify(holder));
    const hourAgo = new Date(Date.now() - 3_600_000);
    if (who === 'empty') await utimes(path, hourAgo, hourAgo);
    return undefined;
  },

  /** age IDENTITY PACKAGE: shows what age-encryption makes of a package with the identity in a file. */
  age: async ({ folder }, [identity = '', file = '']) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity((await readFile(await onePath(folder, identity), 'utf8')).trim());
    return Buffer.from(await decrypter.decrypt(await readFile(await onePath(folder, file))));
  },
};
