// Draws docs/images/card.png with the project's own press: `npm run build`, then `node docs/images/render.js`.
// The card is of a made-up set: its rows are the hash of a sentence, no key was ever split for them, and
// nothing opens with it.

import { writeFileSync } from 'node:fs';
import { renderCard } from '../../dist/adapters/card-press.js';
import { loadNodeCrypto } from '../../dist/adapters/crypto-node.js';
import { loadFonts } from '../../dist/adapters/fonts.js';
import { encodeShare, setIdOf, shortSetId } from '../../dist/core/share/share-record.js';
import { setMark } from '../../dist/core/share/set.js';
import { encodeShareRows } from '../../dist/core/share/share-text.js';
import { pictureOf } from './png.js';

const DPI = 100;

const crypto = await loadNodeCrypto();
const hash = crypto.blake2b(64, new TextEncoder().encode('a card for a picture; it opens nothing'));
const share = {
  setNumber: 1,
  recipientTag: hash.slice(0, 5),
  splitNonce: hash.slice(5, 8),
  group: 1,
  groupThreshold: 1,
  member: 3,
  memberThreshold: 3,
  value: hash.slice(8, 40),
};

const pdf = await renderCard(
  {
    cardNumber: 3,
    cardCount: 5,
    setNumber: share.setNumber,
    mark: setMark(share.setNumber),
    policy: { groupThreshold: 1, groups: [{ threshold: 3, members: 5 }] },
    group: 1,
    holderName: 'Mei 陈',
    created: '2026-11-24',
    rows: encodeShareRows(encodeShare(crypto, share)),
    words: ['orbit', 'lemon', 'cabin', 'vivid', 'raven', 'pilot'],
    setId: shortSetId(setIdOf(share)),
    language: 'en',
  },
  'a4',
  await loadFonts(),
);

writeFileSync(new URL('card.png', import.meta.url), await pictureOf(pdf, DPI));
