import { beforeAll, describe, expect, test } from 'vitest';
import { loadFonts, type LoadedFonts } from '../../src/adapters/fonts.ts';
import { scriptSheet } from '../../src/cli/script-sheet.ts';
import { ceremonyScript, type ScriptKind } from '../../src/escrow/ceremony-script.ts';
import { decodePlan, type Plan } from '../../src/escrow/plan.ts';
import { type Block, blockText, boxesOverlap, type DisplayList } from '../../src/paper/display-list.ts';
import { layoutScript, type ScriptSheet } from '../../src/paper/script.ts';
import { SCRIPT_STRINGS } from '../../src/paper/script-strings.ts';

let fonts: LoadedFonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

const NAMES = [
  'Ana Ruiz',
  'Łukasz Nowak',
  'Mei 陈',
  'سارة',
  'A person of a name that is longer than any card has room for',
];

const planOf = (cards: number, locked: readonly number[] = []): Plan =>
  decodePlan(
    JSON.stringify({
      organisation: 'Northwind IT',
      lead: 'Alexandra Konstantinopoulou von Habsburg-Lothringen',
      threshold: 2,
      trustees: Array.from({ length: cards }, (_, at) => ({
        name: NAMES[at] ?? `Trustee ${at + 1}`,
        ...(locked.includes(at + 1) ? { lock: 'passphrase' } : {}),
      })),
    }),
  );

const sheetOf = (plan: Plan, kind: ScriptKind): Promise<ScriptSheet> =>
  scriptSheet(plan, {
    kind,
    setNumber: 1,
    now: new Date('2026-11-24T01:02:03Z'),
    planWords: ['orbit', 'lemon', 'cabin'],
  });

/** What is drawn, without the white space between runs: a name may stand on two lines. */
const inkOf = ({ items }: Block): string =>
  items
    .flatMap((item) => (item.kind === 'text' ? [item.text] : []))
    .join('')
    .replaceAll(/\s/g, '');

/** Words that a screen reader hears and that are not drawn. */
const UNDRAWN = new RegExp(`^${SCRIPT_STRINGS.screen}: `, 'gm');

const textOf = (page: DisplayList): string => page.blocks.map(blockText).join('\n');

describe.each(['small', 'full'] as const)('%s', (kind) => {
  test.each([
    ['a4', 5],
    ['letter', 5],
    ['a4', 2],
    ['letter', 60],
  ] as const)('on %s with %i cards: nothing outside, nothing on top of another', async (paper, cards) => {
    const pages = layoutScript(await sheetOf(planOf(cards, [2, 5]), kind), paper, fonts);
    for (const [index, page] of pages.entries()) {
      expect(textOf(page)).toContain(`page ${index + 1} of ${pages.length}`);
      // All that is said stands there in ink, names and instructions to the last letter.
      for (const block of page.blocks.filter(({ role }) => role !== 'Artifact')) {
        const ink = inkOf(block);
        for (const word of blockText(block)
          .replaceAll(UNDRAWN, '')
          .split(/[\s,:]+/))
          if (!/\p{Script=Arabic}/u.test(word))
            expect([block.name, ink]).toEqual([block.name, expect.stringContaining(word)]);
      }
      const blocks = page.blocks.filter(({ role }) => role !== 'Artifact');
      for (const [at, { name, box }] of blocks.entries()) {
        expect([name, box.left >= 17.8, box.right <= page.widthMm - 17.8]).toEqual([name, true, true]);
        expect([name, box.top > 12, box.bottom < page.heightMm - 10]).toEqual([name, true, true]);
        const other = blocks.slice(at + 1).find((block) => boxesOverlap(block.box, box));
        expect([name, other?.name]).toEqual([name, undefined]);
      }
      for (const { name, box } of page.blocks) {
        expect([name, box.left > 15, box.right < page.widthMm - 15, box.bottom < page.heightMm - 9]).toEqual([
          name,
          true,
          true,
          true,
        ]);
      }
    }
  });

  test('the numbers and words on paper are those of the script that the screen follows', async () => {
    const plan = planOf(5);
    const sheet = await sheetOf(plan, kind);
    const pages = layoutScript(sheet, 'a4', fonts);
    const { steps } = ceremonyScript(plan, kind, { program: sheet.program });
    const printed = pages.flatMap(({ blocks }) => blocks.filter(({ name }) => /^step \d/.test(name)));
    expect(printed).toHaveLength(steps.length);
    for (const [index, step] of steps.entries()) {
      const text = printed[index] === undefined ? '' : blockText(printed[index]);
      expect(text.split('\n').slice(0, 3)).toEqual([String(step.number), step.role, step.title]);
      for (const part of [...step.doing, step.say ?? '', step.screen ?? '']) expect(text).toContain(part);
      const runs = printed[index]?.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
      expect(runs?.[0]).toBe(String(step.number));
    }
  });

  test('every trustee has a line to be ticked off and one to sign, and a place in each list of cards', async () => {
    const pages = layoutScript(await sheetOf(planOf(5), kind), 'a4', fonts);
    const all = pages.map(textOf).join('\n');
    for (const [index, name] of NAMES.entries()) {
      expect(all).toContain(`${index + 1} ${name}: printed, taken, scanned, row typed`);
      expect(all).toContain(`${index + 1} ${name}: bag number`);
      expect(all).toContain(`card ${index + 1} ${name}`);
    }
    expect(all).toContain('orbit  lemon  cabin');
    expect(all.includes('Witness')).toBe(kind === 'full');
    expect(all).toContain('What happened');
    expect(all).not.toContain('passphrase');
  });

  test('page 1 says who locks a card, and the steps what that takes', async () => {
    const [first, ...others] = layoutScript(await sheetOf(planOf(3, [2]), kind), 'a4', fonts);
    expect(textOf(first)).toMatch(/2 Łukasz Nowak \(locks it by a passphrase\)\n/);
    expect(textOf(first)).toMatch(/1 Ana Ruiz\n/);
    expect(others.map(textOf).join('\n')).toMatch(/passphrase of card 2\.[^]*five rows/);
  });
});

