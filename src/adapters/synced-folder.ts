// Whether a path lies where a sync client would upload it: an export there is a plaintext vault in
// somebody's cloud, and deleting it does not take it back.

import { resolve, sep } from 'node:path';

const SYNCED_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^onedrive(?: - .+)?$/i, 'OneDrive'],
  [/^dropbox(?: \(.+\))?$/i, 'Dropbox'],
  [/^google ?drive$|^my drive$|^drivefs$/i, 'Google Drive'],
  [/^icloud ?drive$|^com~apple~clouddocs$|^mobile documents$/i, 'iCloud Drive'],
  [/^nextcloud$/i, 'Nextcloud'],
  [/^owncloud$/i, 'ownCloud'],
  [/^box(?: sync)?$/i, 'Box'],
  [/^pcloud ?drive$/i, 'pCloud'],
  [/^sharepoint$/i, 'SharePoint'],
  [/^syncthing$|^sync$/i, 'a sync folder'],
];

/** The name of the service that seems to sync this path, or undefined. */
export function syncedBy(path: string): string | undefined {
  for (const step of resolve(path).split(sep)) {
    const found = SYNCED_NAMES.find(([pattern]) => pattern.test(step));
    if (found) return found[1];
  }
  return undefined;
}
