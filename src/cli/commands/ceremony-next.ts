// holdfast ceremony reissue, rekey: a new set of cards for an escrow that stands. A quorum of the cards in
// force rebuilds the key in memory; reissue splits it anew, rekey makes another one and seals the newest
// packages again. The old set stays in force until every new card was read back.

import { counted } from '../../core/counted.ts';
import { guard } from '../../adapters/interrupt.ts';
import { assertNotBusy, withLock } from '../../adapters/lock.ts';
import { wipe } from '../../core/bytes.ts';
import type { KeyPair } from '../../core/crypto.ts';
import { charterHash } from '../../core/record/charter.ts';
import { encodePublicKey } from '../../core/record/minisign.ts';
import { setMark } from '../../core/share/set.ts';
import { lockCards } from '../../escrow/card-locks.ts';
import { beginNextCeremony, wipeCeremony } from '../../escrow/ceremony.ts';
import type { Ceremony, LockPassphrases } from '../../escrow/ceremony.ts';
import { assertIntact } from '../../escrow/intact.ts';
import { markName } from '../../escrow/card-verdict.ts';
import { cardList } from '../../escrow/plan-names.ts';
import { CardTable } from '../../escrow/quorum.ts';
import type { Register } from '../../escrow/register.ts';
import { formatTime } from '../../escrow/seal.ts';
import { verifyEscrow } from '../../escrow/verify.ts';
import type { PassphraseOptions } from '../card-passphrases.ts';
import { CeremonyGuide } from '../ceremony-guide.ts';
import { cardLines, holdCeremony, prepareCeremony } from '../ceremony-run.ts';
import type { CeremonyEnd, CeremonyOptions, CeremonySetting } from '../ceremony-run.ts';
import { heading, tell } from '../dialogue.ts';
import { openTrusted, registerIfAny } from '../escrow-access.ts';
import type { TrustedEscrow } from '../escrow-access.ts';
import { ExitCode } from '../exit-codes.ts';
import { readContents } from '../read-contents.ts';
import { rebuildKey } from '../rebuild-key.ts';
import { resealPackages } from '../reseal.ts';
import { sealerKeys } from '../sealer-keys.ts';
import type { Session } from '../session.ts';
import { succeed } from '../succeed.ts';
import type { Made, Succession } from '../succeed.ts';

interface NextOptions extends CeremonyOptions {
  /** Passphrases of cards of the set in force; `passphraseFile` is about the new ones. */
  readonly sharePassphraseFile?: readonly string[];
  readonly share?: readonly string[];
  /** Of a rekey: how many packages are sealed again, the newest first. */
  readonly packages?: number;
}

type Kind = Succession['kind'];

export const ceremonyReissue = (session: Session, dir: string, options: NextOptions): Promise<number> =>
  holdNext(session, 'reissue', dir, options);

export const ceremonyRekey = (session: Session, dir: string, options: NextOptions): Promise<number> =>
  holdNext(session, 'rekey', dir, options);

