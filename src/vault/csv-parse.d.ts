// The part of csv-parse that is used. Its own declarations ask for Node's types, which this folder must
// not see: the same code runs in a browser. tsconfig.json points here.

export class CsvError extends Error {
  readonly code: string;
  readonly lines?: number;
}

export interface CsvParseOptions {
  readonly delimiter: string;
  readonly record_delimiter: readonly string[];
  readonly escape?: string;
  readonly relax_column_count?: boolean;
  readonly relax_quotes?: boolean;
  readonly max_record_size?: number;
  readonly to?: number;
  /** Called for each record; what it returns is kept, unless null. */
  readonly on_record?: (
    cells: readonly string[],
    context: { readonly lines: number; readonly records: number },
  ) => null;
}

export function parse(text: string, options: CsvParseOptions): string[][];
