// The vault view in a real browser, from the disk, offline, under the page's policy. Without any Chromium
// these tests are left out, and say so.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenedPackage } from '../../src/page/opened.ts';
import { BOUNDS } from '../../src/page/vault/bounds.ts';
import { parseTotp } from '../../src/vault/totp.ts';
import { totpCode } from '../../src/vault/totp-code.ts';
import { readCsvColumns } from '../../src/vault/writers/csv-columns.ts';
import { ITEMS, openedPackage, SEED } from '../page/vault/sample.ts';
import { startBrowser } from '../support/browser.ts';
import { entry } from '../support/full-vault.ts';
import { countEntries, isKeePassXcInstalled, keepassxc, sayIfLeftOut } from '../support/keepassxc.ts';
import { stageVault } from './vault-stage.ts';
import type { OpenPage } from './stage.ts';
import type { VaultStage } from './vault-stage.ts';

let stage: VaultStage | undefined;
let closeBrowser: (() => Promise<void>) | undefined;
let shown: OpenPage | undefined;
let folder = '';

beforeAll(async () => {
  sayIfLeftOut('opening a vault that the page wrote');
  folder = await mkdtemp(join(tmpdir(), 'holdfast-saved-'));
  const search = await startBrowser();
  if (search.browser) {
    const { browser } = search;
    stage = await stageVault(browser);
    closeBrowser = () => browser.close();
  } else {
    console.warn(`vault tests were LEFT OUT, no Chromium starts here:\n  ${search.reasons.join('\n  ')}`);
  }
});

afterAll(async () => {
  await stage?.close();
  await closeBrowser?.();
  await rm(folder, { recursive: true });
});

beforeEach((context) => {
  context.skip(!stage, 'no Chromium starts here');
});

afterEach(async () => {
  if (!shown) return;
  const { page, requests, errors } = shown;
  shown = undefined;
  await page.context().close();
  expect(requests).toEqual([]);
  expect(errors).toEqual([]);
});

const sample = await openedPackage();

