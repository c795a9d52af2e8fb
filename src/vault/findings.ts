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
