// What happens behind the vault view, without a browser: reading, order, search, log, lock, clipboard.

import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/bytes.ts';
import { BOUNDS } from '../../../src/page/vault/bounds.ts';
import { SecretClipboard } from '../../../src/page/vault/clipboard.ts';
import { IdleClock } from '../../../src/page/vault/idle.ts';
import { formerLines, linesOf } from '../../../src/page/vault/lines.ts';
import { SearchIndex } from '../../../src/page/vault/search.ts';
import { PAGE_TARGETS, VaultSession } from '../../../src/page/vault/session.ts';
import { targetOf } from '../../../src/vault/targets.ts';
import { readCsvColumns } from '../../../src/vault/writers/csv-columns.ts';
import { crypto } from '../../escrow/sample.ts';
import { entry, vaultOf } from '../../support/full-vault.ts';
import { ITEMS, openedPackage } from './sample.ts';

const open = async (...given: Parameters<typeof openedPackage>): Promise<VaultSession> =>
  VaultSession.open(crypto, await openedPackage(...given));

const titles = (session: VaultSession, query: string, client?: number): readonly string[] =>
  session.index.find(query, client).map((index) => session.item(index).title);

const at = (session: VaultSession, title: string): number =>
  session.vault.items.findIndex((item) => item.title.startsWith(title));

