// holdfast print: papers around an escrow, each a PDF. What each is stands in a module of its own.

import { EscrowError } from '../../core/errors.ts';
import { printScript } from '../script-print.ts';
import type { Session } from '../session.ts';

export interface PrintOptions {
  readonly out?: string;
  readonly plan?: string;
  readonly full?: boolean;
}

const KINDS: Readonly<
  Record<string, (session: Session, dir: string, options: PrintOptions) => Promise<number>>
> = {
  script: printScript,
};

export async function print(
  session: Session,
  what: string,
  dir: string | undefined,
  options: PrintOptions,
): Promise<number> {
  const kind = Object.hasOwn(KINDS, what) ? KINDS[what] : undefined;
  if (!kind) {
    const known = Object.keys(KINDS).join(', ');
    throw new EscrowError('usage', {
      reason: `"${what}" cannot be printed, only: ${known}`,
      command: 'print',
    });
  }
  return kind(session, dir ?? '', options);
}
