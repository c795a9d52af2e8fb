// A Chromium for tests on a machine that need not have one: an installed Chrome or Chromium if there
// is one that starts, else the headless one inside the npm package @sparticuz/chromium, unpacked
// beside node_modules' other caches. That package's own unpacker is not used: it trusts whatever
// lies at a fixed path in the shared temporary folder.

import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { extract } from 'tar-stream';

/** A running browser, or the reasons why there is none. */
type BrowserSearch = { browser: Browser; origin: string } | { browser?: undefined; reasons: string[] };

interface Candidate {
  origin: string;
  options: () => LaunchOptions | Promise<LaunchOptions>;
}

const QUIET = ['--disable-gpu', '--disable-quic', '--disable-sync', '--no-first-run'];

/**
 * Starts the first browser that will start.
 *
 * @param args - Of the browser's command line, besides those all tests want.
 */
export async function startBrowser(args: readonly string[] = []): Promise<BrowserSearch> {
  const reasons: string[] = [];
  for (const { origin, options } of [...installedBrowsers(), ...packagedBrowsers()]) {
    try {
      const browser = await chromium.launch({
        args: [...QUIET, ...args],
        timeout: 45_000,
        ...(await options()),
      });
      return { browser, origin: `${origin}, version ${browser.version()}` };
    } catch (error) {
      reasons.push(`${origin}: ${reasonOf(error)}`);
    }
  }
  return { reasons };
}

function installedBrowsers(): Candidate[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(existsSync);
  const executables = onPath.map((path) => ({
    origin: `installed ${path}`,
    options: () => ({ executablePath: path }),
  }));
  // Where Chrome and Edge put themselves on Windows and macOS, playwright knows.
  const channels = process.platform === 'linux' ? [] : ['chrome', 'msedge'];
  return [
    ...executables,
    ...channels.map((channel) => ({ origin: `installed ${channel}`, options: () => ({ channel }) })),
  ];
}

function packagedBrowsers(): Candidate[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  return [
    {
      origin: '@sparticuz/chromium',
      options: async () => ({ executablePath: join(await unpackChromium(), 'chromium') }),
    },
    // Second choice, since they were built for one distribution: a machine may have an older C library.
    {
      origin: '@sparticuz/chromium with its own NSS, NSPR and expat',
      options: async () => {
        const folder = await unpackChromium();
        const inherited = process.env['LD_LIBRARY_PATH'];
        const libraries = [join(folder, 'lib'), ...(inherited ? [inherited] : [])].join(':');
        return {
          executablePath: join(folder, 'chromium'),
          env: { ...process.env, LD_LIBRARY_PATH: libraries },
        };
      },
    },
  ];
}

/** Unpacks the packaged Chromium once for each version, and gives its folder. */
async function unpackChromium(): Promise<string> {
  const packageFolder = dirname(
    dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))),
  );
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  const packed = (name: string): NodeJS.ReadableStream =>
    createReadStream(join(packageFolder, 'bin', name)).pipe(createBrotliDecompress());
  await pipeline(packed('chromium.br'), createWriteStream(join(fresh, 'chromium'), { mode: 0o755 }));
  await unpackTar(packed('al2023.tar.br'), fresh);
  await chmod(fresh, 0o755);
  try {
    await rename(fresh, folder);
  } catch (error) {
    // Another test process was quicker; its folder is as good.
    await rm(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function unpackTar(tar: NodeJS.ReadableStream, folder: string): Promise<void> {
  const entries = tar.pipe(extract());
  for await (const entry of entries) {
    const path = join(folder, entry.header.name);
    if (entry.header.type !== 'file') {
      entry.resume();
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await pipeline(entry, createWriteStream(path, { mode: 0o755 }));
  }
}

/** The line that says why, from a launch error that repeats the whole command line. */
function reasonOf(error: unknown): string {
  const lines = String(error).split('\n');
  const telling = lines.find((line) => /error while loading|cannot open|not found|ENOENT/.test(line));
  return (telling ?? lines[0] ?? 'unknown').trim();
}