describe('an opened package', () => {
  test('is one vault; an export that cannot be read is named and its file stays', async () => {
    const session = await open();
    expect(session.vault.items).toHaveLength(ITEMS.length);
    expect(session.read.unread.map(({ source, problem }) => [source.name, problem?.code])).toEqual([
      ['old', 'vault.format'],
    ]);
    expect(session.opened.files.get('exports/old/old.dat')).toEqual(encodeUtf8('not an export'));
  });

  test('keeps the files it was read from whole', async () => {
    const opened = await openedPackage();
    const before = [...opened.files].map(([path, bytes]) => [path, bytes.slice()]);
    await VaultSession.open(crypto, opened);
    expect([...opened.files]).toEqual(before);
  });

  test('opens an export that is locked with what lies beside it', async () => {
    const { manifest, files } = await openedPackage();
    const passphrase = encodeUtf8('its own password');
    const vault = vaultOf([entry({ id: 'k', title: 'Locked away' })]);
    const { bytes } = await targetOf('kdbx').write(crypto, vault, { passphrase, now: manifest.created });
    const [main] = manifest.sources;
    const source = { ...main!, format: 'kdbx', path: 'exports/k/k.kdbx', passphrase: 'unlock/k/passphrase' };
    const session = await VaultSession.open(crypto, {
      ...(await openedPackage()),
      manifest: { ...manifest, sources: [source] },
      files: new Map([...files, [source.path, bytes], [source.passphrase, passphrase]]),
    });
    expect(session.vault.items.map(({ title }) => title)).toEqual(['Locked away']);
    // Without its password it is one that could not be read.
    const without = { ...manifest, sources: [{ ...source, passphrase: null }] };
    const { read } = await VaultSession.open(crypto, { ...session.opened, manifest: without });
    expect(read.unread.map(({ problem }) => problem?.code)).toEqual(['vault.passphrase-needed']);
  });

  test('of several exports tells which entry came from which', async () => {
    const opened = await openedPackage();
    const [main] = opened.manifest.sources;
    const sources = [main!, { ...main!, name: 'second' }];
    const session = await VaultSession.open(crypto, { ...opened, manifest: { ...opened.manifest, sources } });
    expect(session.vault.items).toHaveLength(2 * ITEMS.length);
    expect(session.read.sourceOf(ITEMS.length - 1)).toBe('main');
    expect(session.read.sourceOf(ITEMS.length)).toBe('second');
  });

  test('with a list of clients that cannot be read has no order, and says so', async () => {
    const session = await open(ITEMS, { clients: 'nonsense: [' });
    expect(session.read.clientsProblem?.code).toBe('vault.clients');
    expect(session.order.decided).toBe(0);
    expect(session.order.next).toBeUndefined();
    expect(session.order.isInTurn(3)).toBe(true);
  });

  test('without any export that can be read still shows its files', async () => {
    const opened = await openedPackage();
    const sources = opened.manifest.sources.slice(1);
    const session = await VaultSession.open(crypto, { ...opened, manifest: { ...opened.manifest, sources } });
    expect(session.read.vault).toBeUndefined();
    expect(session.entries).toBe(0);
    expect(session.index.find('x')).toEqual([]);
  });

  test('when nothing can be made of it has all its exports as unread', async () => {
    const session = VaultSession.unread(crypto, await openedPackage());
    expect(session.read.unread.map(({ source }) => source.name)).toEqual(['main', 'old']);
    expect(session.entries).toBe(0);
  });

  test('once locked has only zeros where its files were', async () => {
    const session = await open();
    session.forget();
    for (const bytes of session.opened.files.values()) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});

describe('the order', () => {
  test('is the list by tier, then all others by name', async () => {
    const { order } = await open();
    expect(order.clients.map(({ name }) => name)).toEqual([
      'Own systems',
      'Riverside Clinic',
      'Oak Street Dental',
      'Harbor Foods',
      'Payroll Partners',
      'Muñoz Museum',
    ]);
    expect(order.decided).toBe(5);
  });

  test('goes on when a client is done; who goes out of turn is noted with the reason, and opens', async () => {
    const session = await open();
    const { order, log } = session;
    expect(order.next).toBe(0);
    expect(order.isInTurn(1)).toBe(false);
    session.openClient(0);
    session.setDone(0, true);
    expect(order.next).toBe(1);
    expect(order.isInTurn(1)).toBe(true);
    session.openClient(3, 'runs nights');
    expect(order.isInTurn(3)).toBe(true);
    // A second time nobody asks, and nothing is noted.
    session.openClient(3, 'again');
    expect(log.lines).toMatchObject([
      { kind: 'client', client: 'Own systems', tier: 0, instead: null, reason: null },
      { kind: 'done', client: 'Own systems', done: true },
      { kind: 'client', client: 'Harbor Foods', instead: 'Riverside Clinic', reason: 'runs nights' },
    ]);
    session.setDone(0, false);
    expect(order.next).toBe(0);
  });
});

describe('the search', () => {
  test('finds notes behind any number of addresses, and every field that is shown', () => {
    const item = entry({
      title: 'Portal',
      notes: 'ring twice',
      urls: Array.from({ length: 60 }, (_, index) => ({ uri: `https://${'a'.repeat(100)}.test/${index}` })),
      fields: [
        { name: 'door', value: 'north', kind: 'linked' },
        { name: 'pin', value: 'hidden-value', kind: 'hidden' },
      ],
    });
    const index = new SearchIndex([item], () => '', new Uint32Array(1));
    expect(['twice', 'north', 'pin', 'hidden-value'].map((word) => index.find(word).length)).toEqual([
      1, 1, 1, 0,
    ]);
  });

  test('finds every word anywhere, the title first, whatever case and accents', async () => {
    const session = await open();
    expect(titles(session, 'DC01')).toEqual(['Domain admin · DC01']);
    expect(titles(session, 'munoz')).toEqual(['Camera']);
    expect(titles(session, 'ilo')).toEqual(['Domain admin · DC01']);
    expect(titles(session, 'admin clinic')).toEqual(['Domain admin · DC01', 'Firewall · main site']);
    expect(titles(session, 'portal')).toEqual(['ISP portal', 'Bank portal']);
    expect(titles(session, 'portal', 4)).toEqual(['Bank portal']);
    expect(titles(session, '  ')).toHaveLength(ITEMS.length);
  });

  test('never answers whose password something is', async () => {
    const session = await open();
    for (const secret of ['pw-dc', 'hidden-dsrm', 'pw-before', 'JBSWY3DPEHPK3PXP'])
      expect(titles(session, secret)).toEqual([]);
  });

  test('puts what was thrown away last', () => {
    const items = [entry({ id: 'a', title: 'A', state: 'trashed' }), entry({ id: 'b', title: 'B' })];
    expect(new SearchIndex(items, () => '', new Uint32Array(2)).find('')).toEqual([1, 0]);
  });
});

describe('the lines of an entry', () => {
  test('cover what is secret and show the rest', async () => {
    const session = await open();
    const item = session.item(at(session, 'Domain'));
    expect(linesOf(item).map(({ label, part }) => [label, part])).toEqual([
      ['username', undefined],
      ['password', 'password'],
      ['address', undefined],
      [{ name: 'Asset' }, undefined],
      [{ name: 'DSRM' }, 'field'],
    ]);
    expect(formerLines(item).map(({ value, part }) => [value, part])).toEqual([
      ['pw-before', 'former password'],
    ]);
  });
});

describe('the log', () => {
  test('names what was revealed and how, counts entries once, and holds no value', async () => {
    const session = await open();
    const dc = at(session, 'Domain');
    session.revealed(dc, 'password', 'shown');
    session.revealed(dc, 'field', 'copied', 'DSRM');
    session.revealed(at(session, 'ERP'), 'password', 'copied');
    const { log } = session;
    expect(log.revealed).toBe(2);
    expect(log.isSaved).toBe(false);
    const text = log.document();
    expect(log.isSaved).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      type: 'holdfast reveal log v1',
      escrow: '0123456789abcdef',
      sequence: 42,
      events: [
        {
          kind: 'entry',
          part: 'password',
          how: 'shown',
          name: null,
          entry: {
            source: 'main',
            id: 'dc',
            client: 'Riverside Clinic',
            tier: 1,
            folder: 'Riverside Clinic',
          },
        },
        { kind: 'entry', part: 'field', how: 'copied', name: 'DSRM' },
        { kind: 'entry', entry: { client: 'Harbor Foods' } },
      ],
    });
    for (const secret of ['pw-dc', 'hidden-dsrm', 'pw-erp', 'JBSWY3DP']) expect(text).not.toContain(secret);
  });
});

