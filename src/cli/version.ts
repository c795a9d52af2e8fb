// The version, as package.json states it.

import { ownVersion } from '../adapters/own-files.ts';

export const version = (): string => ownVersion();

/** As records and PDFs name the program. */
export function toolName(): string {
  return `holdfast ${version()}`;
}
