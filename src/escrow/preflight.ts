// The day before a ceremony: nine things that end one half-way when they are found out on the day. Some the
// program sees for itself; some only a person can see, and those count when a person has said so.

import { counted } from '../core/counted.ts';
import { needsAttention } from '../core/finding.ts';
import type { Finding } from '../core/finding.ts';

/** What only a person can see. */
export const CONFIRMED_BY_PEOPLE = ['program', 'clock', 'printer', 'camera', 'media'] as const;
export type ConfirmedByPeople = (typeof CONFIRMED_BY_PEOPLE)[number];

/** What can be found out about the machine and the meeting. */
export interface PreflightInput {
  readonly plan:
    | { readonly cards: number; readonly policy: string; readonly findings: readonly Finding[] }
    | { readonly problem: string; readonly hint: string };
  readonly program: string;
  readonly clock: string;
  /** Where card files would go. */
  readonly cardFolder: { readonly path: string; readonly isInMemory: boolean; readonly freeBytes: number };
  /** Where the escrow would be. */
  readonly freeBytes: number;
  /** Undefined where the system cannot be asked. */
  readonly printers: readonly { readonly name: string; readonly reach: string }[] | undefined;
  readonly isRandom: boolean;
  /** The cards whose trustees have said that they come; undefined when nobody has asked. */
  readonly attending: readonly number[] | undefined;
  readonly confirmed: ReadonlySet<string>;
  /** Whether somebody is there to be asked; otherwise a flag says what was seen. */
  readonly isAsked: boolean;
}

type CheckName = ConfirmedByPeople | 'plan' | 'cards' | 'randomness' | 'attendance';

export interface PreflightCheck {
  readonly check: CheckName;
  readonly ok: boolean;
  /** What was seen. */
  readonly says: string;
}

interface Preflight {
  readonly checks: readonly PreflightCheck[];
  readonly findings: readonly Finding[];
}

/** Enough for every card, a package and the records beside it. */
const ENOUGH_BYTES = 64 * 1024 * 1024;

interface Judged extends PreflightCheck {
  readonly findings: readonly Finding[];
}

const judged = (check: CheckName, says: string, findings: readonly Finding[]): Judged => ({
  check,
  says,
  findings,
  ok: !needsAttention(findings),
});

/** Judges all nine. Pure. */
export function judgePreflight(input: PreflightInput): Preflight {
  const seen = (check: ConfirmedByPeople, yes: string, no: string): string =>
    input.confirmed.has(check) ? yes : no;
  const all = [
    plan(input),
    byPerson('program', input.program, input),
    byPerson('clock', input.clock, input),
    cards(input),
    printer(input),
    byPerson('camera', seen('camera', 'tried by a person', 'cannot be tried from a terminal'), input),
    byPerson('media', seen('media', 'laid out', 'not confirmed'), input),
    randomness(input),
    attendance(input),
  ];
  return {
    checks: all.map(({ check, ok, says }) => ({ check, ok, says })),
    findings: all.flatMap(({ findings }) => findings),
  };
}

function plan({ plan: read }: PreflightInput): Judged {
  if ('problem' in read) {
    const { problem, hint } = read;
    return judged('plan', 'not readable', [
      { code: 'preflight.plan', severity: 'error', message: problem, hint },
    ]);
  }
  return judged('plan', `${counted(read.cards, 'card')}, ${read.policy} open it`, read.findings);
}

/** A finding unless somebody confirmed it. */
const unless = (isConfirmed: boolean, finding: Finding): readonly Finding[] => (isConfirmed ? [] : [finding]);

/** What is said while nobody has confirmed it, and what is done first. */
const UNCONFIRMED: Readonly<Record<ConfirmedByPeople, Finding>> = {
  program: {
    code: 'preflight.program',
    severity: 'warning',
    message: 'nobody has compared the hash of this program with the printed script',
    hint: 'print the script with this program and compare',
  },
  clock: {
    code: 'preflight.clock',
    severity: 'warning',
    message: 'nobody has confirmed date, time and zone',
    hint: 'set the clock and its zone by a watch',
  },
  printer: {
    code: 'preflight.printer',
    severity: 'warning',
    message: 'nobody has seen a page come out of the printer',
    hint: 'print the script on the printer of the day',
  },
  camera: {
    code: 'preflight.camera',
    severity: 'warning',
    message: 'nobody has tried the camera or the scanner',
    hint: 'photograph or scan a card of holdfast demo and run check-card on it, or open the recovery page, "Only check a card"',
  },
  media: {
    code: 'preflight.media',
    severity: 'warning',
    message: 'nobody has laid out sticks, paper, bags and a shredder, with spares',
    hint: 'one stick, one bag and two sheets a card, and two of each to spare',
  },
};

