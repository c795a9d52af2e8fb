// A whole recovery in a real browser: the built page from the disk, offline, under its own policy.
// Without any Chromium these tests are left out, and say so.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  BLOCK,
  ceremony,
  forgedRows,
  NAME,
  older,
  PACKAGE,
  photoOf,
  photoOfRows,
  rowsOf,
  withSlips,
} from '../page/sample.ts';
import { stagePage } from './stage.ts';
import type { OpenPage, PageStage } from './stage.ts';

let stage: PageStage | undefined;
let open: OpenPage | undefined;

beforeAll(async () => {
  const staged = await stagePage();
  if ('open' in staged) {
    stage = staged;
    console.info(`the recovery page is tested in: ${staged.origin}`);
  } else {
    console.warn(`page tests were LEFT OUT, no Chromium starts here:\n  ${staged.join('\n  ')}`);
  }
});

afterAll(async () => {
  await stage?.close();
});

beforeEach((context) => {
  context.skip(!stage, 'no Chromium starts here');
});

afterEach(async () => {
  if (!open) return;
  const { page, requests, errors } = open;
  open = undefined;
  await page.context().close();
  expect(requests).toEqual([]);
  expect(errors).toEqual([]);
});

async function show(...given: Parameters<PageStage['open']>): Promise<Page> {
  open = await stage!.open(...given);
  return open.page;
}

const picture = (name: string, buffer: Buffer): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'image/png',
  buffer,
});

const file = (
  name: string,
  bytes: Uint8Array | string,
): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: '',
  buffer: Buffer.from(bytes),
});

const choose = (page: Page, ...files: ReturnType<typeof file>[]): Promise<void> =>
  page.locator('input[type=file]').first().setInputFiles(files);

const headline = (page: Page): Promise<string> => page.locator('h1').innerText();
const boxes = (page: Page): Promise<string[]> => page.locator('.box h2').allInnerTexts();
const opened = (page: Page): Promise<void> => page.locator('[data-screen=opened]').waitFor();

describe('the recovery page', () => {
  test('opens by photos: each card judged in its box, strays named', async () => {
    const page = await show(BLOCK);
    expect(await headline(page)).toBe('Three gold cards');
    await choose(
      page,
      picture('a.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('b.png', photoOfRows(rowsOf(older, 2))),
      picture('c.png', photoOfRows(forgedRows(3))),
      picture('d.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('e.png', photoOf('X'.repeat(40))),
    );
    await page.getByText('There is a code in this picture, and it is not a card').waitFor();
    expect(await headline(page)).toBe('Two more gold cards');
    expect(await boxes(page)).toEqual([
      'Card 1 · good',
      'Card 2 · other set',
      'Card 3 · forged',
      'Card 1 · already entered',
      'e.png',
      'Next card',
    ]);
    await choose(
      page,
      picture('f.png', photoOfRows(rowsOf(ceremony, 4))),
      picture('g.png', photoOfRows(rowsOf(ceremony, 5))),
    );
    await opened(page);
  });

  test('opens by typed rows, with two typing errors and a symbol nobody can read', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: 'Type the rows' }).click();
    const [one, two, three, four] = rowsOf(ceremony, 2);
    const row = (number: number) => page.getByLabel(`Row ${number}`, { exact: true });
    const verdict = (number: number) => page.locator(`#row-${number}`);
    // The cursor begins in the first row, and goes on by itself.
    await page.keyboard.type(one!.toLowerCase());
    await expect.poll(() => verdict(1).innerText()).toBe('✓ row is right');
    await page.keyboard.type(withSlips(two!, 5));
    await expect.poll(() => verdict(2).innerText()).toMatch(/^✓ symbol 5 repaired: . is .$/);
    await page.keyboard.type(three!.slice(0, 12));
    await expect.poll(() => verdict(3).innerText()).toBe('12 of 24');
    await page.keyboard.type(withSlips(three!, 14, 20).slice(12));
    await expect.poll(() => verdict(3).innerText()).toContain('in doubt');
    await page.keyboard.type(`?${four!.slice(1)}`);
    await page.getByText('Card 2 · good, repaired').waitFor();
    expect(await page.locator('.box').first().innerText()).toContain('row 4, symbol 1');
    // A ruined row is named, and the cursor stays in it; a swapped one as well.
    await row(1).fill(withSlips(one!, 1, 2, 3));
    await expect.poll(() => verdict(1).innerText()).toContain('not right');
    await row(1).fill(two!);
    await expect.poll(() => verdict(1).innerText()).toBe('this is row 2 of the card');
    // Whole cards, pasted with their row numbers.
    for (const card of [1, 5]) {
      const text = rowsOf(ceremony, card)
        .map((symbols, index) => `${index + 1}  ${symbols}`)
        .join('\n');
      await page.evaluate((pasted) => {
        const data = new DataTransfer();
        data.setData('text', pasted);
        document
          .querySelector('input.row')
          ?.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
      }, text);
    }
    await opened(page);
  });

  test('typed with spaces deleted again, the cursor never sticks', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: 'Type the rows' }).click();
    const input = page.getByLabel('Row 1', { exact: true });
    await page.keyboard.type('abcdef');
    expect(await input.inputValue()).toBe('ABCD EF');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Backspace');
    expect(await input.inputValue()).toBe('ABC');
    await page.keyboard.type('o1il');
    expect(await input.inputValue()).toBe('ABC0 111');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect(await input.inputValue()).toBe('AB11 1');
    await page.keyboard.type('z');
    expect(await input.inputValue()).toBe('ABZ1 11');
  });

  test('without anything inside: the package is chosen, and papers with it', async () => {
    const page = await show();
    expect(await headline(page)).toBe('Choose the package');
    await choose(page, file('notes.json', '{"type": "holdfast charter v1"}'));
    await page.getByText('There is no package among these files').waitFor();
    await choose(
      page,
      file(NAME, PACKAGE),
      file('charter.json', ceremony.signed.bytes),
      file('charter.json.minisig', ceremony.signed.signature),
    );
    await expect.poll(() => headline(page)).toBe('Three gold cards');
    await choose(
      page,
      file('cards.txt', [1, 2, 3].map((card) => rowsOf(ceremony, card).join('\n')).join('\n\n')),
    );
    await opened(page);
  });

  test('of a damaged package says so, and goes on with another copy', async () => {
    const bytes = Uint8Array.from(PACKAGE);
    bytes[bytes.length - 40]! ^= 1;
    const page = await show({ ...BLOCK, package: { name: NAME, bytes } });
    await choose(
      page,
      ...[1, 2, 3].map((card) => picture(`${card}.png`, photoOfRows(rowsOf(ceremony, card)))),
    );
    await page.getByText('This copy of the package is damaged').waitFor();
    expect(await headline(page)).toBe('It did not open');
    await page.getByRole('button', { name: 'Choose another file' }).click();
    expect(await headline(page)).toBe('Choose the package');
    await choose(page, file(NAME, PACKAGE));
    await opened(page);
  });

  test('with a forged card in the number asks for one more', async () => {
    const page = await show(BLOCK);
    await choose(
      page,
      picture('1.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('2.png', photoOfRows(rowsOf(ceremony, 2))),
      picture('3.png', photoOfRows(forgedRows(3))),
    );
    await page.getByText('At least one is false').waitFor();
    expect(await headline(page)).toBe('One more card');
    await choose(page, picture('4.png', photoOfRows(rowsOf(ceremony, 4))));
    await opened(page);
  });
});
