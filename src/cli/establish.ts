// The last step of a ceremony: what was made becomes an escrow folder, pins and a register. The charter
// is written before the pins, so that a kill in between leaves an escrow this machine can still enrol in
// by the words on the cards.

import type { EscrowFolder } from '../adapters/escrow-folder.ts';
import { wipe } from '../core/bytes.ts';
import { charterHash, charterKeyPair } from '../core/record/charter.ts';
import { exceptionEvents, minutesFacts } from '../escrow/exceptions.ts';
import { ceremonyEvent, extendLedger } from '../escrow/ledger-lines.ts';
import type { Register } from '../escrow/register.ts';
import { formatTime } from '../escrow/seal.ts';
import { pinsFor } from '../escrow/trust.ts';
import type { HeldCeremony } from './ceremony-run.ts';
import { keyFilesOf } from './key-files.ts';
import { shareFile } from './sealed-shares.ts';
import type { Session } from './session.ts';

export async function establish(session: Session, folder: EscrowFolder, held: HeldCeremony): Promise<void> {
  const crypto = await session.crypto();
  const { charter, signed, charterKey, seed } = held.ceremony;
  const time = formatTime(held.created);
  const hash = await charterHash(crypto, signed.bytes);
  const key = charterKeyPair(crypto, seed);
  const ceremony = ceremonyEvent({ charter, hash }, undefined, minutesFacts(held.minutes));
  const { ledger, head } = extendLedger(crypto, new Uint8Array(), {
    time,
    firstPrev: hash,
    events: [ceremony, ...exceptionEvents(held.minutes)],
    key,
  });
  wipe(key.secretKey);
  // First, because nothing else could say later who holds which card; without a charter it names nothing.
  await session.home.writeRegister(newRegister(held, time));
  await folder.writeLedger(ledger);
  await folder.charters.found(charter.number, signed, keyFilesOf(crypto, charter));
  const pins = await pinsFor(crypto, charter, signed.bytes, charterKey);
  await session.home.changePins(pins.escrow, () => ({ ...pins, ledger: head }));
}

export function newRegister({ ceremony, plan, proven, minutes }: HeldCeremony, time: string): Register {
  const { charter, cards } = ceremony;
  return {
    type: 'holdfast register v1',
    escrow: charter.escrow,
    organisation: plan.organisation,
    ...(plan.language === 'en' ? {} : { language: plan.language }),
    set: { number: charter.set.number, id: charter.set.id },
    cards: cards.map(({ card, trustee, groupName }) => ({
      card,
      holder: trustee.name,
      contact: trustee.contact ?? null,
      place: trustee.place ?? null,
      group: groupName ?? null,
      state: 'good',
      bag: minutes?.bags.get(card) ?? null,
      issued: time,
      proof: proven.includes(card) ? { time, at: 'ceremony' } : null,
      heard: null,
      challenge: null,
      ...(trustee.lock === undefined ? {} : { lock: trustee.lock }),
      ...(trustee.encryptTo === undefined ? {} : { sealedFile: shareFile(charter, card) }),
    })),
  };
}
