// The recovery page in a browser: opened from the disk, offline, every request noted.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { recoveryPage } from '../../.ci/build-page.js';
import { EMPTY_BLOCK, putBlock } from '../../src/escrow/page-block.ts';
import type { PageBlock } from '../../src/escrow/page-block.ts';
import { startBrowser } from '../support/browser.ts';

/** A page somebody looks at. */
export interface OpenPage {
  readonly page: Page;
  /** Every request but those for the file itself and for what the page holds in memory. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

export interface PageStage {
  readonly template: string;
  readonly origin: string;
  /** Opens the page as a kit would hold it; without a block, the bare one. `change` damages it. */
  open(
    block?: PageBlock,
    options?: BrowserContextOptions,
    change?: (html: string) => string,
  ): Promise<OpenPage>;
  close(): Promise<void>;
}

/**
 * Builds the page and starts a browser, or gives the reasons why there is none.
 *
 * @param video - What the browser's camera sees.
 */
export async function stagePage(video: Buffer): Promise<PageStage | readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-recover-'));
  await writeFile(join(folder, 'camera.y4m'), video);
  const search = await startBrowser([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${join(folder, 'camera.y4m')}`,
  ]);
  if (!search.browser) {
    await rm(folder, { recursive: true });
    return search.reasons;
  }
  const { browser } = search;
  const template = await recoveryPage(EMPTY_BLOCK);
  let opened = 0;
  return {
    template,
    origin: search.origin,
    async open(block, options, change = (html) => html) {
      opened += 1;
      const path = join(folder, `RECOVER-${opened}.html`);
      await writeFile(path, change(block ? putBlock(template, block) : template));
      const open = await openFile(browser, pathToFileURL(path).href, options);
      await open.page.locator('h1').waitFor();
      return open;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Opens a file offline, and notes every request and every error from then on. */
export async function openFile(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
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
  return { page, requests, errors };
}
