// The vectors that both back ends of the crypto port must pass, as functions without Node in them:
// the same run happens in Node (test/adapters, test/page) and in a browser (test/browser).

import * as cctv from 'cctv-age';
import type { CryptoPort } from '../../src/core/crypto.ts';
import age from '../vectors/age.json' with { type: 'json' };
import primitives from '../vectors/primitives.json' with { type: 'json' };
import lockedShare from '../vectors/locked-share.json' with { type: 'json' };
import share from '../vectors/share.json' with { type: 'json' };
import vault from '../vectors/vault.json' with { type: 'json' };
import { runAgeVectors } from './age-vectors.ts';
import { runCctvVectors } from './cctv-vectors.ts';
import { runLockedShareVectors } from './locked-share-vectors.ts';
import { runPrimitiveVectors } from './primitive-vectors.ts';
import { runRoads } from './road.ts';
import { runShareVectors } from './share-vectors.ts';
import { runRecordVectors } from './record-vectors.ts';
import { runVaultVectors } from './vault-vectors.ts';

/** What a suite found: how much it compared, and what differed. Nothing compared is a failure too. */
export interface SuiteResult {
  readonly checked: number;
  readonly failures: readonly string[];
}

type VectorSuite = (crypto: CryptoPort) => Promise<SuiteResult>;

export const VECTOR_SUITES: Readonly<Record<string, VectorSuite>> = {
  primitives: (crypto) => runPrimitiveVectors(crypto, primitives),
  age: (crypto) => runAgeVectors(crypto, age),
  cctv: (crypto) => runCctvVectors(crypto, cctv),
  share: (crypto) => runShareVectors(crypto, share),
  'locked share': (crypto) => runLockedShareVectors(crypto, lockedShare),
  record: runRecordVectors,
  vault: (crypto) => runVaultVectors(crypto, vault),
  'cards to file': runRoads,
};
