// A whole recovery in a real browser: the built page from the disk, offline, under its own policy.
// Without any Chromium these tests are left out, and say so.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recoveryPage } from '../../.ci/build-page.js';
import { charterHash } from '../../src/core/record/charter.ts';
import {
  decodeChallenge,
  decodeResponse,
  encodeChallenge,
  makeChallenge,
  verifyResponse,
} from '../../src/core/record/proof.ts';
import { EMPTY_BLOCK, emptiedPage, putBlock } from '../../src/escrow/page-block.ts';
import { crypto } from '../escrow/sample.ts';
import {
  BLOCK,
  ceremony,
  forgedRows,
  locked,
  LOCKED_BLOCK,
  NAME,
  older,
  PACKAGE,
  PASSPHRASE,
  photoOf,
  photoOfRows,
  rowsOf,
  ruined,
  stranger,
  videoOfRows,
  withSlips,
} from '../page/sample.ts';
import { stagePage } from './stage.ts';
import type { OpenPage, PageStage } from './stage.ts';

let stage: PageStage | undefined;
let open: OpenPage | undefined;

beforeAll(async () => {
  const staged = await stagePage(videoOfRows(rowsOf(ceremony, 3)));
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
    await page.getByRole('button', { name: 'Type the rows' }).press('Enter');
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
    await page.keyboard.type(`4 ?${four!.slice(1)}`);
    await page.getByText('Card 2 · good, repaired').waitFor();
    expect(await page.locator('.box').first().innerText()).toContain('row 4, symbol 1');
    // A ruined row is named, and the cursor stays in it; a swapped one as well.
    await row(1).fill(ruined(one!));
    await expect.poll(() => verdict(1).innerText()).toContain('not right');
    await row(1).fill(two!);
    await expect.poll(() => verdict(1).innerText()).toBe('this is row 2 of the card');
    await row(1).fill(rowsOf(older, 1)[0]!);
    await expect.poll(() => verdict(1).innerText()).toContain('of another set: blue square');
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

  test('a locked card counts once its passphrase was typed; a wrong one is told', async () => {
    const page = await show(LOCKED_BLOCK);
    await choose(
      page,
      picture('a.png', photoOfRows(rowsOf(locked, 2))),
      picture('b.png', photoOfRows(rowsOf(locked, 1))),
    );
    await expect.poll(() => boxes(page)).toEqual(['Card 2 · good, locked', 'Card 1 · good', 'Next card']);
    expect(await headline(page)).toBe('One more gold card');
    const field = page.getByLabel('Passphrase of Card 2');
    await field.fill('Orchid vessel tunnel drama');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('That is not the passphrase of this card').waitFor();
    expect(await field.inputValue()).toBe('');
    await field.fill(` ${PASSPHRASE}  `);
    await field.press('Enter');
    await opened(page);
    expect(await page.content()).not.toContain(PASSPHRASE);
  });

  test('its five rows are typed, and papers that come later leave it unlocked', async () => {
    const { package: inside, records } = LOCKED_BLOCK;
    const page = await show({ charters: [], records, ...(inside && { package: inside }) });
    await page.getByRole('button', { name: 'Type the rows' }).click();
    expect(await page.locator('.typed-row:visible').count()).toBe(4);
    for (const [at, row] of rowsOf(locked, 2).entries()) {
      await page.getByLabel(`Row ${at + 1}`, { exact: true }).fill(row);
      expect(await page.locator('.typed-row:visible').count()).toBe(at === 4 ? 4 : 5);
    }
    await expect.poll(() => boxes(page)).toEqual(['Card 2 · readable, locked', 'Next card']);
    await page.getByLabel('Passphrase of Card 2').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('Unlocked by its passphrase.').waitFor();
    await choose(
      page,
      file('charter.json', locked.signed.bytes),
      file('charter.json.minisig', locked.signed.signature),
    );
    await expect.poll(() => boxes(page)).toEqual(['Card 2 · good', 'Next card']);
    await choose(page, picture('c.png', photoOfRows(rowsOf(locked, 3))));
    await opened(page);
  });

  test('without anything inside: the package is chosen, and papers with it', async () => {
    const page = await show();
    expect(await headline(page)).toBe('Choose the package');
    await choose(page, file('notes.json', '{"type": "holdfast charter v1"}'));
    await page.getByText('notes.json is not a package. The name of a package ends in .age.').waitFor();
    await choose(
      page,
      file(NAME, PACKAGE),
      file('charter.json', ceremony.signed.bytes),
      file('charter.json.minisig', ceremony.signed.signature),
      file('ledger.jsonl', '{"body":""}\n'),
    );
    await expect.poll(() => headline(page)).toBe('Three gold cards');
    expect(await boxes(page)).toEqual(['Next card']);
    await choose(page, file('ledger.jsonl', '{"body":""}\n'));
    await page.getByText('This file is neither a picture nor the rows of a card').waitFor();
    await choose(
      page,
      file('cards.txt', [1, 2, 3].map((card) => rowsOf(ceremony, card).join('\n')).join('\n\n')),
    );
    await opened(page);
  });

  test('where a package was wanted, says what else was chosen, and stays', async () => {
    const page = await show(BLOCK);
    await page.getByText('Ask the people who hold the cards to come').waitFor();
    await page.getByRole('button', { name: /Package/ }).click();
    await page.getByText('All that belongs to this package is in this page already').waitFor();
    const letter = 'Keep the cards apart\nKeep them away from here\n';
    await choose(page, file('clients.csv', 'name,tier\nAlder,1\n'), file('README.txt', letter));
    await page.getByText('clients.csv is not a package').waitFor();
    await page.getByText('README.txt is not a package').waitFor();
    expect(await headline(page)).toBe('Choose the package');
    await choose(page, file('charter.json', ceremony.signed.bytes));
    await page.getByText('charter.json was taken').waitFor();
    await choose(page, file('charter.json', stranger.signed.bytes));
    await page.getByText('charter.json belongs to another escrow and is not used').waitFor();
    await page.getByRole('button', { name: 'Go on to the cards' }).click();
    await choose(page, file('README.txt', letter));
    await page.getByText('This file is neither a picture nor the rows of a card').waitFor();
    expect(await boxes(page)).toEqual(['README.txt', 'Next card']);
    await page.getByRole('button', { name: /Package/ }).click();
    // A whole folder: the cards in it are taken, and nothing is said of the rest.
    await choose(
      page,
      file('README.txt', letter),
      file('cards.txt', [1, 2].map((card) => rowsOf(ceremony, card).join('\n')).join('\n\n')),
    );
    await expect.poll(() => headline(page)).toBe('One more gold card');
    expect(await page.locator('.notes p').count()).toBe(0);
  });

  test('of an older package says so before the cards, and has the way back to its own', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: /Package/ }).click();
    await choose(page, file('000007-20260101T020000Z.tar.gz.age', PACKAGE.slice(0, 700)));
    await page.getByText('This is an older package').waitFor();
    expect(await headline(page)).toBe('Choose the package');
    await page.getByRole('button', { name: 'Go on to the cards' }).click();
    await page.getByText('This is an older package').waitFor();
    await page.getByRole('button', { name: 'Use the package in this page' }).first().click();
    expect(await page.getByText('This is an older package').isVisible()).toBe(false);
    expect(await page.locator('.about').innerText()).toContain('sealed');
  });

  const THREE = [1, 2, 3].map((card) => picture(`${card}.png`, photoOfRows(rowsOf(ceremony, card))));
  const damaged = (): Uint8Array => {
    const bytes = Uint8Array.from(PACKAGE);
    bytes[bytes.length - 40]! ^= 1;
    return bytes;
  };
  const primary = (page: Page): Promise<string[]> => page.locator('button.primary:visible').allInnerTexts();

  test('of a package that turns out damaged says so, leads nowhere but to another copy, and goes on with it', async () => {
    const page = await show({ ...BLOCK, records: [], package: { name: NAME, bytes: damaged() } });
    await choose(page, ...THREE);
    await page.getByText('This copy of the package is damaged').waitFor();
    expect(await headline(page)).toBe('It did not open');
    await page.getByRole('button', { name: 'Choose another file' }).click();
    expect(await headline(page)).toBe('Choose the package');
    expect(await primary(page)).toEqual(['Choose another file']);
    const said = await page.locator('main').innerText();
    expect(said).toContain('This copy of the package is damaged');
    expect(said).not.toMatch(/Go on to the cards|All that belongs|✓/);
    expect(await page.locator('.chosen').getAttribute('class')).toBe('chosen bad');
    await choose(page, file(NAME, PACKAGE));
    await opened(page);
  });

  test('says before the cards that the package in it is not the one its record describes', async () => {
    const page = await show({ ...BLOCK, package: { name: NAME, bytes: damaged() } });
    await page.getByText('This copy is damaged').waitFor();
    expect(await headline(page)).toBe('Choose the package');
    expect(await primary(page)).toEqual(['Choose another file']);
    expect(await page.locator('main').innerText()).not.toMatch(/Go on to the cards|All that belongs|✓/);
    // The word of a record is no gate: who insists gives cards, and sees.
    await page.getByRole('button', { name: '2 Cards' }).click();
    await page.getByText('This copy is damaged').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Call the people');
    expect(await primary(page)).toEqual(['Choose another file']);
    await choose(page, ...THREE);
    await page.getByText('This copy of the package is damaged').waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await choose(page, file(NAME, PACKAGE));
    await opened(page);
  });

  test('of an empty file, or one that is gone, says so, and goes on with another copy', async () => {
    const page = await show({ charters: [ceremony.signed], records: BLOCK.records });
    await choose(
      page,
      file(NAME, ''),
      file('cards.txt', [1, 2, 3].map((card) => rowsOf(ceremony, card).join('\n')).join('\n\n')),
    );
    await page.getByText('the copy is not whole').waitFor();
    await page.getByRole('button', { name: 'Go on to the cards' }).click();
    await page.getByText('This copy of the package is damaged').waitFor();
    // Of a stick that was pulled out, the browser reads nothing any more.
    await page.evaluate(() => {
      File.prototype.stream = function (this: File) {
        if (this.name !== 'gone.age') return Blob.prototype.stream.call(this);
        return new ReadableStream({
          pull: (controller) => {
            controller.error(new DOMException('gone', 'NotReadableError'));
          },
        });
      };
    });
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await choose(page, file('gone.age', PACKAGE));
    await page.getByText('(file.failed)').waitFor();
    expect(await headline(page)).toBe('It did not open');
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await choose(page, file(NAME, PACKAGE));
    await opened(page);
  });

  test('of a copy that is not as long as its record says so at once, and keeps the way back to its own', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: /Package/ }).click();
    await choose(page, file(NAME, PACKAGE.slice(0, 700)));
    await page.getByText('the copy is not whole').waitFor();
    expect(await headline(page)).toBe('Choose the package');
    expect(await page.getByRole('button', { name: '1 Package', exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Use the package in this page' }).click();
    expect(await headline(page)).toBe('Three gold cards');
    await choose(
      page,
      ...[1, 2, 3].map((card) => picture(`${card}.png`, photoOfRows(rowsOf(ceremony, card)))),
    );
    await opened(page);
  });

  test('of a damaged copy says so when it is chosen, and after it did not open goes on with its own', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: /Package/ }).click();
    await choose(page, file(NAME, damaged()));
    await page.getByText('This copy is damaged').waitFor();
    expect(await headline(page)).toBe('Choose the package');
    expect(await primary(page)).toEqual(['Use the package in this page']);
    expect(await page.getByRole('button', { name: 'Go on to the cards' }).isVisible()).toBe(false);
    await choose(page, ...THREE);
    await page.getByText('This copy of the package is damaged').waitFor();
    await page.getByRole('button', { name: 'Use the package in this page' }).click();
    await opened(page);
  });

  test('takes what was no good card off the screen when asked to, and counts on', async () => {
    const page = await show(BLOCK);
    await choose(
      page,
      picture('a.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('again.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('b.png', photoOfRows(rowsOf(older, 2))),
      picture('c.png', photoOf('X'.repeat(40))),
      file('plan.yaml', 'organisation: Harbour Light\nthreshold: 3\n'),
    );
    await page.getByText('This file is neither a picture nor the rows of a card').waitFor();
    expect(await boxes(page)).toEqual([
      'Card 1 · good',
      'Card 1 · already entered',
      'Card 2 · other set',
      'c.png',
      'plan.yaml',
      'Next card',
    ]);
    for (const name of ['c.png', 'plan.yaml', 'Card 1 · already entered', 'Card 2'])
      await page.getByRole('button', { name: new RegExp(`^Put away ${name}`) }).click();
    expect(await boxes(page)).toEqual(['Card 1 · good', 'Next card']);
    // A charter that comes later still finds each card's own box.
    await choose(page, file('charter.json', ceremony.signed.bytes));
    expect(await boxes(page)).toEqual(['Card 1 · good', 'Next card']);
  });

  test('with cards of another set in, still asks for those of its own first', async () => {
    const page = await show(BLOCK);
    await choose(
      page,
      ...[1, 2, 3].map((card) => picture(`other-${card}.png`, photoOfRows(rowsOf(older, card)))),
    );
    const told = page.getByText('Cards of another set do not open this package');
    await told.waitFor();
    expect(await headline(page)).toBe('Three gold cards');
    expect(await primary(page)).toEqual(['Use the camera']);
    const buttons = await page.locator('main .ways button:visible').allInnerTexts();
    expect(buttons.indexOf('Choose another file')).toBeGreaterThan(buttons.indexOf('Use the camera'));
    await choose(page, picture('1.png', photoOfRows(rowsOf(ceremony, 1))));
    await expect.poll(() => headline(page)).toBe('Two more gold cards');
    await told.waitFor();
    expect((await boxes(page)).at(-1)).toBe('Next card');
    await choose(page, ...[4, 5].map((card) => picture(`${card}.png`, photoOfRows(rowsOf(ceremony, card)))));
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

  test('takes files that are dropped anywhere on it', async () => {
    const page = await show(BLOCK);
    const photos = [1, 2, 3].map((card) => [...photoOfRows(rowsOf(ceremony, card))]);
    await page.evaluate((pictures) => {
      const dropped = new DataTransfer();
      pictures.forEach((bytes, index) => {
        dropped.items.add(new File([new Uint8Array(bytes)], `${index}.png`));
      });
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
      );
    }, photos);
    await opened(page);
  });

  test('whose own data is damaged says so, and works without them', async () => {
    const page = await show(BLOCK, {}, (html) => html.replace('"base64":"', '"base64":"?'));
    await page.getByText('What this page carried of its escrow is damaged').waitFor();
    await choose(page, file(NAME, PACKAGE));
    await expect.poll(() => headline(page)).toBe('The first card');
  });

  test('asks before it is left with cards in it, and not before that', async () => {
    const page = await show(BLOCK);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await choose(page, picture('1.png', photoOfRows(rowsOf(ceremony, 1))));
    await page.getByText('Card 1 · good').waitFor();
    // A browser asks only when somebody has touched the page.
    await page.locator('h1').click();
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    expect(await boxes(page)).toEqual(['Next card']);
  });

  test('reads a card that is held up to the camera, once', async () => {
    const page = await show(BLOCK);
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.getByText('Card 3 · good').waitFor();
    await page.getByText('Two more gold cards').waitFor();
    // The card is still before the camera, and nothing more is said of it.
    await page.waitForTimeout(600);
    expect(await boxes(page)).toEqual(['Card 3 · good', 'Next card']);
    await page.getByRole('button', { name: 'Stop the camera' }).click();
    await choose(
      page,
      picture('1.png', photoOfRows(rowsOf(ceremony, 1))),
      picture('2.png', photoOfRows(rowsOf(ceremony, 2))),
    );
    await opened(page);
  });

  test('a camera that was unplugged is told, and gives way', async () => {
    const page = await show(BLOCK);
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia(wanted);
        Object.assign(globalThis, { unplugged: stream.getTracks() });
        return stream;
      };
    });
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.getByText('Card 3 · good').waitFor();
    await page.evaluate(() => {
      for (const track of (globalThis as unknown as { unplugged: MediaStreamTrack[] }).unplugged) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    await page.getByText('There is no camera here').waitFor();
    expect(await page.locator('video').isVisible()).toBe(false);
  });

  test('another language while it runs leaves one camera, and none once it is stopped', async () => {
    const page = await show(BLOCK);
    await page.evaluate(() => {
      const tracks: MediaStreamTrack[] = [];
      Object.assign(globalThis, { tracks });
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia(wanted);
        tracks.push(...stream.getTracks());
        return stream;
      };
    });
    const live = (): Promise<number> =>
      page.evaluate(
        () =>
          (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(
            ({ readyState }) => readyState === 'live',
          ).length,
      );
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect.poll(live).toBe(1);
    await page.locator('.bar select').selectOption('de');
    await page.getByRole('button', { name: 'Kamera ausschalten' }).waitFor();
    await expect
      .poll(() =>
        page.evaluate(() => (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.length),
      )
      .toBe(2);
    await expect.poll(live).toBe(1);
    await page.getByRole('button', { name: 'Kamera ausschalten' }).click();
    await expect.poll(live).toBe(0);
  });

  test('speaks the language of the browser, and another on demand; the cards stay', async () => {
    const page = await show(BLOCK, { locale: 'de-DE' });
    expect(await headline(page)).toBe('Drei GOLD-Karten');
    await choose(page, picture('1.png', photoOfRows(rowsOf(ceremony, 1))));
    await page.getByText('Karte 1 · gut').waitFor();
    await page.getByLabel('Sprache').selectOption('fr');
    expect(await headline(page)).toBe('Encore deux cartes GOLD');
    expect(await boxes(page)).toEqual(['Carte 1 · bonne', 'Carte suivante']);
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  });

  test('online, warns and goes on', async () => {
    const page = await show(BLOCK, { offline: false });
    await page.getByText('This computer is online').waitFor();
    expect(await headline(page)).toBe('Three gold cards');
    await page.context().setOffline(true);
    await expect.poll(() => page.getByText('This computer is online').isVisible()).toBe(false);
  });

  test.each([
    ['a phone', 360, 740],
    ['a page zoomed to 200 %', 640, 400],
  ])('fits on %s without scrolling sideways', async (_what, width, height) => {
    const page = await show(BLOCK, { viewport: { width, height } });
    await page.getByRole('button', { name: 'Type the rows' }).click();
    await page.keyboard.type(rowsOf(ceremony, 1)[0]!);
    const overflow = await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('input.row')!;
      const { scrollWidth, clientWidth } = document.documentElement;
      return { page: scrollWidth - clientWidth, row: input.scrollWidth - input.clientWidth };
    });
    expect(overflow).toEqual({ page: 0, row: 0 });
  });
});

