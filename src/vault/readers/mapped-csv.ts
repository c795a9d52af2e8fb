// Any other CSV, by a mapping that a person wrote. It is never recognised by content: who gives a mapping
// says with it what the file is.

import type { CsvMapping } from '../csv-mapping.ts';
import { readCsvVault, type CsvProfile } from '../csv-profile.ts';
import { EscrowError } from '../../core/errors.ts';
import type { VaultFormat } from '../format.ts';

/** Every column that the mapping names must be there: a slip would leave what it holds unnamed. */
function profileOf({ product, columns, ...separators }: CsvMapping): CsvProfile {
  return {
    id: 'csv',
    product,
    required: Object.values(columns),
    optional: [],
    columns,
    missingColumn: (reason) => new EscrowError('vault.columns', { reason: `of the CSV, ${reason}` }),
    ...separators,
  };
}

export const mappedCsv: VaultFormat = {
  id: 'csv',
  product: 'CSV',
  encrypted: false,
  recognise: () => 'no',
  read: async (crypto, bytes, { columns }) => {
    if (columns === undefined)
      throw new EscrowError('vault.columns', { reason: 'none was given, and this format is read by one' });
    return readCsvVault(profileOf(columns), crypto, bytes);
  },
};