async function holdNext(session: Session, kind: Kind, dir: string, options: NextOptions): Promise<number> {
  const { folder } = await openTrusted(session, dir);
  // Before any question: a card of a run that goes on would be taken for a leftover.
  await assertNotBusy(folder.path);
  const prepared = await prepareCeremony(session, folder.path, options);
  return withLock(folder.path, async () => {
    // Read again now that nobody else writes: questions take minutes.
    const escrow = await openTrusted(session, dir);
    const crypto = await session.crypto();
    const seen = await verifyEscrow(crypto, await readContents(folder, 'none'), escrow.pins);
    assertIntact(escrow.pins, seen);
    await folder.removeUnfinished();
    const inForce = await registerIfAny(session, escrow);
    // One of other sets only is kept all the same: it is all there is to say who held their cards.
    const register = inForce ?? (await session.home.register(escrow.pins.escrow));
    if (!inForce)
      session.warn('this machine does not keep the register: who holds the old cards is not noted');
    warnOfLost(session, kind, register);
    const setting = inLanguageOf(session, prepared, register);
    const sealer = kind === 'rekey' ? await session.home.ensureSealer(crypto) : undefined;
    const made: Made = { resealed: [], heldBy: undefined };
    const discard = guard(() => discardAll(made));
    const script = options.full === true ? 'full' : 'small';
    const occasion = { kind: script, cardsFor: kind, register } as const;
    const guide = session.canAsk ? await CeremonyGuide.open(session, setting.plan, occasion) : undefined;
    try {
      const state = { kind, escrow, seen, register, made, sealer };
      const signs = seen.records.length > 0 ? sealer : undefined;
      const sealers = await sealersOf(session, options, escrow, signs);
      const end = await holdCeremony(session, setting, {
        kind,
        ...(guide && { guide }),
        begin: (created, passphrases, rolls) =>
          begin(session, state, setting, options, { created, sealers, made, passphrases, rolls }),
        settle: async (held, whenTrue) => {
          await succeed(session, state, held, () => {
            whenTrue();
            discard();
          });
        },
      });
      return await tellResult(session, dir, { ...state, setting, end });
    } finally {
      guide?.close();
      discard();
      await discardAll(made);
      wipe(sealer?.secretKey);
    }
  });
}

/** A plan that names no language gets the one that the cards before were in. */
function inLanguageOf(
  session: Session,
  setting: CeremonySetting,
  register: Register | undefined,
): CeremonySetting {
  const { plan } = setting;
  const language = register?.language ?? 'en';
  if (plan.isLanguageNamed || plan.language === language) return setting;
  session.say(`the plan names no language: the cards are in the one of those before (${language})`);
  return { ...setting, plan: { ...plan, language } };
}

/** Before anybody goes through it in vain. */
function warnOfLost(session: Session, kind: Kind, register: Register | undefined): void {
  const lost = register?.cards.filter(({ state }) => state === 'lost' || state === 'seen') ?? [];
  if (kind === 'rekey' || lost.length === 0) return;
  const cards = cardList(lost.map(({ card }) => card));
  session.warn(
    `${cards}: lost, or seen by somebody. A reissue keeps the key, so what is lost counts as before; hold a rekey instead`,
  );
}

/** Of a package that has its name already, nothing is left to discard. */
async function discardAll({ resealed }: Made): Promise<void> {
  for (const { staged } of resealed) await staged.abort();
}

/**
 * Those named; otherwise the machines that may seal today.
 *
 * @param own - The key that signs the records of packages that are sealed again: they count only when it is listed.
 */
async function sealersOf(
  session: Session,
  { sealer: named }: NextOptions,
  { charter }: TrustedEscrow,
  own: KeyPair | undefined,
): Promise<readonly string[]> {
  const lines = named && named.length > 0 ? await sealerKeys(session, named) : charter.sealers;
  const ownLine = own && encodePublicKey(await session.crypto(), own.publicKey);
  if (ownLine === undefined || lines.includes(ownLine)) return lines;
  session.warn(
    'this machine seals again what the new key is to open, so the new charter lists its sealer too',
  );
  return [...lines, ownLine];
}

interface Making {
  readonly created: Date;
  readonly sealers: readonly string[];
  readonly made: Made;
  readonly passphrases: LockPassphrases;
  readonly rolls: string | undefined;
}

