// The XML that KeePass and KeePassXC export, in the clear: what a KDBX file holds inside, so that entries
// are read by the same code and come out the same, with history, attachments and the recycle bin.

import { encodeHex } from '../../core/bytes.ts';
import type { CryptoPort } from '../../core/crypto.ts';
import { EscrowError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { counted } from '../../core/counted.ts';
import { finding } from '../findings.ts';
import { claimIf, type VaultFormat } from '../format.ts';
import { openKdbxXml } from '../kdbx-engine.ts';
import type { Vault } from '../model.ts';
import { decodeXml, parseXml, type XmlElement } from '../xml-tree.ts';
import { contentOfKdbx } from './kdbx.ts';

const FORMAT = 'keepass-xml';
const ROOT = 'KeePassFile';

/** KeePassXC and others write this for "protected in memory"; the value itself is in the clear. */
const MARK = /(<Value\s+)Protected(\s*=\s*["']True["'])/gi;

/** What kdbxweb passes over without a word: attachments whose bytes are not in the file. */
function lostAttachments(root: XmlElement): number {
  const known = new Set<string>();
  let lost = 0;
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.name === 'Binaries')
      for (const { attributes } of element.children) known.add(attributes['ID'] ?? '');
    waiting.push(...element.children);
  }
  waiting.push(root);
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    // Earlier versions of an entry name the same files again.
    if (element.name === 'History') continue;
    const value =
      element.name === 'Binary' ? element.children.find(({ name }) => name === 'Value') : undefined;
    const ref = value?.attributes['Ref'];
    if (ref !== undefined && !known.has(ref)) lost += 1;
    waiting.push(...element.children);
  }
  return lost;
}

function findingsOf(root: XmlElement): readonly Finding[] {
  const count = lostAttachments(root);
  if (count === 0) return [];
  const attachments = counted(count, 'attachment that is', 'attachments that are');
  const hint = 'save the database as KDBX and seal that';
  return [
    finding('warning', 'keepass-xml.attachments-missing', `${attachments} named but not in the export`, hint),
  ];
}

async function read(crypto: CryptoPort, bytes: Uint8Array): Promise<Vault> {
  const root = parseXml(bytes, FORMAT);
  if (root.name !== ROOT)
    throw new EscrowError('vault.format', { format: FORMAT, reason: `its outermost element is no ${ROOT}` });
  const xml = decodeXml(bytes, FORMAT).replace(MARK, '$1ProtectInMemory$2');
  const content = await contentOfKdbx(crypto, await openKdbxXml(xml, FORMAT));
  return {
    source: { product: 'KeePass', format: FORMAT, sha256: encodeHex(await crypto.sha256(bytes)) },
    ...content,
    findings: [...content.findings, ...findingsOf(root)],
  };
}

export const keepassXml: VaultFormat = {
  id: FORMAT,
  product: 'KeePass',
  encrypted: false,
  recognise: ({ xmlRoot }) => claimIf(xmlRoot === ROOT),
  read,
};
