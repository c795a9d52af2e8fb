// The part of csv-stringify that is used, for the same reason as csv-parse.d.ts.

export interface CsvStringifyOptions {
  readonly record_delimiter: string;
  readonly quoted: boolean;
  /** Empty cells are a case of their own. */
  readonly quoted_empty: boolean;
}

export function stringify(rows: readonly (readonly string[])[], options: CsvStringifyOptions): string;
