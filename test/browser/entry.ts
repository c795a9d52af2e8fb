// What the test page holds: the vector suites, and a list of ways in which a script that got into the
// page would try to run or to send something out. The harness (browser.test.ts) calls both.

import { loadWebCrypto } from '../../src/page/crypto-web.ts';
import { VECTOR_SUITES, type SuiteResult } from '../support/vector-suites.ts';
import { intrusion, startIntrusion } from './intruder.ts';

export interface TestPage {
  runSuite(name: string): Promise<SuiteResult>;
  startIntrusion: typeof startIntrusion;
  intrusion: typeof intrusion;
}

declare global {
  var testPage: TestPage;
}

globalThis.testPage = {
  async runSuite(name) {
    const suite = VECTOR_SUITES[name];
    return suite ? suite(await loadWebCrypto()) : { checked: 0, failures: [`no suite ${name}`] };
  },
  startIntrusion,
  intrusion,
};
