// holdfast kit: the folder for a stick from which anybody recovers offline, made or judged.

import { EscrowError } from '../../core/errors.ts';
import { LANGUAGES } from '../../core/languages.ts';
import type { Language } from '../../core/languages.ts';
import type { KitOptions } from '../kit-contents.ts';
import { makeKit } from '../kit-make.ts';
import { verifyKit } from '../kit-verify.ts';
import type { Session } from '../session.ts';

interface Given {
  readonly verify?: string;
  readonly packages?: number;
  readonly age?: readonly string[];
  readonly language?: string;
  readonly withContacts?: boolean;
}

const DEFAULT_PACKAGES = 3;

export async function kit(
  session: Session,
  dir: string | undefined,
  out: string | undefined,
  given: Given,
): Promise<number> {
  if (given.verify !== undefined) {
    if (dir !== undefined) throw usage('--verify takes a kit and nothing else');
    return verifyKit(session, given.verify);
  }
  if (dir === undefined || out === undefined)
    throw usage('an escrow folder and a place for the kit are needed');
  const options: KitOptions = {
    packages: given.packages ?? DEFAULT_PACKAGES,
    age: given.age ?? [],
    language: languageOf(given.language ?? 'en'),
    withContacts: given.withContacts ?? false,
  };
  return makeKit(session, dir, out, options);
}

function languageOf(text: string): Language {
  const language = LANGUAGES.find((known) => known === text);
  if (!language) throw usage(`"${text}" is no language of a kit: ${LANGUAGES.join(', ')}`);
  return language;
}

const usage = (reason: string): EscrowError => new EscrowError('usage', { reason, command: 'kit' });
