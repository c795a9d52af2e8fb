// What the page shows after the opening.

import { el } from '../element.ts';
import type { OpenedPackage } from '../opened.ts';

/** Shows an opened package. */
export function openVaultView(root: HTMLElement, opened: OpenedPackage): void {
  root.replaceChildren(
    el('main', {}, el('h1', {}, 'Vault'), ...opened.warnings.map((warning) => el('p', {}, warning))),
  );
}
