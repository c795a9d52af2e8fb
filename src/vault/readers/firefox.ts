// Logins that Firefox saves as CSV. They have no titles: the host stands in for one.

import { csvFormat } from '../csv-profile.ts';

/** `https://user@host:8443/path` → `host:8443`; what is no address stays as it is. */
function hostOf(url: string): string {
  const [, host] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url) ?? [];
  return host ?? url;
}

export const firefoxCsv = csvFormat({
  id: 'firefox-csv',
  product: 'Firefox',
  required: ['url', 'username', 'password', 'httpRealm', 'formActionOrigin', 'guid'],
  optional: ['timeCreated', 'timeLastUsed', 'timePasswordChanged'],
  hasNoTotpColumn: true,
  columns: {
    url: ['url'],
    username: ['username'],
    password: ['password'],
    created: ['timeCreated'],
    modified: ['timePasswordChanged'],
  },
  refine: (parts, row) => ({ ...parts, title: hostOf(row.get('url')) }),
});
