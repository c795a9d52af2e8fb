// Making a finding, and counting in one. Findings are read by people at night and by programs: a stable
// code, what is true, what to do. They end up in logs and records, so they hold no title and no field.

import { counted } from '../core/counted.ts';
import type { Finding } from '../core/finding.ts';

export function finding(severity: Finding['severity'], code: string, message: string, hint: string): Finding {
  return { code, severity, message, hint };
}

/** "1 entry", "2 entries". */
export function entriesOf(count: number): string {
  return counted(count, 'entry', 'entries');
}

/** What is to be said of entries whose type is none of ours; nothing when there are none. */
export function unknownTypeFindings(count: number): readonly Finding[] {
  if (count === 0) return [];
  const hint = 'their fields are kept as custom fields; look at them after a conversion';
  const message = `${entriesOf(count)} of a type this program does not know`;
  return [finding('warning', 'vault.unknown-type', message, hint)];
}