async function show(opened: OpenedPackage = sample, options?: BrowserContextOptions): Promise<Page> {
  shown = await stage!.show({ ...opened, startedAt: Date.now() }, options);
  return shown.page;
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

/** The titles of the rows that are elements now. */
const rows = (page: Page): Promise<string[]> => page.locator('.v-row .v-name button').allInnerTexts();
const search = (page: Page, text: string): Promise<void> => page.locator('.v-search').fill(text);

async function saved(page: Page, act: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const openAll = async (page: Page): Promise<void> => {
  await press(page, 'Search all entries');
};

describe('the open vault', () => {
  test('begins with the order, our own systems first, and what to know before', async () => {
    const page = await show();
    expect(await page.locator('h1').innerText()).toBe('First our own systems');
    const order = await page.locator('.v-order .v-client').allInnerTexts();
    expect(order.slice(0, 5).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      '0 Own systems tier 0',
      '1 Riverside Clinic tier 1',
      '2 Oak Street Dental tier 2',
      '3 Harbor Foods tier 3',
      '4 Payroll Partners tier 4',
    ]);
    const warnings = await page.locator('.v-warnings').innerText();
    expect(warnings).toContain('A newer package exists');
    expect(warnings).toContain('old (Keeper) is not in this list');
    const original = await saved(page, () => press(page, 'Save the original'));
    expect(original.name).toBe('old.dat');
    expect(await readFile(original.path, 'utf8')).toBe('not an export');
    await press(page, 'Read the recovery plan');
    expect(await page.locator('.v-plan').innerText()).toContain('Isolate what is infected.');
  });

  test('shows passwords only when asked, codes as the library has them, and counts what was shown', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    expect(await rows(page)).toEqual(['Identity provider', 'RMM console']);
    expect(await page.locator('body').innerHTML()).not.toContain('pw-idp');
    // A code may change between two looks.
    const seed = parseTotp(SEED);
    const before = await totpCode(seed, Date.now());
    await expect.poll(() => page.locator('.v-digits span').first().innerText()).toMatch(/^\d{3} \d{3}$/);
    const code = (await page.locator('.v-digits span').first().innerText()).replace(' ', '');
    expect([before, await totpCode(seed, Date.now())]).toContain(code);
    await press(page, 'Show password of Identity provider');
    await page.getByText('pw-idp').waitFor();
    expect(await page.locator('.v-counted').innerText()).toBe('1 entry revealed one by one so far');
    await press(page, 'Show password of Identity provider');
    expect(await page.locator('body').innerHTML()).not.toContain('pw-idp');
  });

  test('asks why a client is opened out of turn, and lets who answers', async () => {
    const page = await show();
    await press(page, /^Harbor Foods tier 3/);
    expect(await page.locator('dialog').innerText()).toContain('The order says Own systems comes first');
    await page.keyboard.press('Escape');
    expect(await page.locator('.v-list').count()).toBe(0);
    // A search is no way around it.
    await openAll(page);
    await search(page, 'erp');
    await press(page, 'Show password of ERP');
    await press(page, 'Open and note the reason');
    expect(await page.locator('dialog').isVisible()).toBe(true);
    expect(await page.locator('dialog').innerText()).toContain('Write a reason first');
    await page.getByLabel('Reason').last().fill('the ransom note names them');
    await press(page, 'Open and note the reason');
    await page.getByText('pw-erp').waitFor();
    await press(page, /^Log/);
    const log = await page.locator('.v-log').innerText();
    expect(log).toContain('Harbor Foods opened before Own systems: the ransom note names them');
    const file = await saved(page, () => press(page, 'Save the log'));
    const text = await readFile(file.path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      type: 'holdfast reveal log v1',
      events: [
        { kind: 'client', client: 'Harbor Foods', reason: 'the ransom note names them' },
        { kind: 'entry', part: 'password', how: 'shown', entry: { id: 'erp' } },
      ],
    });
    expect(text).not.toContain('pw-');
  });

  test('has all of an entry, and the way back to the same list', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    await press(page, 'Mark as done');
    expect(await page.locator('h1').innerText()).toBe('Next: Riverside Clinic');
    await press(page, 'Open Riverside Clinic');
    await search(page, 'dc01');
    await press(page, 'Domain admin · DC01');
    const text = await page.locator('.v-entry').innerText();
    for (const part of ['administrator@clinic.local', 'https://dc01.clinic.example', 'A-17', 'bitlocker.txt'])
      expect(text).toContain(part);
    const html = await page.locator('body').innerHTML();
    for (const secret of ['pw-dc', 'hidden-dsrm', 'iLO only']) expect(html).not.toContain(secret);
    await press(page, 'Show DSRM');
    await page.getByText('hidden-dsrm').waitFor();
    await press(page, /^Show Notes/);
    await page.getByText('Second line.').waitFor();
    const file = await saved(page, () => press(page, 'Save bitlocker.txt'));
    expect(await readFile(file.path, 'utf8')).toBe('key protector');
    await press(page, 'Back to the list');
    expect(await page.locator('.v-search').inputValue()).toBe('dc01');
    expect(await rows(page)).toEqual(['Domain admin · DC01']);
  });

  test('without a single export that can be read, has the originals to save', async () => {
    const { manifest } = sample;
    const page = await show({ ...sample, manifest: { ...manifest, sources: manifest.sources.slice(1) } });
    expect(await page.locator('h1').innerText()).toBe('No export could be read here');
    await press(page, 'Save the originals');
    const file = await saved(page, () => press(page, 'Save exports/old/old.dat'));
    expect(await readFile(file.path, 'utf8')).toBe('not an export');
    expect(await page.getByRole('button', { name: 'Write the file' }).count()).toBe(0);
  });

  test('has what the owner attached at hand, shows a text when asked, and notes it', async () => {
    const { manifest, files } = sample;
    const path = 'attachments/recovery-codes.txt';
    const bytes = new TextEncoder().encode('0000-1111 is the code of the firewall');
    const attachments = [{ path, size: bytes.length, sha256: '00'.repeat(32) }];
    const page = await show({
      ...sample,
      manifest: { ...manifest, attachments },
      files: new Map([...files, [path, bytes]]),
    });
    expect(await page.locator('.v-attached').innerText()).toContain('recovery-codes.txt');
    expect(await page.locator('body').innerHTML()).not.toContain('0000-1111');
    await press(page, 'Show recovery-codes.txt');
    await page.getByText('0000-1111 is the code').waitFor();
    await press(page, /^Log/);
    expect(await page.locator('.v-log').innerText()).toContain(`original shown: ${path}`);
    await press(page, /^Save$/);
    expect(await page.locator('.v-save').innerText()).not.toContain('themselves locked');
  });

  test('speaks another language on demand, on the same screen', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    await press(page, 'Show password of Identity provider');
    await page.getByLabel('Language').selectOption('de');
    expect(await page.locator('h1').innerText()).toBe('Own systems');
    expect(await rows(page)).toEqual(['Identity provider', 'RMM console']);
    expect(await page.locator('.v-counted').innerText()).toContain('1 Eintrag');
    expect(await page.locator('body').innerHTML()).not.toContain('pw-idp');
    await press(page, /^Tresor/);
    expect(await page.locator('.v-warnings').innerText()).toContain('Es gibt ein neueres Paket');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await press(page, 'Sperren');
    await press(page, 'Jetzt sperren');
    await expect.poll(() => page.locator('h1').innerText()).toBe('Gesperrt');
  });

  test('goes by keyboard alone', async () => {
    const page = await show();
    await openAll(page);
    await page.keyboard.type('portal');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Bank portal');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    await page.keyboard.type('call with the carrier');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').innerText()).toBe('ISP portal');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });
});

