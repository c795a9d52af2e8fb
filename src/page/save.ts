// Files out of the page, by the browser's own download. Nothing goes over a network: the address is of
// this page's memory.

import { el } from './element.ts';

/** Saves bytes under a name, where the browser saves downloads. */
export function saveBytes(name: string, bytes: Uint8Array, type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  el('a', { href: address, download: name }).click();
  // The browser has to have opened it before it goes.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

export function saveText(name: string, text: string): void {
  saveBytes(name, new TextEncoder().encode(text), 'text/plain');
}
