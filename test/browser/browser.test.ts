// The core in a real browser: one HTML file, opened from the disk under the page's own policy, offline.
// Without any Chromium these tests are left out, and say so.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleScript, inlinePage, pagePolicy } from '../../.ci/bundle.js';
import { startBrowser } from '../support/browser.ts';
import { VECTOR_SUITES } from '../support/vector-suites.ts';
import type { Intrusion } from './intruder.ts';
import { openTrap } from './trap.ts';

let browser: Browser | undefined;
let folder: string;
let script: string;

interface OpenPage {
  readonly page: Page;
  /** Every request but the one for the file itself. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

async function openPage(html: string, network: 'offline' | 'online'): Promise<OpenPage> {
  const path = join(folder, `${network}-${html.length}.html`);
  const url = pathToFileURL(path).href;
  await writeFile(path, html);
  const context = await browser!.newContext();
  await context.setOffline(network === 'offline');
  const requests: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(url);
  return { page, requests, errors };
}

beforeAll(async () => {
  const search = await startBrowser();
  browser = search.browser;
  if (search.browser) console.info(`browser tests run in: ${search.origin}`);
  else
    console.warn(`browser tests were LEFT OUT, no Chromium starts here:\n  ${search.reasons.join('\n  ')}`);
  folder = await mkdtemp(join(tmpdir(), 'holdfast-page-'));
  script = await bundleScript('test/browser/entry.ts');
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

beforeEach((context) => {
  context.skip(!browser, 'no Chromium starts here');
});

describe('vectors in a page opened from the disk', () => {
  let open: OpenPage;
  beforeAll(async () => {
    if (!browser) return;
    const policy = pagePolicy(script);
    open = await openPage(inlinePage({ title: 'holdfast vectors', script, policy }), 'offline');
  });

  test.each(Object.keys(VECTOR_SUITES))('%s', async (name) => {
    const result = await open.page.evaluate((suite) => globalThis.testPage.runSuite(suite), name);
    console.info(`${name}: ${result.checked} comparisons in the browser`);
    expect(result.failures).toEqual([]);
    expect(result.checked).toBeGreaterThan(0);
    expect(open.requests).toEqual([]);
    expect(open.errors).toEqual([]);
  });
});

describe('an intruder in the page', () => {
  const SCRIPTS = ['data', 'eval', 'handler', 'inline', 'link', 'timer'];
  const SENT = [
    ...['/beacon', '/events', '/fetch', '/font', '/form', '/frame', '/image', '/object', '/prefetch'],
    ...['/script.js', '/socket', '/style', '/video', '/worker.js', '/xhr'],
  ];
  const DIRECTIVES = [
    ...['connect-src', 'default-src', 'font-src', 'form-action', 'frame-src', 'img-src', 'media-src'],
    ...['object-src', 'script-src', 'script-src-attr', 'script-src-elem', 'style-src-elem', 'worker-src'],
  ];
  const patience = { timeout: 30_000 };

  async function intrude(page: Page): Promise<readonly string[]> {
    const { origin, reached } = await openTrap();
    await page.evaluate((to) => {
      globalThis.testPage.startIntrusion(to);
    }, origin);
    return reached;
  }

  const seenBy = (page: Page): Promise<Intrusion> => page.evaluate(() => globalThis.testPage.intrusion());

  test('runs nothing and sends nothing under the policy', async () => {
    const html = inlinePage({ title: 'policy', script, policy: pagePolicy(script) });
    const { page } = await openPage(html, 'online');
    const reached = await intrude(page);
    // Each attempt that is stopped is reported; once all were, none is still under way.
    await expect.poll(async () => (await seenBy(page)).stoppedBy.sort(), patience).toEqual(DIRECTIVES);
    expect((await seenBy(page)).ran).toEqual([]);
    expect(reached).toEqual([]);
  });

  test('would run and send without it, and be seen', async () => {
    const { page, requests } = await openPage(inlinePage({ title: 'no policy', script }), 'online');
    const reached = await intrude(page);
    await expect.poll(() => reached.toSorted(), patience).toEqual(SENT);
    await expect.poll(async () => (await seenBy(page)).ran.sort(), patience).toEqual(SCRIPTS);
    expect(requests.map((url) => new URL(url).pathname)).toContain('/fetch');
  });
});
