// The version, read from package.json when it is asked for: one place states it.

import { readFileSync } from 'node:fs';

export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** As records and PDFs name the program. */
export function toolName(): string {
  return `holdfast ${version()}`;
}
