// The recovery page as a person meets it: a kit is made, its page opened from the disk, the photos of three
// cards given, and the clock stopped when the vault is on the screen. Beside it the program, with the same
// cards and package, in the same run.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBrowser } from '../support/browser.ts';
import { startFirefox } from '../support/firefox.ts';
import type { BenchEscrow } from './escrow.ts';
import { median, run } from './measure.ts';

const ROUNDS = 3;

interface PageFigure {
  readonly name: string;
  /** From opening the page to its first screen, s. */
  readonly firstScreen: number;
  /** From opening the page to the vault, s. */
  readonly vault: number;
}

/** A browser at its work: opens the address, gives the photos at the first screen, waits for the vault. */
interface Driver {
  readonly name: string;
  go(address: string, photos: readonly string[]): Promise<{ firstScreen: number; vault: number }>;
  close(): Promise<void>;
}

const VAULT = '.v-app h1';
const INPUT = 'input[type=file]';

async function chromium(): Promise<Driver | undefined> {
  const { browser } = await startBrowser();
  return (
    browser && {
      name: `Chromium ${browser.version()}`,
      async go(address, photos) {
        const page = await browser.newPage({ locale: 'en-GB' });
        const started = performance.now();
        await page.goto(address, { waitUntil: 'commit' });
        await page.locator('h1').waitFor();
        const firstScreen = performance.now() - started;
        await page
          .locator(INPUT)
          .first()
          .setInputFiles([...photos]);
        await page.locator(VAULT).waitFor();
        const vault = performance.now() - started;
        await page.close();
        return { firstScreen, vault };
      },
      close: () => browser.close(),
    }
  );
}

async function firefox(downloads: string): Promise<Driver | undefined> {
  const { browser } = await startFirefox(downloads);
  return (
    browser && {
      name: (await browser.version()).replace('firefox/', 'Firefox '),
      async go(address, photos) {
        const page = await browser.newPage();
        const started = performance.now();
        await page.goto(address);
        await page.waitForSelector('h1');
        const firstScreen = performance.now() - started;
        const input = await page.waitForSelector(INPUT);
        await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(...photos);
        await page.waitForSelector(VAULT);
        const vault = performance.now() - started;
        await page.close();
        return { firstScreen, vault };
      },
      close: () => browser.close(),
    }
  );
}

/** The program and each browser there is, from three photos to the vault; medians. */
export async function timePage(
  root: string,
  base: string,
  escrow: BenchEscrow,
  photos: readonly string[],
): Promise<{ program: number; pages: PageFigure[] }> {
  const program = join(root, 'bin/holdfast.js');
  const env = { HOLDFAST_HOME: escrow.home };
  const kit = join(base, 'kit');
  await run(process.execPath, [program, 'kit', escrow.dir, kit, '--no-input'], { env, accepted: [0, 3] });
  const address = pathToFileURL(join(kit, 'RECOVER.html')).href;
  const drivers = (await Promise.all([chromium(), firefox(base)])).filter((one) => one !== undefined);
  const cards = photos.flatMap((photo) => ['--share', photo]);
  const out = join(base, 'rebuilt-files');
  const ran: number[] = [];
  const seen = drivers.map(() => ({ firstScreen: [] as number[], vault: [] as number[] }));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const recover = [program, 'recover', escrow.dir, '--out', out, '--no-input', ...cards];
      ran.push((await run(process.execPath, recover, { env })).seconds);
      await rm(out, { recursive: true });
      for (const [at, driver] of drivers.entries()) {
        const { firstScreen, vault } = await driver.go(address, photos);
        seen[at]?.firstScreen.push(firstScreen / 1000);
        seen[at]?.vault.push(vault / 1000);
      }
    }
  } finally {
    await Promise.all(drivers.map((driver) => driver.close()));
  }
  const pages = drivers.map(({ name }, at) => ({
    name,
    firstScreen: median(seen[at]?.firstScreen ?? []),
    vault: median(seen[at]?.vault ?? []),
  }));
  return { program: median(ran), pages };
}
