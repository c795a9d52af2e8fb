// The vault view in a browser: from the disk, offline, under the page's own policy, every request noted.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { bundleScript, bundleStyle, inlinePage, pagePolicy } from '../../.ci/bundle.js';
import type { OpenedPackage } from '../../src/page/opened.ts';
import { openFile, type OpenPage } from './stage.ts';

export interface VaultStage {
  /** Shows a package as the recovery half would hand it over. */
  show(opened: OpenedPackage, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function stageVault(browser: Browser): Promise<VaultStage> {
  const [script, style] = await Promise.all([
    bundleScript('test/browser/vault-entry.ts'),
    bundleStyle('src/page/style.css'),
  ]);
  const policy = pagePolicy(script, style);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-vault-'));
  const path = join(folder, 'vault.html');
  await writeFile(path, inlinePage({ title: 'vault', script, style, policy, body: '<div id="app"></div>' }));
  const url = pathToFileURL(path).href;
  return {
    async show(opened, options) {
      const open = await openFile(browser, url, options);
      const files = [...opened.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
      await open.page.evaluate(
        (given) => {
          (globalThis as unknown as { openGiven: (given: unknown) => void }).openGiven(given);
        },
        { ...opened, files },
      );
      await open.page.locator('.v-app h1').waitFor();
      return open;
    },
    async close() {
      await rm(folder, { recursive: true });
    },
  };
}
