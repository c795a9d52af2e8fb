// Printers as CUPS knows them, and how a job gets to each. Windows has no lpstat.

import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a job gets there: `file` is a queue that prints into files. */
type PrinterReach = 'cable' | 'network' | 'file' | 'unknown';

interface Printer {
  readonly name: string;
  readonly reach: PrinterReach;
}

/** lpstat asks a daemon that may be gone. */
const PATIENCE_MS = 10_000;
const MOST_SAID = 65_536;

interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs a program of the system. @returns undefined where there is none. */
function run(program: string, args: readonly string[], environment: Environment): Promise<Ended | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...environment, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE_MS,
      windowsHide: true,
    });
    let out = '';
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    child.stdout.on('data', (part: Buffer) => {
      if (out.length < MOST_SAID) out += part.toString();
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, out });
    });
  });
}

/** By the address that CUPS has for it. */
export function reachOf(device: string): PrinterReach {
  const scheme = /^[a-z0-9+.-]+/i.exec(device)?.[0].toLowerCase() ?? '';
  if (/^(?:usb|parallel|serial)$/.test(scheme) || /^hp(?:fax)?:\/usb/i.test(device)) return 'cable';
  // How a USB printer without a driver is reached: a server on this machine stands before it.
  if (/^ipps?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/i.test(device)) return 'cable';
  if (
    /^(?:ipps?|https?|socket|lpd|smb|dnssd|mdns|ndp|beh)$/.test(scheme) ||
    /^hp(?:fax)?:\/net/i.test(device)
  )
    return 'network';
  return /^(?:file|cups-pdf|pdf)$/.test(scheme) ? 'file' : 'unknown';
}

/** @returns undefined where printers cannot be asked for: on Windows, and without CUPS. */
export async function listPrinters(environment: Environment): Promise<readonly Printer[] | undefined> {
  if (process.platform === 'win32') return undefined;
  const devices = await run('lpstat', ['-v'], environment);
  if (!devices) return undefined;
  return [...devices.out.matchAll(/^device for ([^\s:]+): (\S+)/gm)].map(([, name = '', device = '']) => ({
    name,
    reach: reachOf(device),
  }));
}