describe('the card check', () => {
  const challenge = async (card: number): Promise<string> =>
    encodeChallenge(
      makeChallenge(crypto, {
        escrow: ceremony.charter.escrow,
        charter: await charterHash(crypto, ceremony.signed.bytes),
        card,
      }),
    );

  const proves = async (text: string, asked: string): Promise<void> => {
    const known = { charter: ceremony.charter, hash: await charterHash(crypto, ceremony.signed.bytes) };
    verifyResponse(crypto, decodeResponse(Buffer.from(text)), decodeChallenge(asked), known);
  };

  async function check(block: typeof BLOCK): Promise<Page> {
    const page = await show(block);
    await page.getByRole('button', { name: 'Only check a card' }).click();
    expect(await headline(page)).toBe('Check a card');
    return page;
  }

  const give = (page: Page, ...files: ReturnType<typeof file>[]): Promise<void> =>
    page.locator('input[type=file]').last().setInputFiles(files);

  test('by camera leaves the card to the recovery as if it had not been seen', async () => {
    const page = await check(BLOCK);
    const camera = page.getByRole('button', { name: 'Use the camera' });
    await camera.click();
    await page.getByText('Card 3 · good').waitFor();
    await page.getByRole('button', { name: 'Back to the recovery' }).click();
    await page.getByRole('button', { name: 'Go on to the cards' }).click();
    expect(await boxes(page)).toEqual(['Next card']);
    await camera.click();
    await page.getByText('Card 3 · good').waitFor();
  });

  test('judges one card at a time, and opens nothing', async () => {
    const page = await check(BLOCK);
    for (const [rows, told] of [
      [rowsOf(ceremony, 1), 'Card 1 · good'],
      [rowsOf(ceremony, 2), 'Card 2 · good'],
      [rowsOf(ceremony, 3), 'Card 3 · good'],
      [rowsOf(older, 3), 'Card 3 · other set'],
    ] as const) {
      await give(page, picture('card.png', photoOfRows(rows)));
      await page.getByText(told).waitFor();
      expect(await boxes(page)).toEqual([told]);
    }
    expect(await page.locator('[data-screen=check]').count()).toBe(1);
  });

  test('answers a challenge with a scanned card once a row was typed from it', async () => {
    const page = await check(BLOCK);
    const asked = await challenge(2);
    await page.getByLabel('Challenge').fill(`${asked.slice(0, 60)}\n${asked.slice(60)}`);
    await page.getByText('Now show the card').waitFor();
    await give(page, picture('card.png', photoOfRows(rowsOf(ceremony, 2))));
    const asking = page.getByText(/^Now type row \d from the paper$/);
    await asking.waitFor();
    const question = await asking.innerText();
    const row = rowsOf(ceremony, 2)[Number(/\d/.exec(question)![0]) - 1]!;
    await page.locator('input.row').fill(withSlips(row, 7));
    await page.getByText('This row differs from the card').waitFor();
    expect(await page.getByLabel('Answer').isVisible()).toBe(false);
    await page.locator('input.row').fill(row);
    await page.getByText('Card 2 is whole').waitFor();
    await proves(await page.getByLabel('Answer').inputValue(), asked);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('response-card-2.json');
    await proves(await readFile(await download.path(), 'utf8'), asked);
  });

  test('answers with a locked card only once its passphrase was typed', async () => {
    const page = await show(LOCKED_BLOCK);
    await page.getByRole('button', { name: 'Only check a card' }).click();
    const hash = await charterHash(crypto, locked.signed.bytes);
    const challenge = makeChallenge(crypto, { escrow: locked.charter.escrow, charter: hash, card: 2 });
    await page.getByLabel('Challenge').fill(encodeChallenge(challenge));
    await page.getByRole('button', { name: 'Type the rows' }).click();
    for (const [at, row] of rowsOf(locked, 2).entries())
      await page.getByLabel(`Row ${at + 1}`, { exact: true }).fill(row);
    await page.getByText('Card 2 · good, locked').waitFor();
    expect(await page.getByLabel('Answer').isVisible()).toBe(false);
    const field = page.getByLabel('Passphrase of Card 2');
    await field.fill('another passphrase');
    await field.press('Enter');
    await page.getByText('That is not the passphrase of this card').waitFor();
    await field.fill(PASSPHRASE);
    await field.press('Enter');
    await page.getByLabel('Answer').waitFor();
  });

  test('answers with a typed card at once; with another card or a broken challenge not at all', async () => {
    const page = await check(BLOCK);
    const asked = await challenge(2);
    await page.getByLabel('Challenge').fill(asked.slice(0, -1));
    await page.getByText('This is not a whole challenge').waitFor();
    await page.getByLabel('Challenge').fill(asked);
    await give(page, file('1.txt', rowsOf(ceremony, 1).join('\n')));
    await page.getByText('The challenge is for card 2. This is another card.').waitFor();
    await give(page, file('2.txt', rowsOf(ceremony, 2).join('\n')));
    await page.getByText('Card 2 is whole').waitFor();
    await proves(await page.getByLabel('Answer').inputValue(), asked);
  });

  test('without a charter calls a card readable, and good when the charter comes', async () => {
    const page = await check({ charters: [], records: [] });
    await give(page, picture('card.png', photoOfRows(rowsOf(ceremony, 1))));
    await page.getByText('Card 1 · readable').waitFor();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('charter.json', ceremony.signed.bytes)]);
    await expect.poll(() => page.getByText('There is no charter in this page').isVisible()).toBe(false);
    await page.getByText('Card 1 · good').waitFor();
  });
});

describe('the built page', () => {
  test('is small, the same from the same sources, and allows nothing but what is in it', async () => {
    const html = stage!.template;
    expect(html.length).toBeLessThan(4 * 1024 * 1024);
    expect(await recoveryPage(EMPTY_BLOCK)).toBe(html);
    expect(emptiedPage(putBlock(html, BLOCK))).toBe(html);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!;
    expect(policy.replaceAll(/'sha256-[^']+'/g, 'HASH')).toBe(
      "default-src 'none'; script-src HASH 'wasm-unsafe-eval'; style-src HASH; font-src data:; " +
        "img-src blob: data:; media-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
    );
  });
});
