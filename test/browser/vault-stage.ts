// The vault view in a browser: from the disk, offline, under the page's own policy, every request noted.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { bundleScript, bundleStyle, inlinePage, pagePolicy } from '../../.ci/bundle.js';
import type { OpenedPackage } from '../../src/page/opened.ts';

export interface VaultPage {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

export interface VaultStage {
  /** Shows a package as the recovery half would hand it over. */
  show(opened: OpenedPackage, options?: BrowserContextOptions): Promise<VaultPage>;
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
    async show(opened, options = {}) {
      const context = await browser.newContext({ offline: true, locale: 'en-GB', ...options });
      const requests: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => {
        if (request.url() !== url && !/^(?:blob|data):/.test(request.url())) requests.push(request.url());
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(url);
      const files = [...opened.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
      await page.evaluate(
        (given) => {
          (globalThis as unknown as { openGiven: (given: unknown) => void }).openGiven(given);
        },
        { ...opened, files },
      );
      await page.locator('.v-app h1').waitFor();
      return { page, requests, errors };
    },
    async close() {
      await rm(folder, { recursive: true });
    },
  };
}
