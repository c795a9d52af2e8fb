// The vault view alone, as a page of its own: a test puts an opened package into it.

import { decodeBase64 } from '../../src/core/bytes.ts';
import { openVaultView } from '../../src/page/vault/index.ts';
import type { OpenedPackage } from '../../src/page/opened.ts';

/** As it travels into the browser: files as base64. */
type Given = Omit<OpenedPackage, 'files'> & { readonly files: readonly (readonly [string, string])[] };

Object.assign(globalThis, {
  openGiven(given: Given) {
    const root = document.getElementById('app');
    if (!root) throw new Error('no place for the vault');
    root.dataset['screen'] = 'opened';
    const files = new Map(given.files.map(([path, base64]) => [path, decodeBase64(base64)]));
    openVaultView(root, { ...given, files });
  },
});