/** Entries that tables of the sample have none of. */
const ODD_ITEMS = [
  entry({
    id: 'zoe',
    title: 'Zoë',
    containerIds: ['own'],
    identity: { firstName: 'Zoë', ssn: '123-45-6789', email: 'zoe@mail.example.test', guildNumber: '7' },
  }),
  entry({
    id: 'visa',
    title: 'Company card',
    containerIds: ['own'],
    card: { cardholderName: 'Z. Ng', brand: 'Visa', number: '4111222233334444', expMonth: '8', code: '987' },
    fields: [{ name: 'code', value: 'of a door', kind: 'text' }],
  }),
  entry({ id: 'lost', title: 'Lost', password: 'pw-lost' }),
];

describe('what a newcomer stumbled over', () => {
  const open = async (options?: BrowserContextOptions): Promise<Page> =>
    show(await openedPackage([...ITEMS.slice(0, 2), ...ODD_ITEMS]), options);

  test('fields of people and payment cards have names, and their numbers are covered', async () => {
    const page = await open();
    await press(page, 'Open Own systems');
    await press(page, 'Zoë');
    const names = (): Promise<string[]> => page.locator('.v-line dt').allInnerTexts();
    expect(await names()).toEqual(['First name', 'Social security number', 'Email', 'guildNumber']);
    expect(await page.locator('body').innerHTML()).not.toContain('123-45');
    expect(await page.locator('.v-plain').nth(1).innerHTML()).toBe('zoe@<wbr>mail.<wbr>example.<wbr>test');
    await press(page, 'Show Social security number');
    await page.getByText('123-45-6789').waitFor();
    await press(page, 'Back to the list');
    await press(page, 'Company card');
    expect(await names()).toEqual([
      'Name on the card',
      'Card type',
      'Number',
      'Expiry month',
      'Security code',
      'code',
    ]);
    expect(await page.locator('.v-plain').allInnerTexts()).toEqual(['Z. Ng', 'Visa', '8', 'of a door']);
    expect(await page.locator('body').innerHTML()).not.toContain('4111222233334444');
    await press(page, /^Log/);
    expect(await page.locator('.v-event').first().innerText()).toContain(
      'field Social security number shown',
    );
  });

  test('entries of no client in the list are one press away', async () => {
    const page = await open();
    expect(await page.locator('.v-warnings').innerText()).toContain(
      '1 entry belongs to no client in the list.',
    );
    await press(page, 'Show it');
    expect(await page.locator('.v-list h1').innerText()).toBe('Entries of no client in the list');
    expect(await rows(page)).toEqual(['Lost']);
    await press(page, 'Lost');
    expect(await page.locator('dialog h2').innerText()).toBe('Entries in no folder are out of turn');
  });

  test('a client without entries gives no file; who saves out of turn is asked for a reason to save', async () => {
    const page = await open();
    await press(page, /^Save$/);
    const which = page.getByLabel('Which entries');
    const empty = which.locator('option').filter({ hasText: 'Harbor Foods' });
    expect(await empty.innerText()).toBe('Harbor Foods · no entries');
    expect(await empty.isDisabled()).toBe(true);
    await page.getByLabel('As', { exact: true }).selectOption('csv');
    await which.selectOption({ label: '(no folder) · 1 entry' });
    await press(page, 'Write the file');
    await page.getByRole('button', { name: 'Save and note the reason' }).waitFor();
    await page.keyboard.press('Escape');
    await press(page, 'Vault');
    await press(page, /^Harbor Foods/);
    await page.getByLabel('Reason').last().fill('asked');
    await press(page, 'Open and note the reason');
    expect(await page.getByRole('button', { name: 'Save these entries' }).count()).toBe(0);
  });

  test('locking asks once and names its price', async () => {
    const page = await open();
    await press(page, /^Lock$/);
    expect(await page.locator('dialog').innerText()).toContain('the cards have to be shown again');
    await press(page, 'Keep it open');
    expect(await page.locator('h1').innerText()).toBe('First our own systems');
    await press(page, /^Lock$/);
    await press(page, 'Lock now');
    await expect.poll(() => page.locator('h1').innerText()).toBe('Locked');
  });

  test('the log can be saved as a text that people read', async () => {
    const page = await open();
    await press(page, 'Open Own systems');
    await press(page, 'Save these entries');
    await page.getByLabel('As', { exact: true }).selectOption('csv');
    await saved(page, () => press(page, 'Write the file'));
    await press(page, /^Log/);
    const file = await saved(page, () => press(page, 'Save it as readable text'));
    expect(file.name).toMatch(/^reveal-log-.*\.txt$/);
    const text = await readFile(file.path, 'utf8');
    expect(text).toContain('All entries of Own systems left this page as a file');
    expect(text).toContain('4 entries of Own systems saved as Table (.csv)');
    expect(text).not.toContain('pw-');
  });

  test('what is in the bin is counted apart, in lists and in the log', async () => {
    const thrown = ['a', 'b'].map((id) =>
      entry({ id, title: id, password: 'pw-old', containerIds: ['own'], state: 'trashed' }),
    );
    const page = await show(await openedPackage([...ITEMS.slice(0, 3), ...thrown]));
    expect(await page.locator('.v-counts').innerText()).toContain('3 entries');
    await openAll(page);
    expect(await page.locator('.v-count').innerText()).toBe('3 entries · 2 in the bin');
    await press(page, /^Save$/);
    await page.getByLabel('As', { exact: true }).selectOption('csv');
    await saved(page, () => press(page, 'Write the file'));
    await press(page, /^Log/);
    expect(await page.locator('.v-event').first().innerText()).toContain('5 entries (2 in the bin) saved as');
  });

  test('a search that finds nothing in one client goes on among all in one press', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    await search(page, 'firewall');
    await press(page, 'Search all entries: 1 found');
    expect(await page.locator('h1').innerText()).toBe('All entries');
    expect(await page.locator('.v-search').inputValue()).toBe('firewall');
    expect(await rows(page)).toEqual(['Firewall · main site']);
    await press(page, /^Own systems/);
    await search(page, 'zzzz');
    await page.getByText('nothing among all other entries').waitFor();
    expect(await page.getByRole('button', { name: /^Search all entries/ }).isVisible()).toBe(false);
  });

  test('only a login lacks a password', async () => {
    const page = await show(
      await openedPackage([
        entry({ id: 'wifi', title: 'Wi-Fi', containerIds: ['own'] }),
        entry({ id: 'memo', type: 'note', title: 'Memo', notes: 'call', containerIds: ['own'] }),
      ]),
    );
    await openAll(page);
    const told = (title: string): Promise<string> =>
      page.locator('.v-row').filter({ hasText: title }).locator('.v-password').innerText();
    expect(await told('Wi-Fi')).toBe('no password');
    expect(await told('Memo')).toBe('');
  });

  test.each([
    [1366, 768],
    [360, 740],
  ])('at %i by %i the notice of the clipboard leaves the last rows free', async (width, height) => {
    const many = Array.from({ length: 30 }, (_, at) =>
      entry({ id: `e${at}`, title: `Server ${at}`, password: `p${at}`, containerIds: ['own'] }),
    );
    const page = await show(await openedPackage(many, { clients: '' }), {
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width, height },
    });
    await openAll(page);
    await press(page, 'Copy password of Server 0');
    await page.getByText(/On the clipboard for \d+ s/).waitFor();
    await page.locator('.v-scroller').evaluate((scroller) => {
      scroller.scrollIntoView({ block: 'end' });
      scroller.scrollTop = scroller.scrollHeight;
    });
    const last = page.getByRole('button', { name: 'Show password of Server 29' });
    await last.waitFor();
    const [button, notice] = [(await last.boundingBox())!, (await page.locator('.v-notice').boundingBox())!];
    expect(button.y + button.height).toBeLessThanOrEqual(notice.y);
  });

  test('on a phone the search has the cursor, and an entry without a password says so', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await openAll(page);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('v-search');
    const row = page.locator('.v-row').filter({ hasText: 'Zoë' });
    expect(await row.locator('.v-password').innerText()).toBe('no password');
  });

  test('on a phone the buttons of an attached file stand side by side', async () => {
    const { manifest, files } = sample;
    const path = 'attachments/recovery-codes-of-the-firewall-at-the-main-site.txt';
    const bytes = new TextEncoder().encode('codes');
    const attachments = [{ path, size: bytes.length, sha256: '00'.repeat(32) }];
    const page = await show(
      { ...sample, manifest: { ...manifest, attachments }, files: new Map([...files, [path, bytes]]) },
      { viewport: { width: 390, height: 844 } },
    );
    const tops = await page
      .locator('.v-attached button')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
  });

  test('the numbers before the clients are explained', async () => {
    const page = await open();
    expect(await page.locator('.v-order').innerText()).toContain('The number is the tier: 0 comes first.');
  });
});

