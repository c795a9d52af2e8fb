// holdfast ceremony remake: a card that was destroyed, or that nobody can read, made again by a quorum with
// its number and its very content. One that may be in other hands is refused: the new paper would be a copy of
// what a stranger has.

import { decodeRecipient } from '../../core/age/keys.ts';
import { guard, inOnePiece } from '../../adapters/interrupt.ts';
import { loadCardPress } from '../../adapters/card-press.ts';
import { withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import { EscrowError } from '../../core/errors.ts';
import { charterKeyPair } from '../../core/record/charter.ts';
import { decodePublicKey } from '../../core/record/minisign.ts';
import { charterWords } from '../../core/record/words.ts';
import { setMark } from '../../core/share/set.ts';
import { markName } from '../../escrow/card-verdict.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { extendLedger, ledgerStart } from '../../escrow/ledger-lines.ts';
import { withCard } from '../../escrow/register.ts';
import type { Register, RegisteredCard } from '../../escrow/register.ts';
import { formatTime } from '../../escrow/seal.ts';
import { verifyEscrow } from '../../escrow/verify.ts';
import type { PassphraseOptions } from '../card-passphrases.ts';
import { cardPath, drawCards, forgetCards, writeCardFiles } from '../card-output.ts';
import type { CardFiles, DrawnCard } from '../card-output.ts';
import { readBackCards } from '../ceremony-run.ts';
import { shortPath } from '../dialogue.ts';
import { cardOf, openTrusted, registerOf } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { remakeCard } from '../remake-card.ts';
import { readContents } from '../read-contents.ts';
import { paperNamed } from '../paper-option.ts';
import { choosePaperWay } from '../paper-way.ts';
import type { PaperOptions, PaperWay } from '../paper-way.ts';
import { assertSharesPlace, shareFile, sharesFolder, writeSealedShares } from '../sealed-shares.ts';
import type { SealedShares } from '../sealed-shares.ts';
import type { Session } from '../session.ts';
import { stoppedPapers } from '../stopped-papers.ts';

interface RemakeOptions extends PaperOptions, PassphraseOptions {
  /** An age recipient of the holder. */
  readonly encryptTo?: string;
  readonly card?: number;
  readonly share?: readonly string[];
  readonly unreadable?: boolean;
  readonly paper?: string;
}

export async function ceremonyRemake(session: Session, dir: string, options: RemakeOptions): Promise<number> {
  const { folder } = await openTrusted(session, dir);
  const paper = paperNamed(options.paper);
  if (options.encryptTo !== undefined) decodeRecipient(options.encryptTo);
  return withLock(folder.path, async () => {
    const escrow = await openTrusted(session, dir);
    const crypto = await session.crypto();
    const contents = await readContents(folder, 'none');
    const seen = await verifyEscrow(crypto, contents, escrow.pins);
    assertIntact(escrow.pins, seen);
    const register = await registerOf(session, escrow, dir);
    const entry = entryOf(register, options.card);
    await assertMayBeRemade(session, entry, options);
    const way = await choosePaperWay(session, options, { escrow: folder.path, cards: [entry.card] });
    if (options.encryptTo !== undefined) {
      const place = { out: sharesFolder(session, way), escrow: folder.path };
      await assertSharesPlace(session, place, [entry.card], escrow.charter);
    }
    const press = way.kind === 'hand' ? undefined : await loadCardPress(paper);
    press?.assertPrintable(entry.holder, 'holder', `the name on card ${entry.card}`);
    const { secret, seed } = await remakeCard(session, escrow.charter, entry, options);
    const forget = guard(() => {
      wipe(seed, secret.record);
    });
    let drawn: readonly DrawnCard[] = [];
    let files: CardFiles | undefined;
    let sealed: SealedShares | undefined;
    const outcome = { isDone: false };
    const papers = stoppedPapers(session, 'remake');
    try {
      const { charter } = escrow;
      const words = charterWords(crypto, decodePublicKey(charter.charterKey), charter.recipient);
      const batch = { charter, words, cards: [secret] };
      drawn = await drawCards(session, batch, { language: register.language ?? 'en' }, press);
      sealed = await writeSealedShares(session, batch, sharesFolder(session, way));
      const isProven = session.canAsk;
      const place = { way, path: folder.path, kind: 'remake', papers } as const;
      if (isProven) await readBackCards(session, place, batch, drawn);
      else if (way.kind === 'files') files = await writeCardFiles(session, drawn, way.out);
      await inOnePiece(async () => {
        const sealedFile =
          options.encryptTo === undefined ? {} : { sealedFile: shareFile(charter, entry.card) };
        await note(
          session,
          escrow,
          register,
          { ...entry, ...sealedFile },
          { seed, isProven, firstPrev: ledgerStart(seen) },
        );
        outcome.isDone = true;
        papers.keep();
        files?.keep();
        sealed?.keep();
      });
      return await tellResult(session, escrow, entry, { isProven, way });
    } finally {
      if (!outcome.isDone) {
        papers.tell();
        await files?.remove();
        await sealed?.discard();
      }
      forgetCards(drawn);
      wipe(seed, secret.record);
      forget();
    }
  });
}

function entryOf(register: Register, card: number | undefined): RegisteredCard {
  if (card === undefined)
    throw new EscrowError('usage', { reason: '--card is needed: which card is made again' });
  return cardOf(register, card);
}

/** The register is asked: what it calls lost or seen may be in other hands. */
async function assertMayBeRemade(
  session: Session,
  { card, state }: RegisteredCard,
  { unreadable }: RemakeOptions,
): Promise<void> {
  if (state === 'lost' || state === 'seen') throw new EscrowError('ceremony.remake-refused', { card, state });
  if (state === 'destroyed' || unreadable === true) return;
  const prompter = await session.prompter('--unreadable');
  const isHere = await prompter.confirm(
    `Card ${card} counts as good. Is its paper here, cannot be read, and will be destroyed now?`,
    false,
  );
  if (!isHere) throw new EscrowError('input.aborted', {});
}

/** The ledger's line is signed by the charter key: proof that a quorum was there. */
async function note(
  session: Session,
  { folder, pins }: TrustedEscrow,
  register: Register,
  entry: RegisteredCard,
  { seed, isProven, firstPrev }: { seed: Uint8Array; isProven: boolean; firstPrev: string },
): Promise<void> {
  const crypto = await session.crypto();
  const { card } = entry;
  const time = formatTime(session.io.now());
  const key = charterKeyPair(crypto, seed);
  const { ledger, head } = extendLedger(crypto, await folder.ledger(), {
    time,
    firstPrev,
    events: [{ event: 'check-in', facts: { card, state: isProven ? 'good' : 'heard', how: 'remade' } }],
    key,
  });
  wipe(key.secretKey);
  await folder.writeLedger(ledger);
  await session.home.advancePins(pins, { ledger: head });
  const proof = isProven ? ({ time, at: 'ceremony' } as const) : null;
  const change = {
    ...entry,
    state: 'good',
    issued: time,
    bag: null,
    proof,
    heard: null,
    challenge: null,
    ...(entry.goneSince === undefined ? {} : { goneSince: null }),
    ...(entry.handedOver === undefined ? {} : { handedOver: null }),
  } as const;
  await session.home.writeRegister(withCard(register, card, change));
}

async function tellResult(
  session: Session,
  { charter }: TrustedEscrow,
  { card, holder }: RegisteredCard,
  { isProven, way }: { isProven: boolean; way: PaperWay },
): Promise<number> {
  const mark = markName(setMark(charter.set.number));
  const lines = [
    `Card ${card} (${mark}) is made again for ${holder}: the same card as before, so destroy what is left of the old one.`,
    ...(isProven
      ? ['  it was read back from paper; the key is erased']
      : [`  the key is erased; card ${card} counts as unproven until it was read back from paper`]),
    ...(way.kind === 'files' && !isProven
      ? [`  print and hand out ${shortPath(session, cardPath(way.out, card))}, then delete it`]
      : []),
  ];
  await session.result(
    { type: 'remake', card, holder, set: charter.set, proven: isProven },
    lines.join('\n'),
  );
  return ExitCode.Ok;
}
