// What a check found and did not stop at. Errors end a command; findings are listed, then it goes on.

export type Severity = 'info' | 'warning' | 'error';

/** One thing a check found. Neither text ever holds a secret or a field of an entry. */
export interface Finding {
  /** Stable name, kebab-case; documented in docs/json.md. */
  readonly code: string;
  readonly severity: Severity;
  /** What is true. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** Whether findings change an exit code: information does not, warnings and errors do. */
export function needsAttention(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity !== 'info');
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** Adds a finding to a list. */
export type Reporter = (severity: Severity, code: string, message: string, hint: string) => void;

export function reporterTo(findings: Finding[]): Reporter {
  return (severity, code, message, hint) => void findings.push({ severity, code, message, hint });
}
