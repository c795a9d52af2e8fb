// A folder held against the pins: every fault is a finding of its own, and who may write on it.

import { describe, expect, test } from 'vitest';
import { concatBytes, encodeUtf8 } from '../../src/core/bytes.ts';
import { charterHash, charterKeyPair } from '../../src/core/record/charter.ts';
import type { LedgerEvent } from '../../src/core/record/ledger-event.ts';
import { verifyLedger } from '../../src/core/record/ledger.ts';
import { encodePublicKey } from '../../src/core/record/minisign.ts';
import { signRecord } from '../../src/core/record/package-record.ts';
import { assertIntact } from '../../src/escrow/intact.ts';
import { extendLedger, untoldSeals } from '../../src/escrow/ledger-lines.ts';
import type { Pins } from '../../src/escrow/trust.ts';
import { newestRecord, verifyEscrow } from '../../src/escrow/verify.ts';
import type { EscrowContents } from '../../src/escrow/ports.ts';
import type { Verification } from '../../src/escrow/verify.ts';
import { ceremonyOf, crypto, flat, folderOf, refusal, SEALER, STRANGER } from './sample.ts';

const folder = await folderOf(ceremonyOf(flat(2, 3)), 3);
const stranger = await folderOf(ceremonyOf(flat(2, 3), { escrow: 'fedcba9876543210' }), 1);
const { contents, pins } = folder;
const firstPrev = await charterHash(crypto, contents.chain[0]!.bytes);

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

/** Another hexadecimal digit, where a turned bit would now and then make none. */
const withOtherDigit = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? (byte === 0x30 ? 0x31 : 0x30) : byte));

