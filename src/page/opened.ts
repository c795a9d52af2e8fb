// What the recovery half of the page hands to the vault half once a package is open.

import type { Language } from '../core/languages.ts';
import type { Manifest } from '../escrow/manifest.ts';
import type { Doubt } from './recovery/recovery.ts';

/** A package, unpacked in memory and checked against its manifest. */
export interface OpenedPackage {
  readonly manifest: Manifest;
  /** By path as in the archive (`exports/…`, `unlock/…`, `attachments/…`, `plan/…`); the manifest is not among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly doubts: readonly Doubt[];
  /** The language in use until another is chosen, and when the page was opened, in milliseconds of `Date.now()`. */
  readonly language: Language;
  readonly startedAt: number;
}
