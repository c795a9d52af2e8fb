// The sheets as they come out of the printer: nothing off the page or on top of something else, nothing
// small, one page where there must be one, and every name on them.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { loadPdfRasteriser } from '../../src/adapters/pdf-raster.ts';
import { printEmergencySheet, printSheet } from '../../src/adapters/sheet-press.ts';
import { type Language, LANGUAGES } from '../../src/core/languages.ts';
import { blockText, boxesOverlap, type DisplayList } from '../../src/paper/display-list.ts';
import { handoutStringsOf } from '../../src/paper/handouts.ts';
import type { Paper } from '../../src/paper/measures.ts';
import { layoutSheet, type SheetContent } from '../../src/paper/sheet.ts';
import { acknowledgements } from '../../src/paper/sheets/acknowledgement.ts';
import { BLANK_CARD } from '../../src/paper/sheets/blank-card.ts';
import { contactSheet } from '../../src/paper/sheets/contact-sheet.ts';
import { emergencySheet } from '../../src/paper/sheets/emergency.ts';
import { envelopes } from '../../src/paper/sheets/envelopes.ts';
import type { SheetCard, SheetContacts, SheetFacts } from '../../src/paper/sheets/facts.ts';
import { letters } from '../../src/paper/sheets/letters.ts';
import { registerPages } from '../../src/paper/sheets/register-page.ts';

const NAMES = ['Ana Ruiz', 'Łukasz Nowak', '李小龙', 'Wolfeschlegelsteinhausenbergerdorff, Hubert', '🔑 Zoë'];
const LONG = 'A text as long as the file takes '.repeat(5).slice(0, 159);

const cards = Array.from({ length: 20 }, (_, index): SheetCard => ({
  card: index + 1,
  holder: `${NAMES[index % NAMES.length] ?? ''} ${index + 1}`,
  contact: '+1 260 555 0100, evenings only',
  place: index % 2 === 0 ? 'home, safe in the basement' : null,
  group: index % 3 === 0 ? 'Partners' : null,
  bag: index % 2 === 0 ? 'A104477123451' : null,
  isLocked: index % 4 === 1,
  sealedFile: index % 5 === 4 ? 'card-5-set-1-3D6BJWFP.txt.age' : null,
  isHandedOver: index % 8 > 3,
  received: (['ceremony', 'handover', 'unread'] as const)[index % 3]!,
  issued: '2026-11-24',
  heard: '2026-11-24',
  proof: null,
  checkInDue: '2027-02-22',
  proofDue: '2026-11-24',
  state: 'good',
}));

const full: SheetContacts = {
  lost: { name: 'Rosa Diaz', role: 'Director', phone: '+1 260 555 0100' },
  found: { name: 'Northwind office', phone: '+1 260 555 0199' },
  ask: Array.from({ length: 8 }, (_, index) => ({
    name: `Officer ${index + 1}`,
    phone: '+49 30 5550 12345',
  })),
  channel: LONG,
  rmm: LONG,
  laptop: LONG,
  packages: LONG,
  insurer: 'Harbor Mutual, policy CY-4411',
  message: LONG,
};

const factsWith = (contacts: SheetContacts, language: Language = 'en'): SheetFacts => ({
  organisation: 'Northwind Information Technology Services and Consulting of Fort Wayne',
  language,
  printed: '2026-11-24',
  mark: 'gold circle',
  setNumber: 1,
  cardCount: 20,
  contacts,
  // The longest words of all.
  wrap: 'unknown',
  hasLocks: true,
});

const tiers = [0, 1, 2, 3, 4].map((tier) => ({
  tier,
  names: Array.from({ length: 12 }, (_, index) => `Client ${tier}.${index} with a longer name`),
}));

const contents = (
  contacts: SheetContacts,
  language: Language = 'en',
): Readonly<Record<string, SheetContent>> => {
  const facts = factsWith(contacts, language);
  return {
    acknowledgement: acknowledgements(facts, cards),
    'contact sheet': contactSheet(facts),
    'blank card': BLANK_CARD,
    envelopes: envelopes(facts, 20),
    letters: letters(facts, cards),
    register: registerPages(facts, cards, { margin: 'Enough.', changes: ['Card 3, its holder: left'] }),
    emergency: emergencySheet(
      { ...facts, needed: '6 of 20 are needed', trustees: cards, tiers: [] },
      { leadingMm: 5.05, trustees: 6, clients: 2 },
    ),
  };
};

let fonts: LoadedFonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

function assertClean({ blocks, widthMm, heightMm }: DisplayList): void {
  for (const [index, { box, items, role }] of blocks.entries()) {
    expect(box.left).toBeGreaterThanOrEqual(17);
    expect(box.right).toBeLessThanOrEqual(widthMm - 17);
    expect(box.top).toBeGreaterThanOrEqual(13);
    expect(box.bottom).toBeLessThanOrEqual(heightMm - 9);
    for (const item of items) if (item.kind === 'text') expect(item.sizePt).toBeGreaterThanOrEqual(12);
    if (role === 'Artifact') continue;
    // Ink of neighbours may touch where a letter hangs low; a line apart it does not.
    const inner = { ...box, top: box.top + 0.9, bottom: box.bottom - 0.9 };
    for (const other of blocks.slice(index + 1)) expect(boxesOverlap(inner, other.box)).toBe(false);
  }
}

