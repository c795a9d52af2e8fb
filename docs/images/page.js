// Takes the pictures of the recovery page: `npm run build`, then `node docs/images/page.js [chromium]`. A
// rehearsal is held on made-up data, and its kit's page is opened offline, at laptop and at phone size.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { pictureOf } from './png.js';

const SIZES = { laptop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
const PROGRAM = fileURLToPath(new URL('../../bin/holdfast.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-pictures-'));
const demo = join(folder, 'demo');
const kit = join(folder, 'kit');

function holdfast(...args) {
  const env = { ...process.env, HOLDFAST_HOME: join(demo, 'home') };
  try {
    execFileSync(process.execPath, [PROGRAM, ...args, '--no-input', '--quiet'], { env, stdio: 'ignore' });
  } catch (error) {
    // 3: done, with findings.
    if (error.status !== 3) throw error;
  }
}

/** The order of a made-up company, sealed with its vault as people would. */
const CLIENTS = `
- { name: "Northwind IT (ourselves)", tier: 0, reason: "identity, remote management, backup console" }
- { name: Alder Lane Surgery, tier: 1, reason: "patients, call first" }
- { name: Beacon Hill Pharmacy, tier: 1, reason: opens 07:00 }
- { name: Barley Mow Brewing, tier: 2, reason: runs nights }
- { name: Castle Street Solicitors, tier: 3, reason: by Monday }
`;

function sealWithOrder() {
  const [escrow = ''] = readdirSync(join(demo, 'home')).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const plan = join(demo, 'home', escrow, 'plan');
  mkdirSync(plan, { recursive: true });
  writeFileSync(join(plan, 'clients.yaml'), CLIENTS);
  holdfast('seal', join(demo, 'northwind.escrow'), join(demo, 'vault-export.json'));
}

async function photo(card) {
  const buffer = await pictureOf(readFileSync(join(demo, 'cards', `card-${card}.pdf`)), 150);
  return { name: `card-${card}.png`, mimeType: 'image/png', buffer };
}

/** One recovery from the first screen to an opened client. */
async function takePictures(browser, size, photos) {
  const context = await browser.newContext({ viewport: SIZES[size], offline: true, locale: 'en-GB' });
  const page = await context.newPage();
  const shoot = (name) =>
    page.screenshot({ path: fileURLToPath(new URL(`page-${name}-${size}.png`, import.meta.url)) });
  await page.goto(pathToFileURL(join(kit, 'RECOVER.html')).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await shoot('first');
  const give = (file) => page.locator('input[type=file]').first().setInputFiles([file]);
  await give(photos[0]);
  await page.getByText('good').first().waitFor();
  await page.getByRole('button', { name: 'Type the rows' }).click();
  await page.evaluate(() => scrollTo(0, 0));
  await shoot('cards');
  for (const file of photos.slice(1)) await give(file);
  await page.getByRole('button', { name: 'Lock' }).waitFor();
  await shoot('opened');
  await page
    .getByRole('button', { name: /^Open / })
    .first()
    .click();
  await page.locator('input[type=search]').first().waitFor();
  await shoot('vault');
  await context.close();
}

try {
  holdfast('demo', demo);
  sealWithOrder();
  holdfast('kit', join(demo, 'northwind.escrow'), kit);
  const photos = [await photo(1), await photo(3), await photo(5)];
  const browser = await chromium.launch({ executablePath: process.argv[2] ?? chromium.executablePath() });
  for (const size of Object.keys(SIZES)) await takePictures(browser, size, photos);
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
}