/** A check that is good once somebody has looked. */
function byPerson(
  check: ConfirmedByPeople,
  says: string,
  { confirmed, isAsked }: PreflightInput,
  more: readonly Finding[] = [],
): Judged {
  const finding = UNCONFIRMED[check];
  const hint = `${finding.hint}, then ${isAsked ? 'answer yes' : `--confirm ${check}`}`;
  return judged(check, says, [...more, ...unless(confirmed.has(check), { ...finding, hint })]);
}

function cards({ cardFolder: { path, isInMemory, freeBytes: inFolder }, freeBytes }: PreflightInput): Judged {
  const findings: Finding[] = [];
  if (!isInMemory)
    findings.push({
      code: 'preflight.cards-on-disk',
      severity: 'warning',
      message: `${path} is on a disk, or the system does not say; deleted card files may be restored from a disk`,
      hint: 'name a folder in the memory of this computer with --cards (on Linux below /dev/shm)',
    });
  if (Math.min(inFolder, freeBytes) < ENOUGH_BYTES)
    findings.push({
      code: 'preflight.no-space',
      severity: 'error',
      message: `${inMegabytes(Math.min(inFolder, freeBytes))} free, ${inMegabytes(ENOUGH_BYTES)} are needed`,
      hint: 'make room where the cards and the escrow are to go',
    });
  return judged(
    'cards',
    `${path}, ${isInMemory ? 'in the memory of this computer' : 'not in memory, as far as the system says'}, ${inMegabytes(inFolder)} free`,
    findings,
  );
}

const inMegabytes = (bytes: number): string => `${Math.floor(bytes / 1_048_576).toLocaleString('en')} MiB`;

/** Why a printer that is not on a cable is warned of. */
export const FAR_PRINTER = 'what goes there may be kept or copied on the way';

function printer(input: PreflightInput): Judged {
  const { printers } = input;
  const findings: Finding[] = [];
  const far = printers?.filter(({ reach }) => reach !== 'cable') ?? [];
  const near = printers?.filter(({ reach }) => reach === 'cable') ?? [];
  if (far.length > 0 && near.length === 0)
    findings.push({
      code: 'preflight.network-printer',
      severity: 'warning',
      message: `no printer on a cable; ${far.map(({ name, reach }) => `${name} (${reach})`).join(', ')}: ${FAR_PRINTER}`,
      hint: 'bring a printer with a cable',
    });
  const list = printers?.map(({ name, reach }) => `${name} (${reach})`).join(', ');
  const says = list === undefined ? 'cannot be looked at from here' : list || 'none is set up';
  return byPerson('printer', says, input, findings);
}

function randomness({ isRandom }: PreflightInput): Judged {
  return judged('randomness', isRandom ? "the system's generator answers" : 'not ready', [
    ...unless(isRandom, {
      code: 'preflight.randomness',
      severity: 'error',
      message: 'the random generator of this system is not ready',
      hint: 'use another machine; one that was just installed may need some minutes',
    }),
  ]);
}

function attendance({ plan: read, attending }: PreflightInput): Judged {
  const count = 'cards' in read ? read.cards : 0;
  const coming = new Set(attending?.filter((card) => card >= 1 && card <= count));
  const absent = Array.from({ length: count }, (_, index) => index + 1).filter((card) => !coming.has(card));
  const finding: Finding =
    attending === undefined
      ? {
          code: 'preflight.attendance',
          severity: 'warning',
          message: 'nobody has asked the trustees whether they come',
          hint: 'ask each, agree on a second date, then --attending 1,2,3 or --attending all',
        }
      : {
          code: 'preflight.attendance',
          severity: 'warning',
          message: `without its trustee: ${absent.length === 1 ? 'card' : 'cards'} ${absent.join(', ')}`,
          hint: 'take the second date: a card that nobody takes is read back by nobody',
        };
  return judged(
    'attendance',
    `${coming.size} of ${count}`,
    unless(count > 0 && absent.length === 0, finding),
  );
}
