// A Firefox for tests, where one is installed: no npm package brings one. It is driven over WebDriver BiDi,
// which the Firefox of a distribution speaks; playwright wants a Firefox of its own.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';

const NAMES = process.platform === 'win32' ? ['firefox.exe'] : ['firefox', 'firefox-esr'];
/** Where its installers put it when it is on no path. */
const USUAL = [
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** A running Firefox, or the reasons why there is none. */
type FirefoxSearch = { browser: Browser; origin: string } | { browser?: undefined; reasons: string[] };

/** @param downloads - The folder that files saved by a page go to. */
export async function startFirefox(downloads: string): Promise<FirefoxSearch> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...USUAL];
  const reasons: string[] = [];
  for (const executablePath of installed.filter(existsSync)) {
    try {
      const browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath,
        timeout: 60_000,
        extraPrefsFirefox: {
          'browser.download.folderList': 2,
          'browser.download.dir': downloads,
          'browser.download.useDownloadDir': true,
          'browser.download.always_ask_before_handling_new_types': false,
          'intl.accept_languages': 'en-GB',
        },
      });
      return { browser, origin: `installed ${executablePath}, ${await browser.version()}` };
    } catch (error) {
      reasons.push(`${executablePath}: ${String(error).split('\n')[0] ?? ''}`);
    }
  }
  return { reasons: reasons.length > 0 ? reasons : ['no firefox on the path'] };
}