describe('saving', () => {
  test('writes one client or all, and notes it once it was handed out', async () => {
    const session = await open();
    const csv = targetOf('csv');
    const one = await session.write(csv, 1, '');
    expect(one.fileName).toBe('vault-42-riverside-clinic.csv');
    expect(readCsvColumns(one.bytes).items).toHaveLength(4);
    const all = await session.write(csv, undefined, '');
    expect(all.fileName).toBe('vault-42.csv');
    expect(readCsvColumns(all.bytes).items).toHaveLength(ITEMS.length);
    expect(session.log.lines).toEqual([]);
    session.handedOut(csv, 1, one);
    session.handedOut(csv, undefined, all);
    expect(session.log.lines).toMatchObject([
      { kind: 'export', target: 'csv', client: 'Riverside Clinic', entries: 4, binned: 0 },
      { kind: 'export', target: 'csv', client: null, entries: ITEMS.length, binned: 0 },
    ]);
  });

  test('offers the encrypted file first', () => {
    expect(PAGE_TARGETS.map(({ id, isLocked }) => [id, isLocked])).toEqual([
      ['kdbx', true],
      ['bitwarden-json', false],
      ['csv', false],
    ]);
  });
});

describe('a page left alone', () => {
  test('warns for a minute, then locks, and no key undoes that', () => {
    const idle = new IdleClock(0);
    expect(idle.at(BOUNDS.idleMs - BOUNDS.idleWarningMs - 1).kind).toBe('active');
    expect(idle.at(BOUNDS.idleMs - 30_000)).toEqual({ kind: 'warned', leftMs: 30_000 });
    idle.touch(BOUNDS.idleMs - 1);
    expect(idle.at(BOUNDS.idleMs).kind).toBe('active');
    // The machine slept through it: the key that woke it comes too late.
    idle.touch(3 * BOUNDS.idleMs);
    expect(idle.at(3 * BOUNDS.idleMs).kind).toBe('locked');
  });
});

describe('the clipboard', () => {
  const port = (): {
    text: string;
    works: boolean;
    write(text: string): Promise<boolean>;
    clear(): Promise<boolean>;
  } => ({
    text: '',
    works: true,
    write(text) {
      if (this.works) this.text = text;
      return Promise.resolve(this.works);
    },
    clear() {
      return this.write('');
    },
  });

  test('is cleared when its time is over', async () => {
    const machine = port();
    const clipboard = new SecretClipboard(machine);
    expect(await clipboard.copy('secret', 0)).toBe(true);
    expect(clipboard.state(1_000)).toEqual({ kind: 'holds', secondsLeft: 29 });
    await clipboard.tick(BOUNDS.clipboardMs - 1);
    expect(machine.text).toBe('secret');
    await clipboard.tick(BOUNDS.clipboardMs);
    expect(machine.text).toBe('');
    expect(clipboard.state(BOUNDS.clipboardMs)).toEqual({ kind: 'empty' });
  });

  test('once it is closed, keeps nothing of a copy that had begun before', async () => {
    const machine = port();
    let allow = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      allow = resolve;
    });
    const clipboard = new SecretClipboard({
      write: async (text) => {
        await asked;
        return machine.write(text);
      },
      clear: () => machine.clear(),
    });
    const copying = clipboard.copy('secret', 0);
    await clipboard.close();
    allow();
    await copying;
    expect(machine.text).toBe('');
  });

  test('that cannot be cleared is said to hold it still, and is tried again', async () => {
    const machine = port();
    const clipboard = new SecretClipboard(machine);
    await clipboard.copy('secret', 0);
    machine.works = false;
    await clipboard.tick(BOUNDS.clipboardMs);
    expect(clipboard.state(BOUNDS.clipboardMs)).toEqual({ kind: 'stuck' });
    machine.works = true;
    await clipboard.tick(BOUNDS.clipboardMs + 1_000);
    expect(machine.text).toBe('');
    expect(clipboard.state(BOUNDS.clipboardMs + 1_000)).toEqual({ kind: 'empty' });
  });

  test('of a browser that refuses is not said to hold anything', async () => {
    const machine = port();
    machine.works = false;
    const clipboard = new SecretClipboard(machine);
    expect(await clipboard.copy('secret', 0)).toBe(false);
    expect(clipboard.state(0)).toEqual({ kind: 'empty' });
  });
});
