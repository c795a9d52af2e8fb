// Printers as CUPS knows them, how a job gets to each, and a card sent to one without a file of ours: from memory
// into the standard input of lp. What CUPS then does with it no program can promise: it keeps a job in its spool
// folder while it prints, and some printers keep it longer (docs/ops/ceremony.md). Windows has neither.

import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a job gets there: `file` is a queue that prints into files. */
export type PrinterReach = 'cable' | 'network' | 'file' | 'unknown';

export interface Printer {
  readonly name: string;
  readonly reach: PrinterReach;
}

/** Both ask a daemon that may be gone. */
const PATIENCE_MS = 20_000;
const MOST_SAID = 65_536;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program of the system. @returns undefined where there is none. */
function run(
  program: string,
  args: readonly string[],
  environment: Environment,
  stdin: Uint8Array = new Uint8Array(),
): Promise<Ended | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...environment, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
      windowsHide: true,
    });
    let out = '';
    let err = '';
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    child.stdout.on('data', (part: Buffer) => {
      if (out.length < MOST_SAID) out += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      if (err.length < MOST_SAID) err += part.toString();
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, out, err });
    });
    // A program that ends without reading is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** By the address that CUPS has for it. */
export function reachOf(device: string): PrinterReach {
  const scheme = /^[a-z0-9+.-]+/i.exec(device)?.[0].toLowerCase() ?? '';
  if (/^(?:usb|parallel|serial)$/.test(scheme) || /^hp(?:fax)?:\/usb/i.test(device)) return 'cable';
  // How a USB printer without a driver is reached: a server on this machine stands before it.
  if (/^ipps?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/i.test(device)) return 'cable';
  if (
    /^(?:ipps?|https?|socket|lpd|smb|dnssd|mdns|ndp|beh|implicitclass)$/.test(scheme) ||
    /^hp(?:fax)?:\/net/i.test(device)
  )
    return 'network';
  return /^(?:file|cups-pdf|pdf)$/.test(scheme) ? 'file' : 'unknown';
}

/** A CUPS of another machine: its printers on a cable are not on ours. */
async function isServerElsewhere(environment: Environment): Promise<boolean> {
  const said = (await run('lpstat', ['-H'], environment))?.out.trim() ?? '';
  return said !== '' && !/^(?:\/|(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$)/i.test(said);
}

/** @returns undefined where printers cannot be asked for: on Windows, and without CUPS. */
export async function listPrinters(environment: Environment): Promise<readonly Printer[] | undefined> {
  if (process.platform === 'win32') return undefined;
  const devices = await run('lpstat', ['-v'], environment);
  if (!devices) return undefined;
  const found = [...devices.out.matchAll(/^device for ([^\s:]+): (\S+)/gm)];
  const isElsewhere = found.length > 0 && (await isServerElsewhere(environment));
  return found.map(([, name = '', device = '']) => ({
    name,
    reach: isElsewhere ? 'network' : reachOf(device),
  }));
}

/**
 * Hands one document to a printer; no file of it is made by this program.
 *
 * @param printer - A name that {@link listPrinters} gave.
 * @returns why it was not taken; undefined when it was.
 */
export async function sendToPrinter(
  pdf: Uint8Array,
  printer: string,
  environment: Environment,
): Promise<string | undefined> {
  // The title stands in the printer's list of jobs, and in logs.
  const ended = await run('lp', ['-d', printer, '-t', 'document', '-'], environment, pdf);
  if (!ended) return 'there is no lp on this machine';
  if (ended.code === 0) return undefined;
  const said = ended.err.trim().split('\n')[0] ?? '';
  return said === '' ? `lp ended with ${ended.code}` : said;
}