describe('the clipboard and the lock', () => {
  test('a copied password leaves the clipboard when its time is over', async () => {
    const page = await show(sample, { permissions: ['clipboard-read', 'clipboard-write'] });
    const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await press(page, 'Open Own systems');
    await page.clock.install();
    await press(page, 'Copy password of RMM');
    await page.getByText(/On the clipboard for \d+ s/).waitFor();
    expect(await clipboard()).toBe('pw-rmm');
    await page.clock.runFor(BOUNDS.clipboardMs + 2_000);
    await expect.poll(clipboard).toBe('');
    await page.locator('.v-notice').waitFor({ state: 'hidden' });
  });

  test('what cannot be put on the clipboard is said, and nothing is left on it in another way', async () => {
    const page = await show(sample, { permissions: ['clipboard-read', 'clipboard-write'] });
    await press(page, 'Open Own systems');
    await page.evaluate(async () => {
      await navigator.clipboard.writeText('before');
      Object.defineProperty(Object.getPrototypeOf(navigator.clipboard), 'writeText', {
        value: () => Promise.reject(new Error('no')),
      });
    });
    await press(page, 'Copy password of RMM');
    await page.locator('.v-notice.bad').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('before');
    expect(await page.locator('.v-counted').innerText()).toBe('');
  });

  test('a copy whose time is over is not called stuck on the way', async () => {
    const page = await show(sample, { permissions: ['clipboard-read', 'clipboard-write'] });
    await press(page, 'Open Own systems');
    await page.clock.install();
    await press(page, 'Copy password of RMM');
    await page.getByText(/On the clipboard for \d+ s/).waitFor();
    await page.evaluate(() => {
      const seen: string[] = [];
      (globalThis as unknown as { seen: string[] }).seen = seen;
      const notice = document.querySelector('.v-notice')!;
      new MutationObserver(() => seen.push(notice.className)).observe(notice, {
        attributes: true,
        subtree: true,
        childList: true,
      });
    });
    await page.clock.runFor(BOUNDS.clipboardMs + 2_000);
    await page.locator('.v-notice').waitFor({ state: 'hidden' });
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((name) => name.includes('bad'))).toEqual([]);
  });

  test('left alone it warns, then nothing secret is in the page, and the log can be saved', async () => {
    const page = await show();
    await page.clock.install();
    await press(page, 'Open Own systems');
    await press(page, 'Show password of RMM');
    await page.getByText('pw-rmm').waitFor();
    await page.clock.runFor(BOUNDS.idleMs - BOUNDS.idleWarningMs + 1_000);
    await page.getByText(/The page locks in \d+ s/).waitFor();
    await page.clock.runFor(BOUNDS.idleWarningMs);
    await expect.poll(() => page.locator('h1').innerText()).toBe('Locked');
    const html = await page.content();
    for (const text of ['pw-rmm', 'RMM console', 'breakglass@msp.test']) expect(html).not.toContain(text);
    const file = await saved(page, () => press(page, 'Save the log'));
    const { events } = JSON.parse(await readFile(file.path, 'utf8')) as { events: unknown[] };
    expect(events.at(-1)).toMatchObject({ kind: 'locked', by: 'idle' });
    // With the log saved nothing asks before the page is loaded again.
    await Promise.all([page.waitForEvent('load'), press(page, 'Open again')]);
  });

  test('a file that is written while somebody locks does not leave, and the log does not say so', async () => {
    const page = await show();
    await press(page, 'Save');
    await page.getByLabel('As', { exact: true }).selectOption('csv');
    await page.evaluate(() => {
      const named = (name: string): HTMLButtonElement | undefined =>
        [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
      named('Lock')?.click();
      named('Write the file')?.click();
      named('Lock now')?.click();
    });
    const file = await saved(page, () => press(page, 'Save the log'));
    expect(file.name).toMatch(/^reveal-log-/);
    const { events } = JSON.parse(await readFile(file.path, 'utf8')) as { events: { kind: string }[] };
    await page.waitForTimeout(500);
    expect(events.map(({ kind }) => kind)).toEqual(['locked']);
    // What was saved is all there was: nothing asks before the page is loaded again.
    await Promise.all([page.waitForEvent('load'), press(page, 'Open again')]);
  });

  test('on paper there is the plan and nothing of the vault', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    expect(printed).toContain('The vault does not print');
    expect(printed).not.toContain('RMM console');
    await page.emulateMedia({ media: 'screen' });
    await press(page, 'Plan');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('body').innerText()).toContain('Call the owner');
    // With its backgrounds printed, a page in the dark scheme would be black on black.
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.locator('html, .v-sheet, .v-plan pre').evaluateAll((all) =>
      all.map((each) => {
        const { color, backgroundColor, colorScheme } = getComputedStyle(each);
        return `${color} on ${backgroundColor}, ${colorScheme}`;
      }),
    );
    expect([...new Set(colours)].sort()).toEqual([
      'rgb(0, 0, 0) on rgb(255, 255, 255), light',
      'rgb(0, 0, 0) on rgba(0, 0, 0, 0), light',
    ]);
  });
});

