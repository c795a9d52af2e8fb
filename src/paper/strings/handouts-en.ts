// English.

import type { HandoutStrings } from '../handouts.ts';
import { dateInEnglish } from './en.ts';

const NEVER_COPIED = 'I do not photograph, copy or type it anywhere but in the recovery program.';
const HANG_UP =
  'When I am asked to use the card, I hang up, and call two people on my contact sheet by the printed numbers.';
const SAY_SO =
  'If it is lost, opened, or seen by anybody else, I say so on the same day. Nobody is blamed for it.';
const HAND_BACK =
  'When I leave, move to another role, or can no longer keep it, I hand it back closed and in person.';

const WHEN_ASKED = [
  'Hang up, whoever it is and however urgent it sounds. A voice can be imitated.',
  'Call two of the people above yourself. Both must confirm it.',
  'Ask who is there, why, and where you should go.',
];
const AFTER_ASKED = [
  'Never read the rows of your card aloud, and never send a photo of it.',
  'In doubt: stop, and tell everyone.',
];

export const HANDOUTS_EN: HandoutStrings = {
  language: 'en',
  date: dateInEnglish,
  page: (number, count) => `page ${number} of ${count}`,
  acknowledgement: {
    title: 'Custodian acknowledgement',
    organisation: 'Organisation',
    trustee: 'Trustee',
    card: 'Card',
    cardOf: (card, count) => `${card} of ${count}`,
    set: 'Set',
    setOf: (mark, setNumber) => `${mark}, set ${setNumber}`,
    group: 'Group',
    issued: 'Issued',
    bag: { bag: 'Bag', unknown: 'Bag, if any' },
    received: {
      bag: 'I have received one recovery card. It was printed before my eyes, I read it back myself, and it went into its bag in my presence. I know that this card alone opens nothing.',
      unknown:
        'I have received one recovery card. It was printed before my eyes, and I read it back myself. I know that this card alone opens nothing.',
    },
    receivedUnread: 'I have received one recovery card. I know that this card alone opens nothing.',
    receivedClosed: {
      bag: 'I have received one recovery card. I have received it closed in its bag from the one who held it before; I have not opened it. I know that this card alone opens nothing.',
      unknown:
        'I have received one recovery card. I have received it closed from the one who held it before; I have not opened it. I know that this card alone opens nothing.',
    },
    file: (name) =>
      `The rows of the card are also in the file ${name}, which my own key opens. I keep the file and the key where only I can reach them, and delete every copy of the file when the card is retired.`,
    fileOfBefore:
      'The rows of the card are also in a file that a key of an earlier holder opens. I do not have that file; whoever has it is to delete every copy.',
    promises: {
      bag: [
        'I keep the card in its closed bag, in a place that only I can reach, and not with another card.',
        NEVER_COPIED,
        'Every 90 days I look at the bag and report its number. Once a year I prove on my own device that the card can be read.',
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
      unknown: [
        'I keep the card in a closed envelope or bag, in a place that only I can reach, and not with another card.',
        NEVER_COPIED,
        'Every 90 days I look whether it is there, closed and whole, and report it. Once a year I prove on my own device that the card can be read.',
        HANG_UP,
        SAY_SO,
        HAND_BACK,
      ],
    },
    forgetting:
      'The card is locked by a passphrase that only I know. If I forget it, the card is lost, and I say so on the same day.',
    report: 'To report a lost, opened or seen card, call',
    signature: 'Signature of the trustee',
    dateTime: 'Date and time',
    witness: 'Signature of the witness',
    name: 'Name',
    foot: (printed) => `Printed ${printed}. Keep it with the signed script; it holds no secret.`,
  },
  letter: {
    title: 'Reminder letters',
    foot: 'There is no secret in this letter.',
    heading: (date, wrap) =>
      wrap === 'bag'
        ? `Please look at your bag by ${date}`
        : `Please look at your envelope or bag by ${date}`,
    thanks: {
      bag: 'Thank you for keeping a closed bag for us. Every 90 days we ask you to look at it. It takes two minutes.',
      unknown:
        'Thank you for keeping a closed envelope or bag for us. Every 90 days we ask you to look at it. It takes two minutes.',
    },
    steps: {
      bag: [
        'Take the bag out. Do not open it.',
        'Look whether it is closed and whole on all sides, and read its number.',
        'Fill in the slip below and send it back, or call us with the number.',
      ],
      unknown: [
        'Take it out. Do not open it.',
        'Look whether it is closed and whole on all sides, and read its number if it has one.',
        'Fill in the slip below and send it back, or call us.',
      ],
    },
    prove: (date, wrap) =>
      `This year we also ask you to prove that it can be read, by ${date}. We send you a line to paste into the program; open ${wrap === 'bag' ? 'the bag' : 'it'} only then.`,
    passphrase:
      'If you chose a passphrase: do you still know it? If not, call us. Never write it down here, and never tell it to anyone.',
    trouble: {
      bag: 'If the bag is missing, open or damaged, if somebody else had it in hand, or if you move, leave or change your role: call us today. Nobody is blamed.',
      unknown:
        'If it is missing, open or damaged, if somebody else had it in hand, or if you move, leave or change your role: call us today. Nobody is blamed.',
    },
    call: 'Call',
    never: {
      bag: 'We never ask by letter, e-mail or phone for what is in the bag.',
      unknown: 'We never ask by letter, e-mail or phone for what is in it.',
    },
    from: 'From',
    number: { bag: 'Number on the bag', unknown: 'Number, if any' },
    lookedAt: 'Looked at on',
    isWhole: 'Closed and whole? (yes, no)',
    signature: 'Signature',
  },
  contact: {
    title: 'Contact sheet',
    foot: (printed) => `Contact sheet of ${printed}. Shred older ones.`,
    keep: {
      bag: 'Keep it beside your bag, not in it. Use the numbers on this paper only, never one from a message or a caller.',
      unknown:
        'Keep it beside your envelope or bag, not in it. Use the numbers on this paper only, never one from a message or a caller.',
    },
    who: 'Who may ask you to use it',
    name: 'Name',
    role: 'Role',
    phone: 'Phone',
    asked: 'When somebody asks',
    steps: {
      bag: [
        ...WHEN_ASKED,
        'Both said yes: bring the card yourself, in its bag. Open the bag only there, and note the time.',
        ...AFTER_ASKED,
      ],
      unknown: [
        ...WHEN_ASKED,
        'Both said yes: bring the card yourself, closed as it is. Open it only there, and note the time.',
        ...AFTER_ASKED,
      ],
    },
    passphrase: 'If you chose a passphrase: only you type it, with nobody looking on. Tell it to nobody.',
    forgotten: 'Call too when you no longer know the passphrase that you chose.',
    lost: 'Lost, opened, or seen by somebody else?',
    call: 'On the same day, call',
    noBlame: 'Nobody is blamed. One card alone opens nothing, and a new set can be made.',
    check: 'Every 90 days',
    checkText: {
      bag: 'Look at the bag without opening it. Report its number, and whether it is whole.',
      unknown:
        'Look at the envelope or bag without opening it. Report that it is there, whether it is whole, and its number if it has one.',
    },
  },
  slip: {
    title: 'Slips for envelopes',
    foot: 'Cut along the dashes. One slip for each envelope.',
    heading: 'Continuity document',
    owner: 'Property of',
    found: 'If found, please call',
    number: { bag: 'Bag', unknown: 'Number' },
    closedOn: 'Closed on',
    closedBy: 'Closed by',
    witness: 'Witness',
  },
};
