// Printers as CUPS knows them, how a job gets to each, and a card sent to one without a file of ours: from memory
// into the standard input of lp. What CUPS then does with it no program can promise: it keeps the file of a job in its
// spool folder, for a day unless it is told otherwise, and some printers keep it longer (docs/ops/ceremony.md).
// Windows has neither.

import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a job gets there: `file` is a queue that prints into files. */
export type PrinterReach = 'cable' | 'network' | 'file' | 'unknown';

export interface Printer {
  readonly name: string;
  readonly reach: PrinterReach;
}

/** Each asks a daemon that may be gone. */
const PATIENCE_MS = 20_000;
const MOST_SAID = 65_536;

interface Ended {
  /** Undefined when it was killed, by us who waited too long or by anybody. */
  readonly code: number | undefined;
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
      resolve({ code: code ?? undefined, out, err });
    });
    // A program that ends without reading is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** Whatever listens on this machine only. */
const LOCAL_DEVICE = /^(?:ipps?|https?):\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/i;
/** Where CUPS itself listens: behind another address or port of this machine may be a tunnel. */
const OWN_HOST = String.raw`(?:localhost|127\.0\.0\.1|\[::1\])`;
/** A queue of this very CUPS. Its port is what ipp means by itself, and http does not. */
const LOCAL_QUEUE = new RegExp(
  `^(?:ipps?://${OWN_HOST}(?::631)?|https?://${OWN_HOST}:631)/(?:printers|classes)/([^/?#]+)$`,
  'i',
);
const LOCAL_SERVER = new RegExp(`^(?:/.*|${OWN_HOST}(?::631)?|::1)$`, 'i');

/** By the address that CUPS has for it. */
export function reachOf(device: string): PrinterReach {
  const scheme = /^[a-z0-9+.-]+/i.exec(device)?.[0].toLowerCase() ?? '';
  if (/^(?:usb|parallel|serial)$/.test(scheme) || /^hp(?:fax)?:\/usb/i.test(device)) return 'cable';
  // A program of this machine stands before it: ipp-usb and its cable, or a tunnel to anywhere.
  if (LOCAL_DEVICE.test(device)) return 'unknown';
  if (
    /^(?:ipps?|https?|socket|lpd|smb|dnssd|mdns|ndp|beh|implicitclass)$/.test(scheme) ||
    /^hp(?:fax)?:\/net/i.test(device)
  )
    return 'network';
  return /^(?:file|cups-pdf|pdf)$/.test(scheme) ? 'file' : 'unknown';
}

/** A CUPS of another machine, or of who knows where behind a port of this one: its cables are not ours. */
async function isServerElsewhere(environment: Environment): Promise<boolean> {
  const said = (await run('lpstat', ['-H'], environment))?.out.trim() ?? '';
  const server = said === '' ? (environment['CUPS_SERVER'] ?? '') : said;
  return server !== '' && !LOCAL_SERVER.test(server);
}

/** @returns undefined where printers cannot be asked for: on Windows, and without CUPS. */
export async function listPrinters(environment: Environment): Promise<readonly Printer[] | undefined> {
  if (process.platform === 'win32') return undefined;
  const devices = await run('lpstat', ['-v'], environment);
  if (!devices) return undefined;
  const found = [...devices.out.matchAll(/^device for ([^\s:]+): (\S+)/gm)].map(
    ([, name = '', device = '']) => ({ name, device }),
  );
  const isElsewhere = found.length > 0 && (await isServerElsewhere(environment));
  return found.map(({ name, device }) => ({
    name,
    reach: isElsewhere ? 'network' : reachThrough(device, found),
  }));
}

/** A queue that leads to another one of this CUPS goes where that one goes. */
function reachThrough(device: string, all: readonly { name: string; device: string }[]): PrinterReach {
  const next = LOCAL_QUEUE.exec(device)?.[1];
  const there = all.find(({ name }) => name === next);
  return reachOf(there?.device ?? device);
}

/** What became of a document: `unknown` when nobody answered in time, and it may be printed all the same. */
export type Sent =
  | { readonly state: 'taken' | 'unknown'; readonly job: string | undefined }
  | { readonly state: 'refused'; readonly reason: string };

// Once, one page a sheet, no banner page, whatever the defaults of the printer are.
const AS_IT_IS = ['-n', '1', '-o', 'job-sheets=none', '-o', 'number-up=1'];

/**
 * Hands one document to a printer; no file of it is made by this program.
 *
 * @param printer - A name that {@link listPrinters} gave.
 */
export async function sendToPrinter(
  pdf: Uint8Array,
  printer: string,
  environment: Environment,
): Promise<Sent> {
  // The title stands in the printer's list of jobs, and in logs.
  const ended = await run('lp', ['-d', printer, ...AS_IT_IS, '-t', 'document', '-'], environment, pdf);
  if (!ended) return { state: 'refused', reason: 'there is no lp on this machine' };
  const job = /^request id is (\S+-\d+)/m.exec(ended.out)?.[1];
  if (ended.code === 0) return { state: 'taken', job };
  if (ended.code === undefined) return { state: 'unknown', job };
  const said = ended.err.trim().split('\n')[0] ?? '';
  return { state: 'refused', reason: said === '' ? `lp ended with ${ended.code}` : said };
}

/** Takes a job out of the queue. @returns false when it could not be: as a rule it is printed already. */
export async function cancelJob(job: string, environment: Environment): Promise<boolean> {
  return (await run('cancel', [job], environment))?.code === 0;
}
