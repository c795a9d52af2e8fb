// holdfast sealer: the key with which this machine signs records and ledger lines. It opens nothing.

import { decodeCharter } from '../../core/record/charter.ts';
import { decodePublicKey, encodePublicKey, keyIdText, publicKeyFile } from '../../core/record/minisign.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

export async function sealerNew(session: Session): Promise<number> {
  const crypto = await session.crypto();
  const pair = await session.home.ensureSealer(crypto);
  wipe(pair.secretKey);
  const file = publicKeyFile(crypto, pair.publicKey, `holdfast sealer ${keyIdText(crypto, pair.publicKey)}`);
  await session.result({ type: 'sealer', key: encodePublicKey(crypto, pair.publicKey) }, file.trimEnd());
  return ExitCode.Ok;
}

export async function sealerList(session: Session, dir: string | undefined): Promise<number> {
  const crypto = await session.crypto();
  const pair = await session.home.sealer(crypto);
  if (pair) wipe(pair.secretKey);
  const mine = pair ? encodePublicKey(crypto, pair.publicKey) : null;
  const document =
    dir === undefined ? undefined : await (await EscrowFolder.open(session.path(dir))).charters.current();
  const listed = document ? decodeCharter(document.bytes).sealers : [];
  const own =
    !document || (mine !== null && listed.includes(mine))
      ? 'this machine'
      : 'this machine, not in the charter';
  const describe = (key: string): string =>
    `${keyIdText(crypto, decodePublicKey(key))}  ${key}${key === mine ? `  ${own}` : ''}`;
  const lines = [...new Set([...(mine === null ? [] : [mine]), ...listed])].map(describe);
  await session.result(
    { type: 'sealers', thisMachine: mine, charter: listed },
    lines.join('\n') || 'no sealer keys here',
  );
  return ExitCode.Ok;
}
