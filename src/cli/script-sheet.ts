// The script of a ceremony from the plan and this program: the one place that both the printed script and the
// guided run take it from.

import { programHash } from '../adapters/own-files.ts';
import { decodeHex } from '../core/bytes.ts';
import { setMark } from '../core/share/set.ts';
import { bytesToSymbols, symbolText } from '../core/share/base32.ts';
import { markName } from '../escrow/card-verdict.ts';
import { ceremonyScript } from '../escrow/ceremony-script.ts';
import type { ScriptKind, ScriptProgram } from '../escrow/ceremony-script.ts';
import type { Plan } from '../escrow/plan.ts';
import type { ScriptSheet } from '../paper/script.ts';
import { toolName } from './version.ts';

/** Bytes of the program's hash that are read aloud: 80 bits, four groups of four symbols. */
const SPOKEN_BYTES = 10;

/** The name of this program, and its hash as it is read aloud: "7F2K-9QTR-M0D4-XW3Z". */
export async function spokenProgram(): Promise<ScriptProgram> {
  const symbols = symbolText(bytesToSymbols(decodeHex(await programHash()).subarray(0, SPOKEN_BYTES)));
  return { name: toolName(), hash: symbols.match(/.{4}/g)?.join('-') ?? symbols };
}

interface SheetInput {
  readonly kind: ScriptKind;
  readonly setNumber: number;
  readonly now: Date;
  readonly planWords: readonly string[];
}

export async function scriptSheet(plan: Plan, input: SheetInput): Promise<ScriptSheet> {
  const { kind, setNumber, now, planWords } = input;
  const program = await spokenProgram();
  const { steps, minutes, policy } = ceremonyScript(plan, kind, { program, isNext: setNumber > 1 });
  return {
    organisation: plan.organisation,
    isFull: kind === 'full',
    policy,
    mark: markName(setMark(setNumber)),
    set: setNumber,
    printed: now.toISOString().slice(0, 10),
    planWords,
    roles: [
      { role: 'Lead', name: plan.lead ?? '' },
      // The small script gives a witness nothing to do; one that was agreed on is there all the same, and signs.
      ...(kind === 'full' || plan.witness !== undefined
        ? [{ role: 'Witness', name: plan.witness ?? '' }]
        : []),
      ...(kind === 'full' ? [{ role: 'Reserve', name: '' }] : []),
    ],
    program,
    cards: plan.cards.map(({ card, trustee, groupName }) => ({
      card,
      holder: trustee.name,
      ...(groupName === undefined ? {} : { group: groupName }),
      ...(trustee.lock === undefined ? {} : { isLocked: true }),
      ...(trustee.encryptTo === undefined ? {} : { isFile: true }),
    })),
    steps,
    minutes,
  };
}
