// holdfast enrol: the only way, beside holding the ceremony, in which a machine comes to trust an escrow.

import { EscrowFolder } from '../../adapters/escrow-folder.ts';
import { EscrowError } from '../../core/errors.ts';
import { decodeCharter } from '../../core/record/charter.ts';
import { enrolByWords } from '../../escrow/trust.ts';
import type { Pins } from '../../escrow/trust.ts';
import { setMark } from '../../core/share/set.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';

export async function enrol(session: Session, dir: string, options: { words?: string }): Promise<number> {
  const folder = await EscrowFolder.open(session.path(dir));
  const document = await folder.charters.current();
  if (!document) throw new EscrowError('charter.format', { reason: 'its file or its signature is missing' });
  const words =
    options.words ?? (await (await session.prompter('--words')).text('The six words at the foot of a card:'));
  const crypto = await session.crypto();
  const chain = await folder.charters.chain();
  const believe = (known: Pins | undefined): ReturnType<typeof enrolByWords> =>
    enrolByWords(crypto, document, words, known, chain);
  const { escrow } = decodeCharter(document.bytes);
  // Before anything is made in the home: it may be the wrong folder.
  const { pins, charter } = await believe(await session.home.pinsIfAny(escrow));
  await session.home.changePins(escrow, async (known) => (await believe(known)).pins);
  const plan = await session.home.makePlanFolder(escrow);
  const mark = setMark(charter.set.number);
  await session.result(
    {
      type: 'enrol',
      escrow: pins.escrow,
      charter: pins.charter.sha256,
      set: charter.set.number,
      recipient: pins.recipient,
    },
    `This machine now trusts escrow ${pins.escrow}, set ${charter.set.number} (${mark.colour} ${mark.shape}), and takes no other for it.\n  plan folder: ${plan} (contacts, the list of clients: sealed into every package)`,
  );
  return ExitCode.Ok;
}
