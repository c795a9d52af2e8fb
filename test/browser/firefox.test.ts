// The recovery page in Firefox, from the disk, under its own policy: whole recoveries by photos, by typed
// rows and by a camera, cards and packages that are wrong, the vault saved, an intruder stopped. Where no
// Firefox is installed these tests are left out, and say so; what they ask is asked of Chromium too.

import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recoveryPage } from '../../.ci/build-page.js';
import { bundleScript, inlinePage, pagePolicy } from '../../.ci/bundle.js';
import { EMPTY_BLOCK, putBlock } from '../../src/escrow/page-block.ts';
import type { PageBlock } from '../../src/escrow/page-block.ts';
import { startFirefox } from '../support/firefox.ts';
import { countEntries, isKeePassXcInstalled, keepassxc, sayIfLeftOut } from '../support/keepassxc.ts';
import { VECTOR_SUITES } from '../support/vector-suites.ts';
import {
  BLOCK,
  ceremony,
  forgedRows,
  NAME,
  older,
  PACKAGE,
  photoOfRows,
  rowsOf,
  withSlips,
} from '../page/sample.ts';
import type { Intrusion } from './intruder.ts';
import { openTrap } from './trap.ts';

let browser: Browser | undefined;
let folder: string;
let template: string;
let script: string;
let opened = 0;