/** The ledger without its last lines. */
function cutLedger(lines: number): Uint8Array {
  const text = new TextDecoder().decode(contents.ledger).trimEnd().split('\n');
  return encodeUtf8(
    text
      .slice(0, text.length - lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** The same lines, all by a sealer. */
function ledgerBySealer(): Uint8Array {
  const { lines } = verifyLedger(crypto, contents.ledger, { firstPrev, keys: [] });
  const events = lines.map(({ body: { event, facts } }) => ({ event, facts }) as unknown as LedgerEvent);
  const addition = { time: '2026-11-24T02:00:00Z', firstPrev, events, key: SEALER };
  return extendLedger(crypto, new Uint8Array(), addition).ledger;
}

function look(changes: Partial<EscrowContents> = {}, changedPins: Partial<Pins> = {}): Promise<Verification> {
  return verifyEscrow(crypto, { ...contents, ...changes }, { ...pins, ...changedPins });
}

const told = ({ findings }: Verification): string[] =>
  findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

const strangersRecord = (): EscrowContents['records'][number] => {
  const last = folder.records.at(-1)!;
  const record = {
    ...last.record,
    sequence: 4,
    previous: last.hash,
    package: { ...last.record.package, file: '000004-20261124T010204Z.tar.age' },
    sealer: encodePublicKey(crypto, STRANGER.publicKey),
  };
  return { name: '000004-20261124T010204Z.json', document: signRecord(crypto, record, STRANGER) };
};

test('a folder as it should be has no findings', async () => {
  const seen = await look();
  expect(told(seen)).toEqual([]);
  expect(seen.counts).toEqual({ charters: 1, records: 3, packages: 3, read: 3 });
  expect(seen.ledger?.head).toEqual(pins.ledger);
  expect(newestRecord(seen.records)?.record.sequence).toBe(3);
  expect(() => {
    assertIntact(pins, seen);
  }).not.toThrow();
});

test('a folder without packages is fine too', async () => {
  const fresh = await folderOf(ceremonyOf(flat(2, 3)), 0);
  const seen = await verifyEscrow(crypto, fresh.contents, fresh.pins);
  expect(told(seen)).toEqual([]);
  expect(newestRecord(seen.records)).toBeUndefined();
});

const withRecord = (
  at: number,
  change: (document: { bytes: Uint8Array; signature: string }) => object,
): Partial<EscrowContents> => ({
  records: contents.records.map(({ name, document }, index) => ({
    name,
    document: index === at ? { ...document, ...change(document) } : document,
  })),
});

describe('each fault is told, and whether anybody may write on', () => {
  test.each<[string, Partial<EscrowContents>, RegExp[], string]>([
    ['no charter', { charter: undefined }, [/^error charter-missing/], 'trust.damaged'],
    [
      'a charter with a bit turned',
      { charter: { ...contents.charter!, bytes: flipped(contents.charter!.bytes, 100) } },
      [
        /^error charter-not-pinned: the charter is not the one this machine was taught: its hash is [0-9a-f]{16}…, [0-9a-f]{16}… was expected$/,
      ],
      'trust.damaged',
    ],
    [
      'a signature of the charter with a bit turned',
      { charter: { ...contents.charter!, signature: stranger.contents.charter!.signature } },
      [/^error charter-not-pinned: .*its signature does not hold$/],
      'trust.damaged',
    ],
    [
      'another escrow’s charter',
      { charter: stranger.contents.charter },
      [/^error charter-not-pinned/],
      'trust.damaged',
    ],
    ['no chain of charters', { chain: [] }, [/^error charter-chain/], 'trust.damaged'],
    [
      'a damaged chain',
      { chain: [{ ...contents.chain[0]!, bytes: flipped(contents.chain[0]!.bytes, 100) }] },
      [/^error charter-chain: the chain of charters does not hold: /],
      'trust.damaged',
    ],
    [
      'a record with a bit turned in the middle of the chain',
      withRecord(1, ({ bytes }) => ({ bytes: flipped(bytes, 300) })),
      [
        /^error record-damaged: 000002-.* does not verify: /,
        /^error record-chain: record 3: record 2 is missing before it$/,
        /^warning package-without-record: 000002/,
      ],
      'trust.damaged',
    ],
    [
      'a record without its signature',
      withRecord(1, () => ({ signature: '' })),
      [/^error record-damaged: 000002/, /^error record-chain/, /^warning package-without-record/],
      'trust.damaged',
    ],
    [
      'the newest record gone',
      { records: contents.records.slice(0, 2) },
      [
        /^error record-rolled-back: record 3 was seen here before and is missing$/,
        /^warning package-without-record: 000003/,
      ],
      'trust.rollback',
    ],
    [
      'a record of another escrow',
      {
        records: [
          ...contents.records,
          ...stranger.contents.records.map((one) => ({ ...one, name: '000009-20261124T010209Z.json' })),
        ],
      },
      [
        /^error record-chain: record 1: 2 different records have this number$/,
        /^error record-chain: record 1: it belongs to another escrow$/,
      ],
      'trust.damaged',
    ],
    [
      'a record by a key that nobody named, which is no damage',
      {
        records: [...contents.records, strangersRecord()],
        packages: [...contents.packages, { name: '000004-20261124T010204Z.tar.age', size: 1_003 }],
      },
      [/^warning unknown-sealer: 000004-.*json is signed by a key the charter does not list$/],
      '',
    ],
    [
      'a package of another length',
      { packages: contents.packages.map((one, at) => (at === 0 ? { ...one, size: 5 } : one)) },
      [/^error package-damaged: 000001-.* has 5 bytes, its record says 1001$/],
      '',
    ],
    [
      'a package of other bytes',
      {
        packages: contents.packages.map((one, at) => (at === 0 ? { ...one, sha256: '22'.repeat(32) } : one)),
      },
      [/^error package-damaged: 000001-.* is not the file its record describes$/],
      '',
    ],
    [
      'a package that was not read',
      { packages: contents.packages.map(({ name, size }) => ({ name, size })) },
      [],
      '',
    ],
    ['old packages gone, which is retention', { packages: contents.packages.slice(2) }, [], ''],
    [
      'the newest package gone',
      { packages: contents.packages.slice(0, 2) },
      [/^error newest-package-missing: 000003/],
      '',
    ],
    [
      'a package that nobody recorded',
      { packages: [...contents.packages, { name: '000004-20261124T010204Z.tar.age', size: 7 }] },
      [/^warning package-without-record: 000004/],
      '',
    ],
    [
      'a ledger with a digit of a hash changed',
      { ledger: withOtherDigit(contents.ledger, 100) },
      [
        /^error ledger-damaged: the ledger: line 1: it does not follow the line before it$/,
        /^error ledger-damaged: the ledger: line 1: its signature does not hold$/,
        /^error ledger-damaged: the ledger: line 2: it does not follow the line before it$/,
      ],
      'trust.damaged',
    ],
    [
      'a ledger that lost its last lines',
      { ledger: cutLedger(2) },
      [/^error ledger-damaged: the ledger: line 4: it was seen before and is missing$/],
      'trust.rollback',
    ],
    ['a ledger that is gone', { ledger: new Uint8Array() }, [/^error ledger-damaged/], 'trust.rollback'],
    [
      'a torn last line, which the next writer mends',
      { ledger: concatBytes(contents.ledger, encodeUtf8('{"body":')) },
      [/^warning ledger-torn/],
      '',
    ],
    [
      'a line by a key that nobody named',
      {
        ledger: extendLedger(crypto, contents.ledger, {
          time: '2026-11-24T02:00:00Z',
          firstPrev,
          events: [{ event: 'note', facts: { text: 'all is well' } }],
          key: STRANGER,
        }).ledger,
      },
      [/^error ledger-damaged: the ledger: line 5: it is signed by a key that nobody named$/],
      'trust.damaged',
    ],
    [
      'a ledger that a sealer wrote anew, without what was said at the ceremony',
      { ledger: ledgerBySealer() },
      [
        /^error ledger-damaged: the ledger: line 4: it is not the line that was seen here before$/,
        /^error ledger-damaged: the ledger: line 1 is not that of a ceremony, signed by the key of its charter$/,
      ],
      'trust.damaged',
    ],
  ])('%s', async (_name, changes, expected, code) => {
    const seen = await look(changes);
    const findings = told(seen);
    expect(findings, findings.join('\n')).toHaveLength(expected.length);
    expected.forEach((pattern, at) => {
      expect(findings[at]).toMatch(pattern);
    });
    const refused = await refusal(() => {
      assertIntact(pins, seen);
    });
    expect(refused?.code ?? '').toBe(code);
  });

  test('what is refused says the first problem and how many more there are', async () => {
    const seen = await look({ ledger: withOtherDigit(contents.ledger, 100) });
    expect(
      await refusal(() => {
        assertIntact(pins, seen);
      }),
    ).toEqual({
      code: 'trust.damaged',
      facts: { problem: seen.findings[0]?.message, more: 2 },
    });
  });

  test('a rollback says both numbers', async () => {
    const records = await look({ records: contents.records.slice(0, 1) });
    expect(
      await refusal(() => {
        assertIntact(pins, records);
      }),
    ).toEqual({
      code: 'trust.rollback',
      facts: { what: 'record', pinned: 3, found: 1 },
    });
    const lines = await look({ ledger: cutLedger(3) });
    expect(
      await refusal(() => {
        assertIntact(pins, lines);
      }),
    ).toEqual({
      code: 'trust.rollback',
      facts: { what: 'ledger line', pinned: 4, found: 1 },
    });
  });
});

describe('without pins of its own a machine sees less', () => {
  test('a folder that is older is whole, and only the pins tell', async () => {
    const older = {
      records: contents.records.slice(0, 2),
      packages: contents.packages.slice(0, 2),
      ledger: cutLedger(1),
    };
    expect(told(await look(older, { record: null, ledger: null }))).toEqual([]);
    expect(told(await look(older))).toHaveLength(2);
  });
});

describe('lines for the ledger', () => {
  const event = { event: 'note', facts: { text: 'x' } } as const;
  const addition = { time: '2026-11-24T02:00:00Z', firstPrev, events: [event], key: SEALER };

  test('go behind the last whole line; what was torn is cut off', async () => {
    const torn = concatBytes(contents.ledger, encodeUtf8('{"body":"half'));
    const { ledger, head } = extendLedger(crypto, torn, addition);
    expect(extendLedger(crypto, contents.ledger, addition).ledger).toEqual(ledger);
    const seen = await look({ ledger });
    expect(told(seen)).toEqual([]);
    expect(seen.ledger?.head).toEqual(head);
    expect(head.line).toBe(5);
  });

  test('begin an empty ledger with the hash of the first charter', async () => {
    const key = charterKeyPair(crypto, folder.ceremony.seed);
    const facts = { kind: 'new', charter: firstPrev, number: 1 } as const;
    const first = { ...addition, key, events: [{ event: 'ceremony', facts } as const] };
    const begun = extendLedger(crypto, new Uint8Array(), first).ledger;
    const { ledger, head } = extendLedger(crypto, begun, addition);
    expect(head.line).toBe(2);
    const seen = await look({ ledger, records: [], packages: [] }, { record: null, ledger: null });
    expect(told(seen)).toEqual([]);
  });

  test('are not put behind a line that cannot be read', async () => {
    const text = new TextDecoder().decode(contents.ledger).trimEnd();
    const spoilt = encodeUtf8(`${text.slice(0, -1)}\n`);
    expect((await refusal(() => extendLedger(crypto, spoilt, addition)))?.code).toBe('ledger.format');
  });

  test('tell of the seals of this sealer that no line tells of, and of no others', async () => {
    const seen = await look({ ledger: cutLedger(2) }, { ledger: null });
    const sealer = encodePublicKey(crypto, SEALER.publicKey);
    const facts = folder.records
      .slice(1)
      .map(({ record, hash }) => ({ sequence: record.sequence, record: hash }));
    expect(untoldSeals(seen.records, seen.ledger!, sealer)).toEqual(
      facts.map((each) => ({ event: 'seal', facts: each })),
    );
    expect(untoldSeals(seen.records, seen.ledger!, encodePublicKey(crypto, STRANGER.publicKey))).toEqual([]);
    const whole = await look();
    expect(untoldSeals(whole.records, whole.ledger!, sealer)).toEqual([]);
  });
});