describe.each<[string, SheetContacts]>([
  ['blank', {}],
  ['filled in', full],
])('%s', (_, contacts) => {
  test.each(
    Object.keys(contents(contacts)).flatMap((name): [string, Paper][] => [
      [name, 'a4'],
      [name, 'letter'],
    ]),
  )('%s on %s lies on the page, 12 points and up', (name, paper) => {
    const content = contents(contacts)[name]!;
    for (const page of layoutSheet(content, paper, fonts)) assertClean(page);
  });
});

const HANDOUTS = ['acknowledgement', 'contact sheet', 'letters', 'envelopes'] as const;

/** All the words of a page, and what is drawn of them. */
const wordsOn = ({ blocks }: DisplayList): string => blocks.map(blockText).join('\n');

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(HANDOUTS)('%s lies on as many pages as in English, each whole', (name) => {
    for (const contacts of [{}, full])
      for (const paper of ['a4', 'letter'] as const) {
        const content = contents(contacts, language)[name]!;
        const pages = layoutSheet(content, paper, fonts);
        expect(pages).toHaveLength(layoutSheet(contents(contacts)[name]!, paper, fonts).length);
        for (const page of pages) {
          assertClean(page);
          expect(page.language).toBe(language);
          // A foot that is too long would end at the margin.
          expect(wordsOn(page)).toContain(content.foot);
          // Room for a pen behind every label; what is shorter is a dash to cut along.
          const lines = page.blocks.flatMap(({ items }) =>
            items.flatMap((item) => (item.kind === 'path' && item.steps.length === 2 ? [item.box] : [])),
          );
          for (const { left, right } of lines.filter((box) => box.right - box.left > 3))
            expect(right - left).toBeGreaterThan(20);
        }
      }
  });

  test('the two wraps say two things wherever a bag is spoken of', () => {
    const { acknowledgement, letter, contact, slip } = handoutStringsOf(language);
    const pairs = [
      acknowledgement.bag,
      acknowledgement.received,
      acknowledgement.receivedClosed,
      letter.thanks,
      letter.trouble,
      letter.never,
      letter.number,
      contact.keep,
      contact.checkText,
      slip.number,
    ];
    for (const { bag, unknown } of pairs) expect(bag).not.toBe(unknown);
    expect(letter.steps.bag).toHaveLength(letter.steps.unknown.length);
    expect(contact.steps.bag).toHaveLength(contact.steps.unknown.length);
    expect(acknowledgement.promises.bag).toHaveLength(acknowledgement.promises.unknown.length);
  });
});

test.each(LANGUAGES.filter((language) => language !== 'en'))(
  'in %s nothing is left in English but names',
  (language) => {
    const own = { ...full, message: undefined, channel: undefined, insurer: undefined };
    const file = (card: SheetCard): string | null => card.sealedFile && '3D6BJWFP.txt.age';
    const mine = cards.map((card) => ({
      ...card,
      holder: 'Ana Ruiz',
      group: 'IT',
      place: null,
      sealedFile: file(card),
    }));
    const facts: SheetFacts = { ...factsWith(own, language), organisation: 'Northwind', mark: '' };
    for (const wrap of ['bag', 'unknown'] as const)
      for (const content of [
        acknowledgements(facts, mine),
        letters(facts, mine),
        contactSheet({ ...facts, wrap }),
        envelopes({ ...facts, wrap }, 1),
      ])
        expect(layoutSheet(content, 'a4', fonts).map(wordsOn).join(' ')).not.toMatch(
          /\b(the|and|bag|card|set|call|closed|name and|of)\b|U\+/i,
        );
  },
);

test.each<[string, number]>([
  ['acknowledgement', 20],
  ['contact sheet', 1],
  ['letters', 20],
])('%s: %i pages', (name, pages) => {
  for (const contacts of [{}, full])
    for (const paper of ['a4', 'letter'] as const)
      expect(layoutSheet(contents(contacts)[name]!, paper, fonts)).toHaveLength(pages);
});

test('the emergency sheet is one page with all that can be filled in, and names as many as that takes', async () => {
  const facts = { ...factsWith(full), needed: '6 of 20 are needed', trustees: cards, tiers };
  const { pages, pdf } = await printEmergencySheet(facts, 'letter');
  expect(pages).toBe(1);
  const [text = ''] = await (await loadPdfRasteriser()).texts(pdf, 'sheet');
  expect(text).toMatch(/more, in the register/);
});

test('a page and its reader agree: names and numbers are there, and no other holder on a contact sheet', async () => {
  const rasteriser = await loadPdfRasteriser();
  const textsOf = async (name: string): Promise<readonly string[]> =>
    rasteriser.texts((await printSheet(contents(full)[name]!, 'a4')).pdf, 'sheet');
  const letter = await textsOf('letters');
  expect(letter[0]).toMatch(/Ana Ruiz 1/);
  expect(letter[0]).toMatch(/22 Feb 2027/);
  // It may be opened by others.
  expect(letter.join('')).not.toMatch(/A104477|password|vault|recovery card|gold/i);
  const [contact = ''] = await textsOf('contact sheet');
  expect(contact).toMatch(/Officer 8/);
  expect(contact).not.toMatch(/Ruiz|Nowak|gold|Card 1/);
  const slips = (await textsOf('envelopes')).join('');
  expect(slips.match(/Continuity document/g)).toHaveLength(20);
  expect(slips).not.toMatch(/password|key|vault|recovery|Ruiz|gold|Information Technology/i);
  const register = (await textsOf('register')).join('');
  expect(register).toMatch(/Ana Ruiz 1/);
  expect(register).toMatch(/its holder: left/);
});