test('page 1 marks a card that is also a file, and names a witness of the plan on either script', async () => {
  const plan = decodePlan(
    JSON.stringify({
      organisation: 'Northwind IT',
      lead: 'Ana Ruiz',
      witness: 'Zoë Ng',
      threshold: 2,
      trustees: [
        { name: 'A' },
        { name: 'B', encryptTo: 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj' },
      ],
    }),
  );
  for (const kind of ['small', 'full'] as const) {
    const [first] = layoutScript(await sheetOf(plan, kind), 'a4', fonts);
    expect(textOf(first)).toContain('2 B (also a file for own key)');
    expect(textOf(first)).toContain('Witness Zoë Ng');
  }
  const { roles } = await sheetOf(planOf(2), 'small');
  expect(roles.map(({ role }) => role)).toEqual(['Lead']);
});

test('names on page 1 begin at one edge, whoever they are of', async () => {
  const [first] = layoutScript(await sheetOf(planOf(5), 'full'), 'a4', fonts);
  const edges = first.blocks
    .filter(({ name }) => name === 'person' || name === 'role')
    .flatMap(({ items }) => items.flatMap((item) => (item.kind === 'text' ? [item.x] : [])).slice(1, 2));
  expect(edges.length).toBeGreaterThan(4);
  expect(new Set(edges.map((x) => x.toFixed(1))).size).toBe(1);
});

test.each(['small', 'full'] as const)('%s: no label of a card runs into the next box', async (kind) => {
  for (const paper of ['a4', 'letter'] as const) {
    const pages = layoutScript(await sheetOf(planOf(5), kind), paper, fonts);
    for (const { blocks } of pages)
      for (const [at, block] of blocks.entries()) {
        if (block.name !== 'card') continue;
        const ticks = (blocks[at + 1]?.items ?? []).map(({ box }) => box);
        const labels = block.items.map(({ box }) => box);
        // Air on both sides: a label that touches a box reads as if it were ticked.
        const wide = labels.map((box) => ({ ...box, left: box.left - 0.8, right: box.right + 1.2 }));
        const touched = ticks.filter((tick) => wide.some((label) => boxesOverlap(label, tick)));
        expect([blockText(block), touched]).toEqual([blockText(block), []]);
      }
  }
});