beforeAll(async () => {
  sayIfLeftOut('opening a vault that the page wrote in Firefox');
  folder = await mkdtemp(join(tmpdir(), 'holdfast-firefox-'));
  const search = await startFirefox(folder);
  browser = search.browser;
  if (search.browser) console.info(`the recovery page is tested in: ${search.origin}`);
  else console.warn(`Firefox tests were LEFT OUT:\n  ${search.reasons.join('\n  ')}`);
  [template, script] = await Promise.all([recoveryPage(EMPTY_BLOCK), bundleScript('test/browser/entry.ts')]);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

beforeEach((context) => {
  context.skip(!browser, 'no Firefox is installed here');
});

interface Watched {
  readonly page: Page;
  readonly requests: string[];
  readonly errors: string[];
}

/** Opens a page from the disk; what it asks for beyond itself and its own memory is noted. */
async function openHtml(html: string): Promise<Watched> {
  opened += 1;
  const path = join(folder, `page-${opened}.html`);
  await writeFile(path, html);
  const url = pathToFileURL(path).href;
  const page = await browser!.newPage();
  page.setDefaultTimeout(20_000);
  const watched: Watched = { page, requests: [], errors: [] };
  page.on('request', (request) => {
    if (request.url() !== url && !/^(?:blob|data):/.test(request.url())) watched.requests.push(request.url());
  });
  page.on('pageerror', (error) => watched.errors.push(String(error)));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(url);
  return watched;
}

let shown: Watched | undefined;

afterEach(async () => {
  if (!shown) return;
  const { page, requests, errors } = shown;
  shown = undefined;
  await page.close();
  expect(requests).toEqual([]);
  expect(errors).toEqual([]);
});

async function show(block?: PageBlock, change: (html: string) => string = (html) => html): Promise<Page> {
  shown = await openHtml(change(block ? putBlock(template, block) : template));
  await shown.page.waitForSelector('h1');
  return shown.page;
}

/** Gives files by the page's own button. */
async function choose(
  page: Page,
  ...files: readonly (readonly [string, Uint8Array | string])[]
): Promise<void> {
  const paths = await Promise.all(
    files.map(async ([name, bytes]) => {
      const given = join(await mkdtemp(join(folder, 'given-')), name);
      await writeFile(given, bytes);
      return given;
    }),
  );
  const input = (await page.waitForSelector('input[type=file]'))!;
  await input.uploadFile(...paths);
}

const photo = (rows: readonly string[], name = 'card.png'): readonly [string, Uint8Array] => [
  name,
  photoOfRows(rows),
];
const says = async (page: Page, text: string): Promise<void> => {
  await page.waitForFunction((words) => document.body.innerText.includes(words), {}, text);
};
const press = async (page: Page, label: string): Promise<void> => {
  await page.locator(`::-p-xpath(//button[normalize-space()="${label}"])`).click();
};
const boxes = (page: Page): Promise<string[]> =>
  page.$$eval('.box h2', (headings) => headings.map(({ innerText }) => innerText));
const isOpened = async (page: Page): Promise<void> => {
  await page.waitForSelector('[data-screen=opened]');
};

/** Where Firefox saved a file, once all of it is there. */
async function savedFile(name: string): Promise<string> {
  const path = join(folder, name);
  const size = (of: string): number => statSync(of, { throwIfNoEntry: false })?.size ?? 0;
  await expect.poll(() => size(path) > 0 && size(`${path}.part`) === 0, { timeout: 20_000 }).toBe(true);
  return path;
}

describe('in Firefox', () => {
  test('a recovery by photos, strays named, and the vault saved for KeePassXC', async () => {
    const page = await show(BLOCK);
    await choose(page, photo(rowsOf(ceremony, 1)), photo(rowsOf(older, 2)), photo(forgedRows(3)));
    await says(page, 'Two more gold cards');
    await says(page, 'forged');
    expect(await boxes(page)).toEqual([
      'Card 1 · good',
      'Card 2 · other set',
      'Card 3 · forged',
      'Next card',
    ]);
    await choose(page, photo(rowsOf(ceremony, 4)), photo(rowsOf(ceremony, 5)));
    await isOpened(page);
    await press(page, 'Save');
    await press(page, 'Make one up');
    await page.waitForSelector('.v-made strong');
    const passphrase = await page.$eval('.v-made strong', (words) => words.innerText);
    await press(page, 'Write the file');
    const saved = await savedFile('vault-42.kdbx');
    if (!isKeePassXcInstalled) return;
    expect(countEntries(saved, passphrase)).toBe(1);
    const entry = keepassxc('search', passphrase, saved, 'Firewall').trim();
    expect(keepassxc('show', passphrase, '-s', '-a', 'Password', saved, entry)).toBe('correct horse\n');
  });

  test('a recovery by typed rows with two typing errors', async () => {
    const page = await show(BLOCK);
    await press(page, 'Type the rows');
    for (const card of [2, 3, 5]) {
      const [one, two, three, four] = rowsOf(ceremony, card);
      await page.keyboard.type(one!.toLowerCase() + withSlips(two!, 5) + withSlips(three!, 9));
      await page.keyboard.type(four!);
      if (card !== 5) await says(page, `Card ${card} · good, repaired`);
    }
    await isOpened(page);
  });

  test('a card held up to the camera', async () => {
    const page = await show(BLOCK);
    const address = `data:image/png;base64,${Buffer.from(photoOfRows(rowsOf(ceremony, 3))).toString('base64')}`;
    // Firefox plays no video as a camera: the browser's side is a canvas with the picture of a card.
    await page.evaluate(async (source) => {
      const picture = new Image();
      picture.src = source;
      await picture.decode();
      const canvas = Object.assign(document.createElement('canvas'), {
        width: picture.width,
        height: picture.height,
      });
      const draw = (): void => {
        canvas.getContext('2d')?.drawImage(picture, 0, 0);
        requestAnimationFrame(draw);
      };
      draw();
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(10));
    }, address);
    await press(page, 'Use the camera');
    await says(page, 'Card 3 · good');
    await says(page, 'Two more gold cards');
    await press(page, 'Stop the camera');
    await choose(page, photo(rowsOf(ceremony, 1)), photo(rowsOf(ceremony, 2)));
    await isOpened(page);
  });

  test('a damaged package is said, and another copy opens with the same cards', async () => {
    const bytes = Uint8Array.from(PACKAGE);
    bytes[bytes.length - 40]! ^= 1;
    const page = await show({ ...BLOCK, package: { name: NAME, bytes } });
    await says(page, 'This copy is damaged');
    await choose(page, ...[1, 2, 3].map((card) => photo(rowsOf(ceremony, card))));
    await says(page, 'This copy of the package is damaged');
    await press(page, 'Choose another file');
    await choose(page, [NAME, PACKAGE]);
    await isOpened(page);
  });

  test('a page whose own data are damaged works without them', async () => {
    const page = await show(BLOCK, (html) => html.replace('"base64":"', '"base64":"?'));
    await says(page, 'What this page carried of its escrow is damaged');
    await choose(page, [NAME, PACKAGE]);
    await says(page, 'The first card');
    await choose(page, ...[1, 2, 3].map((card) => photo(rowsOf(ceremony, card))));
    await isOpened(page);
  });

  test.each(Object.keys(VECTOR_SUITES))('vectors of %s', async (name) => {
    shown = await openHtml(inlinePage({ title: 'vectors', script, policy: pagePolicy(script) }));
    const result = await shown.page.evaluate((suite) => globalThis.testPage.runSuite(suite), name);
    expect(result.failures).toEqual([]);
    expect(result.checked).toBeGreaterThan(0);
  });
});

describe('an intruder in Firefox', () => {
  const patience = { timeout: 20_000 };

  /** What reached a server of ours, and which scripts ran. */
  async function intrude(
    policy?: string,
  ): Promise<{ reached: readonly string[]; seen: () => Promise<Intrusion> }> {
    const { origin, reached } = await openTrap();
    const { page } = await openHtml(inlinePage({ title: 'policy', script, ...(policy ? { policy } : {}) }));
    onTestFinished(() => page.close());
    await page.evaluate((to) => {
      globalThis.testPage.startIntrusion(to);
    }, origin);
    return { reached, seen: () => page.evaluate(() => globalThis.testPage.intrusion()) };
  }

  test('runs nothing and sends nothing under the policy', async () => {
    const { reached, seen } = await intrude(pagePolicy(script));
    // Firefox names the directive it fell back to; each of these was tried and stopped.
    const stopped = ['connect-src', 'script-src-elem', 'img-src', 'form-action', 'font-src', 'frame-src'];
    await expect
      .poll(async () => (await seen()).stoppedBy, patience)
      .toEqual(expect.arrayContaining(stopped));
    expect((await seen()).ran).toEqual([]);
    expect(reached).toEqual([]);
  });

  test('would run and send without it, and be seen', async () => {
    const { reached, seen } = await intrude();
    const scripts = ['eval', 'handler', 'inline', 'timer'];
    const sent = ['/fetch', '/font', '/form', '/image', '/socket', '/xhr'];
    await expect.poll(async () => (await seen()).ran, patience).toEqual(expect.arrayContaining(scripts));
    await expect.poll(() => [...reached], patience).toEqual(expect.arrayContaining(sent));
  });
});
