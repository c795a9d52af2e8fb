// An export of several vaults, taken apart: its folders, and each entry with where it lies. What an entry is,
// is read afterwards.

import type { JsonObject } from './json.ts';
import type { Container } from './model.ts';

export interface Place {
  readonly raw: JsonObject;
  /** Where it stands in the export, for errors. */
  readonly name: string;
  readonly containerIds: readonly string[];
}

export interface Layout {
  readonly containers: readonly Container[];
  readonly places: readonly Place[];
}
