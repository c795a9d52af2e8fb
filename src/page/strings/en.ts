// English, the table all others follow. Sentences are short, say what is true, and then what to do next.

import { capital } from '../../core/capital.ts';
import type { SetMark } from '../../core/share/set.ts';

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const cards = (count: number, colour: string): string =>
  `${colour} card${count === 1 ? '' : 's'}`.trimStart();
const list = (numbers: readonly number[]): string =>
  numbers.length < 2
    ? numbers.join('')
    : `${numbers.slice(0, -1).join(', ')} or ${numbers.slice(-1).join('')}`;

export const EN = {
  name: 'English',
  recovery: 'Recovery',
  cardCheck: 'Card check',
  language: 'Language',
  sealed: (when: string, ago: string) => `sealed ${when} (${ago})`,
  minutesAgo: (n: number) => `${n} min ago`,
  hoursAgo: (n: number) => `${n} h ago`,
  daysAgo: (n: number) => `${n} day${n === 1 ? '' : 's'} ago`,
  offline: 'offline',
  online: 'online',
  onlineWarning:
    'This computer is online. If you can, unplug the network and go on. This page sends nothing.',
  elapsed: (clock: string) => `${clock} elapsed`,
  steps: 'Steps',
  stepPackage: 'Package',
  stepCards: 'Cards',
  stepVault: 'Vault',

  packageHeadline: 'Choose the package',
  packageLead:
    'It is a file that ends in .age, on the stick beside this page or in any copy of the escrow folder. Choose the newest.',
  packageHelp:
    'If charter.json and the files that belong to the package lie beside it, choose them too: they tell a good card from a forged one.',
  packageChosen: (name: string, size: string) => `${name}, ${size}`,
  chooseFile: 'Choose a file',
  chooseOther: 'Choose another file',
  dropHere: 'or drop files anywhere on this page',
  packageDamaged: 'This copy is damaged: it is not the file that its record describes. Choose another copy.',
  packagePartial: (size: string, recorded: string) =>
    `Its record says ${recorded}, and this file has ${size}: the copy is not whole. Choose another copy if there is one.`,
  useInside: 'Use the package in this page',
  packageWhole: 'All that belongs to this package is in this page already. Go on to the cards.',
  packageOlder: (when: string) =>
    `This is an older package: a newer one is known here, sealed ${when}. Passwords that were changed since are not in this one.`,
  notPackage: (name: string) => `${name} is not a package. The name of a package ends in .age.`,
  charterTaken: (name: string) => `${name} was taken: it tells a good card from a forged one.`,
  recordTaken: (name: string) => `${name} was taken: it tells when a package was sealed.`,
  otherEscrow: (name: string) => `${name} belongs to another escrow and is not used.`,
  goToCards: 'Go on to the cards',
  checkOnly: 'Only check a card',
  backToRecovery: 'Back to the recovery',
  packageMissing: 'There is no package among these files. It ends in .age.',
  reading: (files: number) => `Reading ${files} file${files === 1 ? '' : 's'}`,

  firstCard: 'The first card',
  firstCardLead: 'Any card will do to begin with. It says how many are needed.',
  callHolders:
    'Ask the people who hold the cards to come with them. What you photograph or type here stays on this computer.',
  needCards: (more: number, colour: string, isFirst: boolean) =>
    capital(`${inWords(more)}${isFirst ? '' : ' more'} ${cards(more, colour)}`),
  needOfGroup: (more: number, colour: string, group: number) =>
    capital(`${inWords(more)} ${cards(more, colour)} of group ${group}`),
  needGroups: (more: number) => capital(`the cards of ${inWords(more)} more group${more === 1 ? '' : 's'}`),
  and: ' and ',
  needLead: (mark: SetMark, from: readonly number[]) =>
    from.length > 0
      ? `Any of the cards with the ${mark.colour} ${mark.shape}, in any order: ${list(from)}.`
      : `Any cards with the ${mark.colour} ${mark.shape} will do, in any order.`,
  needFurther: 'One more card',
  needFurtherLead:
    'These cards do not fit together, so at least one is false. One further good card may settle it.',
  enoughCards: 'Enough cards',
  enoughCardsLead: 'What is missing now is the package.',
  opening: 'Opening the package',
  openingLead: 'Leave this page open. It takes seconds, minutes for a very large package.',
  openingProgress: (read: string, size: string) => `${read} of ${size}`,
  notOpened: 'It did not open',

  useCamera: 'Use the camera',
  stopCamera: 'Stop the camera',
  choosePhoto: 'Choose photos',
  typeRows: 'Type the rows',
  stopTyping: 'Close the rows',
  cameraStarting: 'Starting the camera. If the browser asks, allow it.',
  cameraOn: 'Hold a card so that its square code fills half of the picture.',
  cameraDenied: 'The browser does not let this page use the camera. Choose photos instead, or type the rows.',
  cameraNone: 'There is no camera here. Choose photos instead, or type the rows.',
  cameraBusy: 'Another program uses the camera. Close it, choose photos, or type the rows.',
  cameraPicture: 'Picture of the camera',
  nextCard: 'Next card',
  waiting: 'waiting',

  typingHeadline: 'The rows of a card',
  row: (row: number) => `Row ${row}`,
  typingHelp:
    'Cannot read a letter? Type ? for it. O and 0, I and 1 are the same here. A whole card can be pasted.',
  rowGood: 'row is right',
  rowRepaired: (position: number, from: string, to: string) =>
    from === '?' ? `symbol ${position} found: ${to}` : `symbol ${position} repaired: ${from} is ${to}`,
  rowProvisional: 'some symbols in doubt; the whole card will tell',
  rowSwapped: (belongs: number) => `this is row ${belongs} of the card`,
  rowOtherSet: (mark: SetMark, wanted: SetMark) =>
    mark.colour === wanted.colour && mark.shape === wanted.shape
      ? `row is right; the card is of another set that is ${mark.colour} ${mark.shape} too`
      : `row is right; the card is of another set: ${mark.colour} ${mark.shape}`,
  rowPartial: (symbols: number) => `${symbols} of 24`,
  rowForeign: (position: number) => `symbol ${position} is not one of the card's`,
  rowUnreadable: 'not right; compare each group with the card',

  card: (card: number) => `Card ${card}`,
  groupCard: (group: number, card: number) => `Group ${group}, card ${card}`,
  someCard: 'Card',
  good: 'good',
  readable: 'readable',
  repaired: 'repaired',
  unreadable: 'not readable',
  retiredSet: 'retired set',
  otherSet: 'other set',
  alreadyGiven: 'already entered',
  forged: 'forged',
  locked: 'locked',
  unlocked: 'Unlocked by its passphrase.',
  lockedHelp: 'It counts once its holder has typed its passphrase.',
  passphraseHelp: 'Only its holder knows it. Upper and lower case matter.',
  unlock: 'Unlock',
  unlocking: 'Trying it; this takes a few seconds.',
  lockFailed:
    'This device could not open the card: perhaps it has too little memory. Try again, or use another computer.',
  wrongPassphrase: 'That is not the passphrase of this card. Try again: upper and lower case matter.',
  passphraseOf: (card: string) => `Passphrase of ${card}`,
  typingError: (row: number) => `typing error in row ${row}`,
  typingErrors: (rows: readonly number[]) => `typing errors in rows ${rows.join(', ')}`,
  scannedAt: (time: string) => `scanned ${time}`,
  photoAt: (time: string, name: string) => `${name}, ${time}`,
  typedAt: (time: string) => `typed ${time}`,
  readableHelp: 'There is no charter here to compare it with.',
  repairedHelp: (rows: string) => `Repaired: ${rows}.`,
  repairedSymbol: (row: number, position: number, from: string, to: string) =>
    from === '?'
      ? `row ${row}, symbol ${position} is ${to}`
      : `row ${row}, symbol ${position}: ${from} is ${to}`,
  otherSetHelp: (mark: SetMark, wanted: SetMark, own: string, asked: string) =>
    mark.colour === wanted.colour && mark.shape === wanted.shape
      ? `It has the same ${mark.colour} ${mark.shape}, but is of set ${own}; these are of set ${asked}. Look for ${asked} at the foot of the card: it may be of another ceremony, or of another company.`
      : `It has the ${mark.colour} ${mark.shape}. Ask for the card with the ${wanted.colour} ${wanted.shape}.`,
  putAway: 'Put away',
  alreadyGivenHelp: 'It counts once. Ask for another card.',
  forgedHelp:
    'It claims to be of this set, and the charter does not know it. Put it aside and go on with others.',

  problemNoCode:
    'No card was found in this picture. Take it closer, sharp, and without a shadow, or type its rows.',
  problemForeignCode: 'There is a code in this picture, and it is not a card.',
  problemPicture: 'This picture cannot be read. Take it as JPEG or PNG, use the camera, or type the rows.',
  problemPdf: 'PDF files are not read here. Take a picture of the card, or type its rows.',
  problemNoRows: 'This file is neither a picture nor the rows of a card.',
  problemTooLarge: 'This file is too large to be a card.',
  problemSwapped: (row: number, belongs: number) =>
    `Row ${row} is row ${belongs} of the card. Type them in order.`,
  problemCheck: 'Each row is right, and together they are no card. Are all four of the same card?',
  problemVersion: 'This card was made by a newer version. Take the page from a newer release.',
  problemDamagedPackage: 'This copy of the package is damaged. Choose another copy; the cards stay.',
  problemOtherKey:
    'These cards belong to another package. Choose the package that was sealed for them, or other cards.',
  problemOtherCards:
    'Cards of another set do not open this package. Find the cards of its own set, or choose the package that was sealed for those that are in.',
  problemPage: 'What this page carried of its escrow is damaged. The page itself works: choose the package.',
  problemNotForKey:
    'This package was sealed for other cards, or this copy is damaged. Choose another; the cards stay.',
  problemTooBig: 'This package is too large for a browser. Use the program instead: holdfast recover.',
  problemNoSubset: 'No choice of these cards gives the key. At least one is false. Add a further card.',
  problemOther: (code: string) => `This did not work (${code}). Try another copy, or another browser.`,
  problemUnexpected: 'Something failed that should not. Open the page again; the cards can be scanned again.',

  doubtForged:
    'The charter beside this package is FORGED: the key that the cards gave did not sign it. The cards are right.',
  doubtMissing: 'There is no charter beside this package; the cards alone gave the key.',
  doubtReplaced:
    'These cards are of a key that was replaced: they open what was sealed before. The newest vault needs the cards of the current set.',
  doubtUnreadable: 'The charter beside this package cannot be read; the cards alone gave the key.',
  doubtNotVouched:
    'Nobody vouches for this package: it opens, but no record by a listed sealer describes it. Compare its date and counts with what you expect.',
  doubtOlder: (when: string) => `A newer package exists, sealed ${when}. If you have it, open that one.`,

  checkHeadline: 'Check a card',
  checkLead: 'The card is judged and forgotten. Nothing is opened, stored or sent.',
  checkNoCharter:
    'There is no charter in this page, so a card can be called readable, not good. Choose charter.json to compare it with.',
  chooseCharter: 'Choose charter.json',
  challengeHeadline: 'Were you sent a challenge?',
  challengeLead:
    'Paste it here. It begins with holdfast1. The answer proves that you have the card and does not show it.',
  challengeLabel: 'Challenge',
  challengeFirst: 'Now show the card.',
  challengeBad: 'This is not a whole challenge. Copy it again, all of it.',
  challengeOtherCard: (card: number) => `The challenge is for card ${card}. This is another card.`,
  challengeOther:
    'The challenge is about another escrow, or a newer set than this page knows. Do not answer; call back.',
  challengeNotExact:
    'The card was read with repairs. It answers only as printed: scan it again, or type the rows again.',
  askedRow: (row: number) => `Now type row ${row} from the paper`,
  askedRowLead: 'The code was read. One row shows that the printed rows can be read too.',
  askedRowWrong:
    'This row differs from the card. If you typed it as printed, tell whoever sent the challenge.',
  responseHeadline: (card: number) => `Card ${card} is whole. Send this answer back`,
  responseLead: 'There is nothing secret in it.',
  responseLabel: 'Answer',
  copy: 'Copy',
  copied: 'Copied',
  save: 'Save as a file',
};
