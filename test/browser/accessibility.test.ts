// Every screen of the page against WCAG 2.2 AA, by axe, light and dark, on a laptop and on a phone. What a
// machine can see: contrast, names, roles, order. Without any Chromium these tests are left out, and say so.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/languages.ts';
import { charterHash } from '../../src/core/record/charter.ts';
import { encodeChallenge, makeChallenge } from '../../src/core/record/proof.ts';
import { crypto } from '../escrow/sample.ts';
import { stringsOf } from '../../src/page/strings.ts';
import type { VaultStrings } from '../../src/page/strings.ts';
import { openedPackage } from '../page/vault/sample.ts';
import { BLOCK, ceremony, forgedRows, NAME, older, PACKAGE, photoOfRows, rowsOf } from '../page/sample.ts';
import { startBrowser } from '../support/browser.ts';
import { openFile, stagePage } from './stage.ts';
import type { PageStage } from './stage.ts';
import { stageVault } from './vault-stage.ts';
import type { VaultStage } from './vault-stage.ts';

const sample = await openedPackage();

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

let page: PageStage | undefined;
let vault: VaultStage | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  const staged = await stagePage(Buffer.alloc(0));
  if ('open' in staged) page = staged;
  else console.warn(`accessibility tests were LEFT OUT, no Chromium starts here:\n  ${staged.join('\n  ')}`);
  browser = (await startBrowser()).browser;
  if (browser) vault = await stageVault(browser);
});

afterAll(async () => {
  await Promise.all([page?.close(), vault?.close()]);
  await browser?.close();
});

beforeEach((context) => {
  context.skip(!page || !vault, 'no Chromium starts here');
});

/** What axe objects to in any look of the screen, a line each. */
async function objections(open: Page): Promise<string[]> {
  await open.evaluate(AXE);
  const found: string[] = [];
  for (const size of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await open.setViewportSize(size);
      await open.emulateMedia({ colorScheme });
      found.push(...(await lookAt(open)).map((line) => `${colorScheme}, ${size.width} px: ${line}`));
    }
  }
  return found;
}

