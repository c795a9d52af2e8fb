// Secrets on the clipboard, and off it again. A page may write to the clipboard only while it is in front, so what
// could not be cleared is said, and tried again. What cannot be taken off again is not put there in another way.

import { BOUNDS } from './bounds.ts';

/** The machine's clipboard. Each call tells whether it worked. */
interface ClipboardPort {
  write(text: string): Promise<boolean>;
  clear(): Promise<boolean>;
}

type ClipboardState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'holds'; readonly secondsLeft: number }
  /** The time is over, and it could not be cleared. */
  | { readonly kind: 'stuck' };

export class SecretClipboard {
  readonly #port: ClipboardPort;
  #until: number | undefined;
  #isClosed = false;

  constructor(port: ClipboardPort) {
    this.#port = port;
  }

  /** @returns whether the text is on the clipboard now. */
  async copy(text: string, now: number): Promise<boolean> {
    if (!(await this.#port.write(text))) return false;
    this.#until = now + BOUNDS.clipboardMs;
    // A browser may take its time, or ask somebody first.
    if (this.#isClosed) await this.clear();
    return true;
  }

  state(now: number): ClipboardState {
    if (this.#until === undefined) return { kind: 'empty' };
    const secondsLeft = Math.ceil((this.#until - now) / 1000);
    return secondsLeft > 0 ? { kind: 'holds', secondsLeft } : { kind: 'stuck' };
  }

  /** Clears it when its time is over; what fails is tried again with the next call. */
  async tick(now: number): Promise<void> {
    if (this.#until !== undefined && now >= this.#until) await this.clear();
  }

  /** Clears it, and whatever a copy that has begun still puts there. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.clear();
  }

  async clear(): Promise<void> {
    const until = this.#until;
    // Something copied meanwhile has a time of its own.
    if (until !== undefined && (await this.#port.clear()) && this.#until === until) this.#until = undefined;
  }
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export const BROWSER_CLIPBOARD: ClipboardPort = {
  write,
  clear: () => write(''),
};
