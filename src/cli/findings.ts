// When findings change the exit code: information does not, warnings and errors do.

import type { Finding } from '../core/finding.ts';

export function needsAttention(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity !== 'info');
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