async function lookAt(open: Page): Promise<string[]> {
  const results = await open.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({ runOnly }),
    RULES,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

const file = (name: string, bytes: Uint8Array | string): Parameters<Page['setInputFiles']>[1] => ({
  name,
  mimeType: '',
  buffer: Buffer.from(bytes),
});
const card = (rows: readonly string[]): Parameters<Page['setInputFiles']>[1] =>
  file('card.png', photoOfRows(rows));
const give = (open: Page, given: Parameters<Page['setInputFiles']>[1]): Promise<void> =>
  open.locator('input[type=file]').last().setInputFiles(given);
const press = (open: Page, name: string | RegExp): Promise<void> =>
  open.getByRole('button', { name }).first().click();

test('axe sees what is wrong', async () => {
  const { page: open } = await openFile(
    browser!,
    'data:text/html,<p style="color:%23999">pale</p><img src="">',
  );
  const found = await objections(open);
  await open.context().close();
  expect(found.some((line) => line.includes('color-contrast p'))).toBe(true);
  expect(found.some((line) => line.includes('image-alt img'))).toBe(true);
});

const CHALLENGE = async (): Promise<string> =>
  encodeChallenge(
    makeChallenge(crypto, {
      escrow: ceremony.charter.escrow,
      charter: await charterHash(crypto, ceremony.signed.bytes),
      card: 2,
    }),
  );

/** Screens of the recovery half: what was done until each. */
const RECOVERY: Readonly<Record<string, (open: Page) => Promise<void>>> = {
  'the cards': () => Promise.resolve(),
  'the package': async (open) => press(open, /^1|Package/),
  'files that are no package, and an older one': async (open) => {
    await press(open, /^1|Package/);
    await give(open, file('000007-20260101T020000Z.tar.gz.age', PACKAGE.slice(0, 700)));
    await open.getByText('This is an older package').waitFor();
    await open
      .locator('input[type=file]')
      .last()
      .setInputFiles([
        { name: 'charter.json', mimeType: '', buffer: Buffer.from(ceremony.signed.bytes) },
        { name: 'plan.json', mimeType: '', buffer: Buffer.from('{"type": "holdfast charter v1"}') },
      ]);
    await open.getByText('charter.json was taken').waitFor();
  },
  'cards of every verdict': async (open) => {
    for (const rows of [rowsOf(ceremony, 1), rowsOf(older, 2), forgedRows(3), rowsOf(ceremony, 1)])
      await give(open, card(rows));
    await open.getByRole('heading', { name: 'already entered' }).waitFor();
    await give(open, file('torn.png', 'no picture'));
    await open.getByText('torn.png').first().waitFor();
  },
  'rows typed': async (open) => {
    await press(open, 'Type the rows');
    const [one, two] = rowsOf(ceremony, 1);
    await open.keyboard.type(`${one!}${'?'.repeat(8)}${two!.slice(8)}`);
    await expect.poll(() => open.locator('#row-2').innerText()).not.toBe('');
  },
  'no camera': async (open) => {
    await press(open, 'Use the camera');
    await open.getByText(/There is no camera here|Another program/).waitFor();
  },
  'a damaged package': async (open) => {
    const bytes = Uint8Array.from(PACKAGE);
    bytes[bytes.length - 40]! ^= 1;
    await press(open, /^1|Package/);
    await give(open, file(NAME, bytes));
    for (const number of [1, 2, 3]) await give(open, card(rowsOf(ceremony, number)));
    await open.getByText('This copy of the package is damaged').waitFor();
  },
  'a package that its record does not describe, and cards of another set': async (open) => {
    const bytes = Uint8Array.from(PACKAGE);
    bytes[bytes.length - 40]! ^= 1;
    await press(open, /^1|Package/);
    await give(open, file(NAME, bytes));
    await open.getByText('This copy is damaged').waitFor();
    await press(open, /^2|Cards/);
    for (const number of [1, 2, 3]) await give(open, card(rowsOf(older, number)));
    await open.getByText('Cards of another set do not open this package').waitFor();
  },
  'the card check': async (open) => {
    await press(open, 'Only check a card');
    await open.getByLabel('Challenge').fill(await CHALLENGE());
    await give(open, card(rowsOf(ceremony, 2)));
    await open.getByText(/^Now type row/).waitFor();
  },
  'the answer': async (open) => {
    await press(open, 'Only check a card');
    await open.getByLabel('Challenge').fill(await CHALLENGE());
    await give(open, file('2.txt', rowsOf(ceremony, 2).join('\n')));
    await open.getByText('Card 2 is whole').waitFor();
  },
};

describe('the recovery', () => {
  test.each(Object.entries(RECOVERY))('%s', async (_name, act) => {
    const { page: open } = await page!.open(BLOCK);
    await act(open);
    const found = await objections(open);
    await open.context().close();
    expect(found).toEqual([]);
  });
});

/** Screens of the vault, and what was done until each, in any language. */
const VAULT: Readonly<Record<string, (open: Page, words: VaultStrings) => Promise<void>>> = {
  'the start': () => Promise.resolve(),
  'a client': async (open, words) => press(open, words.openClient('Own systems')),
  'all entries': async (open, words) => press(open, words.search),
  'a search without a find': async (open, words) => {
    await press(open, words.search);
    await open.locator('.v-search').fill('zzzz');
  },
  'an entry with its password shown': async (open, words) => {
    await press(open, words.openClient('Own systems'));
    await press(open, words.showOf(words.passwordOf('Identity provider')));
    await press(open, 'Identity provider');
  },
  'a client out of turn': async (open, words) => {
    await press(open, /^Harbor Foods/);
    await press(open, words.reasonAnyway);
  },
  'the plan': async (open, words) => pressTab(open, words.plan),
  saving: async (open, words) => pressTab(open, words.save),
  'the log': async (open, words) => pressTab(open, words.log),
  'a file that was saved': async (open, words) => {
    await pressTab(open, words.save);
    await press(open, words.make);
    await press(open, words.write);
    await open.locator('.v-good').waitFor();
  },
  'the question before the lock': async (open, words) => lock(open, words),
  locked: async (open, words) => {
    await lock(open, words);
    await press(open, words.lockNow);
  },
};

const pressTab = (open: Page, name: string): Promise<void> =>
  open.locator('.v-nav').getByRole('button', { name }).click();
const lock = (open: Page, { lock: name }: VaultStrings): Promise<void> =>
  open.locator('.v-bar').getByRole('button', { name, exact: true }).click();

describe('the vault', () => {
  test.each(Object.entries(VAULT))('%s', async (_name, act) => {
    const { page: open } = await vault!.show({ ...sample, startedAt: Date.now() });
    await act(open, stringsOf('en').vault);
    const found = await objections(open);
    await open.context().close();
    expect(found).toEqual([]);
  });
});

const PHONE = { viewport: { width: 360, height: 740 } };

/** By how much a screen is wider than the phone, and what of it cannot be pressed for that. */
const beyond = (open: Page): Promise<readonly string[]> =>
  open.evaluate(() => {
    const wider = document.documentElement.scrollWidth - innerWidth;
    const cut = [...document.querySelectorAll('button, select, input, textarea')].filter(
      (each) => each.getBoundingClientRect().right > innerWidth,
    );
    return [
      ...(wider > 0 ? [`the page, by ${wider} px`] : []),
      ...cut.map(({ textContent, className }) => textContent || className),
    ];
  });

describe('on a phone nothing is wider than the screen in any language', () => {
  test.each(Object.entries(RECOVERY))('%s', async (_name, act) => {
    const { page: open } = await page!.open(BLOCK, PHONE);
    await act(open);
    const found: Record<string, readonly string[]> = {};
    for (const language of LANGUAGES) {
      await open.locator('.bar select').selectOption(language);
      found[language] = await beyond(open);
    }
    await open.context().close();
    expect(found).toEqual({ en: [], es: [], de: [], fr: [] });
  });

  test.each(Object.entries(VAULT))('%s', async (_name, act) => {
    const found: Record<string, readonly string[]> = {};
    for (const language of LANGUAGES) {
      // An hour has more digits than a minute.
      const { page: open } = await vault!.show(
        { ...sample, language, startedAt: Date.now() - 3_700_000 },
        PHONE,
      );
      await act(open, stringsOf(language).vault);
      found[language] = await beyond(open);
      await open.context().close();
    }
    expect(found).toEqual({ en: [], es: [], de: [], fr: [] });
  });
});