describe('saving', () => {
  test('a KeePass file that KeePassXC opens, its password shown until somebody leaves', async () => {
    const page = await show(sample, { permissions: ['clipboard-read', 'clipboard-write'] });
    await press(page, 'Save');
    await page.getByLabel('Password for the new file').fill('short');
    await press(page, 'Write the file');
    await page.getByText('At least 12 characters.').waitFor();
    await press(page, 'Make one up');
    const passphrase = await page.locator('.v-made strong').innerText();
    expect(passphrase.split(' ')).toHaveLength(7);
    const file = await saved(page, () => press(page, 'Write the file'));
    expect(file.name).toBe('vault-42.kdbx');
    await page.getByText('Saved as vault-42.kdbx').waitFor();
    await page.getByText('Open it with KeePassXC and this password.').waitFor();
    // It stays until somebody leaves the screen: the file is of no use without it.
    expect(await page.locator('.v-made strong').innerText()).toBe(passphrase);
    await press(page, 'Copy Password for the new file');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(passphrase);
    await press(page, /^Log/);
    expect(await page.content()).not.toContain(passphrase);
    expect(await page.locator('.v-meaning').allInnerTexts()).toEqual([
      'All entries left this page as a file: all of their passwords have to be changed.',
    ]);
    expect(await page.locator('.v-event').first().innerText()).toContain(
      'saved as KeePass file (.kdbx), encrypted',
    );
    if (!isKeePassXcInstalled) return;
    const path = join(folder, file.name);
    await writeFile(path, await readFile(file.path));
    expect(countEntries(path, passphrase)).toBe(ITEMS.length);
    const shown = keepassxc('show', passphrase, '-s', path, 'Own systems/RMM console');
    expect(shown).toContain('Password: pw-rmm');
  });

  test('one client as a table, with the warning that it is open', async () => {
    const page = await show();
    await press(page, 'Open Own systems');
    await press(page, 'Save these entries');
    await page.getByLabel('As', { exact: true }).selectOption('csv');
    const file = await saved(page, () => press(page, 'Write the file'));
    expect(file.name).toBe('vault-42-own-systems.csv');
    const { items } = readCsvColumns(await readFile(file.path));
    expect(items.map(({ password }) => password)).toEqual(['pw-idp', 'pw-rmm']);
    await page.getByText('Anybody who gets this file can read it').waitFor();
  });
});

describe('a large vault', () => {
  const COUNT = 50_000;

  test('lists 50,000 entries with a handful of elements, and finds one while typing', async () => {
    const many = Array.from({ length: COUNT }, (_, at) =>
      entry({
        id: `e${at}`,
        title: `Server ${at}`,
        username: `admin${at}`,
        password: `p${at}`,
        containerIds: ['own'],
      }),
    );
    const page = await show(await openedPackage(many, { clients: '' }));
    await openAll(page);
    expect(await page.locator('.v-count').innerText()).toMatch(/^50[,.]?000 entries$/);
    const most = 60;
    expect((await rows(page)).length).toBeLessThan(most);
    await page.locator('.v-scroller').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    await expect.poll(async () => (await rows(page)).at(-1)).toBe(`Server ${COUNT - 1}`);
    expect((await rows(page)).length).toBeLessThan(most);
    expect(await page.locator('.v-row').last().getAttribute('aria-posinset')).toBe(String(COUNT));
    await search(page, 'admin4711');
    await expect.poll(async () => (await rows(page))[0]).toBe('Server 4711');
    expect(await page.locator('.v-count').innerText()).toBe('11 found');
    expect((await rows(page)).length).toBeLessThan(most);
  });
});