/** The old key is in memory only in here: whatever it has to open or to sign, it does before a card is printed. */
async function begin(
  session: Session,
  { kind, escrow, seen }: Omit<Succession, 'made'>,
  { plan }: CeremonySetting,
  options: NextOptions,
  making: Making,
): Promise<Ceremony> {
  const crypto = await session.crypto();
  const { charter, document } = escrow;
  const mark = markName(setMark(charter.set.number));
  if (session.canAsk && options.share === undefined) {
    heading(session, `Cards of the ${mark} set, which is in force`);
    tell(
      session,
      'A quorum of them rebuilds the key in this machine’s memory. They stay good until the end.',
    );
  }
  const before = seen.history.slice(0, -1).map(({ charter: old }) => old);
  const quorum = await rebuildKey(session, new CardTable(crypto, charter, before), {
    ...oldPassphrases(options),
    shares: options.share,
    test: (_, recipient) => Promise.resolve(recipient === charter.recipient),
    wanted: 'this escrow',
  });
  const forget = guard(() => {
    wipe(quorum.seed);
  });
  let ceremony: Ceremony | undefined;
  try {
    if (quorum.setId !== charter.set.id) making.made.heldBy = quorum.setId;
    const predecessor = { charter, hash: await charterHash(crypto, document.bytes), seed: quorum.seed };
    const created = formatTime(making.created);
    ceremony = beginNextCeremony(crypto, {
      kind,
      plan,
      sealers: making.sealers,
      created,
      rolls: making.rolls,
      before: predecessor,
    });
    ceremony = await lockCards(crypto, ceremony, making.passphrases, quorum.seed);
    if (kind === 'rekey') {
      const { seed: newSeed, recipient: newRecipient } = ceremony;
      const keys = { oldSeed: quorum.seed, newSeed, newRecipient, count: options.packages ?? 1 };
      making.made.resealed.push(...(await resealPackages(session, escrow, seen, keys)));
    }
    return ceremony;
  } catch (error) {
    if (ceremony) wipeCeremony(ceremony);
    throw error;
  } finally {
    wipe(quorum.seed);
    forget();
  }
}

const oldPassphrases = ({ sharePassphraseFile }: NextOptions): PassphraseOptions =>
  sharePassphraseFile === undefined ? {} : { passphraseFile: sharePassphraseFile };

interface Done extends Succession {
  readonly setting: CeremonySetting;
  readonly end: CeremonyEnd;
}

async function tellResult(session: Session, dir: string, done: Done): Promise<number> {
  const { kind, escrow, seen, setting, end, made } = done;
  const { charter, words, unproven } = end;
  const old = markName(setMark(escrow.charter.set.number));
  const mark = markName(setMark(charter.set.number));
  const heldBy = seen.history.find((link) => link.charter.set.id === made.heldBy)?.charter.set;
  const there = new Set((await escrow.folder.packages()).map(({ name }) => name));
  const open = seen.records.map(({ record }) => record).filter(({ package: { file } }) => there.has(file));
  const lines = [
    `Set ${charter.set.number} (${mark}) is in force: ${counted(charter.cards.length, 'card')}. Set ${escrow.charter.set.number} (${old}) is retired.`,
    `  charter words: ${words.join(' ')}${kind === 'rekey' ? ' (new: every machine that seals or verifies is enrolled again)' : ' (as before)'}`,
    ...(heldBy
      ? [
          `  THE KEY CAME FROM RETIRED CARDS: set ${heldBy.number} (${markName(setMark(heldBy.number))}), not the ${old} set that was in force; the ledger says so`,
        ]
      : []),
    ...cardLines(session, setting, end),
    ...made.resealed.map(
      ({ of, sequence }) => `  package ${of.sequence} was sealed again, as package ${sequence}`,
    ),
    ...(kind === 'reissue'
      ? [
          `  THE KEY IS THE SAME: the ${old} cards still open every package, old and new. Collect and shred them; a lost one counts until a rekey.`,
        ]
      : [
          `  the ${old} cards still open ${counted(open.length, 'older package')} here, and every copy of them elsewhere; only new passwords help against that`,
        ]),
    `  next: holdfast ceremony retire ${dir}`,
  ];
  await session.result(
    {
      type: 'ceremony',
      kind,
      escrow: charter.escrow,
      set: charter.set,
      retired: escrow.charter.set,
      heldBy: heldBy ?? null,
      words,
      cards: charter.cards.length,
      unproven,
      recipient: charter.recipient,
      resealed: made.resealed.map(({ of, sequence, staged }) => ({
        sequence,
        of: of.sequence,
        file: staged.name,
      })),
      openByRetired: open.map(({ sequence, package: { file } }) => ({ sequence, file })),
    },
    lines.join('\n'),
  );
  return ExitCode.Ok;
}
