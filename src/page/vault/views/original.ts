// A file of the package goes out as it was sealed.

import { saveBytes } from '../../save.ts';
import type { VaultUi } from '../ui.ts';

/** Saves a file of the package as it was sealed. */
export function saveOriginal(ui: VaultUi, path: string): void {
  const { session } = ui;
  const bytes = session.opened.files.get(path);
  if (!bytes) return;
  saveBytes(path.split('/').at(-1) ?? 'original', bytes);
  session.log.add({ kind: 'original', path, how: 'saved' });
  ui.noted();
}
