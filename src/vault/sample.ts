// A made-up vault of a managed service provider, as a Bitwarden JSON export: what `holdfast demo` seals,
// and what tests and benchmarks measure. The same number of entries gives the same bytes. Every host is
// under example.com or .test, every secret drawn from a generator that anybody can repeat.

import { encodeUtf8, type Bytes } from '../core/bytes.ts';
import { SAMPLE_CLIENTS, SAMPLE_SERVICES, type SampleService } from './sample-words.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PASSWORD_SIGNS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@_"\'<>ß€';
const HEX = '0123456789abcdef';

/** The newest date in it, so that the sample never seems to come from the future. */
const NEWEST = Date.UTC(2026, 9, 1);
const DAY_MS = 86_400_000;

/** Marsaglia's xorshift32: small, repeatable, and good for nothing secret. */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(this.below(alphabet.length))).join('');
  }

  uuid(): string {
    const hex = this.text(HEX, 32);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-');
  }

  /** ISO 8601, within the days before `until`. */
  date(until: number, days: number): string {
    return new Date(until - this.below(days * DAY_MS)).toISOString();
  }
}

interface Place {
  readonly index: number;
  readonly client: string;
  readonly slug: string;
  readonly folderId: string;
  /** How often the round of services has begun anew for this client, from 1. */
  readonly round: number;
  readonly service: SampleService;
}

function slugOf(client: string): string {
  const ascii = client.toLowerCase().replaceAll('ü', 'ue').replaceAll('ö', 'oe');
  return ascii
    .replace(/\(.*\)/, '')
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '');
}

function commonParts(dice: Dice, { folderId, index }: Place, name: string, notes: string | null): object {
  const modified = dice.date(NEWEST, 700);
  const previous = {
    lastUsedDate: dice.date(Date.parse(modified), 300),
    password: dice.text(PASSWORD_SIGNS, 14),
  };
  return {
    passwordHistory: index % 11 === 4 ? [previous] : null,
    revisionDate: modified,
    creationDate: dice.date(Date.parse(modified), 900),
    deletedDate: null,
    id: dice.uuid(),
    organizationId: null,
    folderId,
    reprompt: 0,
    name,
    notes,
    favorite: index % 60 === 0,
    collectionIds: null,
  };
}

function totpOf(dice: Dice, { index, slug, service }: Place): string | null {
  if (index % 3 !== 0) return null;
  const secret = dice.text(BASE32, 32);
  const label = `${encodeURIComponent(service.title)}:${service.username}%40${slug}.test`;
  if (index % 2 === 0) return secret.replace(/.{4}(?!$)/g, '$& ').toLowerCase();
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(service.title)}`;
}

function fieldsOf(dice: Dice, { index, service }: Place): readonly object[] {
  if (index % 4 !== 1) return [];
  return [
    { name: 'Asset tag', value: `NW-${1000 + index}`, type: 0, linkedId: null },
    { name: `${service.title} recovery key`, value: dice.text(BASE32, 24), type: 1, linkedId: null },
    { name: 'Monitored', value: 'true', type: 2, linkedId: null },
  ];
}

function login(dice: Dice, place: Place): object {
  const { service, slug, round, client } = place;
  const name = round === 1 ? `${service.title}, ${client}` : `${service.title} ${round}, ${client}`;
  const uris = [{ match: null, uri: `https://${service.host}${round === 1 ? '' : round}.${slug}.test/` }];
  if (place.index % 5 === 2) uris.push({ match: null, uri: `https://portal.example.com/${slug}` });
  return {
    ...commonParts(dice, place, name, service.note === '' ? null : service.note),
    type: 1,
    fields: fieldsOf(dice, place),
    login: {
      fido2Credentials: [],
      uris,
      username: service.username.includes('admin') ? `${service.username}@${slug}.test` : service.username,
      password: dice.text(PASSWORD_SIGNS, 16 + dice.below(9)),
      totp: totpOf(dice, place),
    },
  };
}

function note(dice: Dice, place: Place): object {
  const steps = [
    'Call the client first.',
    'Internet off at the router, not at the firewall.',
    'Then the domain controllers, then storage.',
  ];
  const text = [`Order of work for ${place.client}`, ...steps.map((step, i) => `${i + 1}. ${step}`)].join(
    '\n',
  );
  return {
    ...commonParts(dice, place, `Runbook ${place.round}, ${place.client}`, text),
    type: 2,
    fields: [],
    secureNote: { type: 0 },
  };
}

function card(dice: Dice, place: Place): object {
  const number = `411111111111${dice.text('0123456789', 4)}`;
  const details = {
    cardholderName: 'Northwind IT',
    brand: 'Visa',
    number,
    expMonth: '8',
    expYear: '2029',
    code: dice.text('0123456789', 3),
  };
  return {
    ...commonParts(dice, place, `Purchasing card ${place.index}, ${place.client}`, null),
    type: 3,
    fields: [],
    card: details,
  };
}

function identity(dice: Dice, place: Place): object {
  const details = {
    title: 'Ms',
    firstName: 'Sample',
    lastName: `Contact ${place.index}`,
    company: place.client,
    email: `office@${place.slug}.test`,
    phone: `+1 260 555 01${dice.text('0123456789', 2)}`,
  };
  return {
    ...commonParts(dice, place, `Contact ${place.index}, ${place.client}`, null),
    type: 4,
    fields: [],
    identity: details,
  };
}

function sshKey(dice: Dice, place: Place): object {
  const lines = Array.from({ length: 5 }, () => dice.text(BASE64, 70)).join('\n');
  const details = {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey: `ssh-ed25519 ${dice.text(BASE64, 68)} deploy@${place.slug}.test`,
    keyFingerprint: `SHA256:${dice.text(BASE64, 43)}`,
  };
  return {
    ...commonParts(dice, place, `Deploy key ${place.index}, ${place.client}`, null),
    type: 5,
    fields: [],
    sshKey: details,
  };
}

/** Every so often something else than a login; the numbers are prime so that clients take turns. */
function itemAt(dice: Dice, place: Place): object {
  if (place.index % 53 === 52) return sshKey(dice, place);
  if (place.index % 71 === 70) return card(dice, place);
  if (place.index % 83 === 82) return identity(dice, place);
  if (place.index % 23 === 22) return note(dice, place);
  return login(dice, place);
}

/**
 * Makes the sample export.
 *
 * @param entries - How many entries; spread over some sixty clients, a folder each.
 * @returns UTF-8 JSON as Bitwarden writes it for one person.
 */
export function sampleBitwardenExport(entries: number): Bytes {
  const dice = new Dice(20_210_702);
  const folders = SAMPLE_CLIENTS.map((name) => ({ id: dice.uuid(), name }));
  const items = Array.from({ length: entries }, (_, index) => {
    const folder = folders[index % folders.length] ?? { id: '', name: '' };
    const turn = Math.floor(index / folders.length);
    const service = SAMPLE_SERVICES[turn % SAMPLE_SERVICES.length] ?? {
      title: '',
      username: '',
      host: '',
      note: '',
    };
    const round = 1 + Math.floor(turn / SAMPLE_SERVICES.length);
    return itemAt(dice, {
      index,
      client: folder.name,
      slug: slugOf(folder.name),
      folderId: folder.id,
      round,
      service,
    });
  });
  return encodeUtf8(`${JSON.stringify({ encrypted: false, folders, items }, null, 2)}\n`);
}
