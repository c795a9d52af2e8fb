import { encodeUtf8 } from '../../src/core/bytes.ts';
import { splitShareFile } from '../../src/core/share/share-file.ts';
import { cardsInText } from '../../src/page/cards/text-cards.ts';
import { describe, expect, test } from 'vitest';
import { ceremony, rowsOf, ruined } from './sample.ts';

const cards = (text: string): readonly (readonly string[])[] => cardsInText(encodeUtf8(text), 'x.txt');

/** As a kit has it: some lines are as long as a row, in letters that cards have. */
const LETTER = `HOLDFAST KIT

What is in this folder
  RECOVER.html   the page that opens the package
Keep the cards apart
Keep them away from here

  charter.json
`;

describe('a text file', () => {
  test('of prose is no card, though its lines might be rows', () => {
    expect(splitShareFile(encodeUtf8(LETTER)).length).toBeGreaterThan(0);
    expect(() => cards(LETTER)).toThrow('share.no-rows');
  });

  test('of cards gives each of them, ruined ones too', () => {
    const bad = rowsOf(ceremony, 2).map(ruined);
    expect(cards([...rowsOf(ceremony, 1), '', ...bad].join('\n'))).toEqual([rowsOf(ceremony, 1), bad]);
    expect(cards(bad.join('\n'))).toEqual([bad]);
  });

  test('with one row of a card that can be read is a card that is not whole', () => {
    const [one = ''] = rowsOf(ceremony, 1);
    expect(cards(`${one}\nsecond row lost\n`)).toHaveLength(1);
  });
});
