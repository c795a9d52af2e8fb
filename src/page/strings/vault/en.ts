// English for what is shown after the opening, the table the others follow.

import { counted } from '../../../core/counted.ts';
import type { LineLabel } from '../../vault/lines.ts';

const s = (n: number): string => (n === 1 ? '' : 's');

/** What the lines of an entry are called. */
const lines: Readonly<Record<LineLabel, string>> = {
  username: 'User name',
  password: 'Password',
  address: 'Address',
  privateKey: 'Private key',
  publicKey: 'Public key',
  fingerprint: 'Fingerprint',
  notCode: 'One-time code, not readable',
  former: 'Earlier password',
  passkey: 'Passkey for',
};

const targets: Readonly<Record<string, string>> = {
  kdbx: 'KeePass file (.kdbx), encrypted',
  'bitwarden-json': 'Bitwarden (.json)',
  csv: 'Table (.csv)',
};

const uses: Readonly<Record<string, string>> = {
  kdbx: 'One encrypted file for KeePassXC and KeePass. Take this one if you can.',
  'bitwarden-json': 'For an import into Bitwarden or Vaultwarden. NOT encrypted, and without attachments.',
  csv: 'A table for other programs. NOT encrypted, and without attachments.',
};

export const EN = {
  vault: 'Vault',
  plan: 'Plan',
  save: 'Save',
  log: 'Log',
  parts: 'Parts of the vault',
  lock: 'Lock',
  reading: 'Reading the vault',
  readingLead: 'A large vault takes a minute.',
  counts: (entries: string, n: number, clients: number) =>
    `${entries} ${n === 1 ? 'entry' : 'entries'} · ${clients} client${s(clients)}`,

  sealed: (when: string) => `sealed ${when}`,

  order: 'Client order',
  orderLead: 'Decided in advance. Do not re-think it now.',
  noOrder: 'Nobody decided an order. Clients by name:',
  clients: 'Clients',
  own: 'our own systems',
  done: 'done',
  now: 'now',
  ofEntries: (n: number) => counted(n, 'entry', 'entries'),
  moreClients: (n: number) => `${n} more, A–Z`,
  notListed: (n: number) => `${n} that only the search finds`,
  allEntries: 'All entries',
  toOrder: 'Client order',

  startOwn: 'First our own systems',
  startClient: (name: string) => `Next: ${name}`,
  startDone: 'The whole order is done',
  startPlain: 'The vault is open',
  startLead: 'They are what all other clients are reached with.',
  startPlainLead: 'Search for an entry, or choose a client.',
  startNothing: 'No export could be read here',
  startNothingLead: 'The originals are whole: save them, and open them with the program they came from.',
  saveOriginals: 'Save the originals',
  openClient: (name: string) => `Open ${name}`,
  readPlan: 'Read the recovery plan',
  tier: (tier: number) => `tier ${tier}`,
  warnings: 'Know before you trust it',
  unread: (name: string, product: string) => `${name} (${product}) is not in this list.`,
  unreadKnown: 'This version cannot read it. The original is whole:',
  unreadProblem: (code: string) => `It could not be read (${code}). The original is whole:`,
  clientsProblem: (code: string) => `The list of clients could not be read (${code}); there is no order.`,
  noFolder: '(no folder)',
  online: 'This computer is online. If you can, unplug the network before you show a password.',
  unmatched: (n: number) =>
    `${counted(n, 'entry', 'entries')} ${n === 1 ? 'belongs' : 'belong'} to no client in the list: open what stands below it, or search.`,
  startOthers: (n: number) =>
    `${counted(n, 'client', 'clients')} in no list are still there, below the order.`,
  attached: 'Attached for this night',
  attachedLead: 'Sealed with the vault by its owner. A text can be shown here; it is noted in the log.',
  saveOriginal: 'Save the original',

  search: 'Search all entries',
  searchIn: (client: string) => `Search ${client}`,
  results: (n: string) => `${n} found`,
  noEntries: 'There are no entries here.',
  nothing: 'Nothing found. Fewer letters find more.',
  capped: (n: string) => `Only the first ${n} are listed. Search to see others.`,
  markDone: 'Mark as done',
  unmarkDone: 'Not done after all',
  saveClient: 'Save these entries',
  untitled: '(no title)',
  binned: 'in the bin',
  archived: 'archived',

  show: 'Show',
  hide: 'Hide',
  copy: 'Copy',
  showOf: (what: string) => `Show ${what}`,
  copyOf: (what: string) => `Copy ${what}`,
  passwordOf: (title: string) => `password of ${title}`,
  codeOf: (title: string) => `code of ${title}`,
  hidden: 'hidden',
  code: 'One-time code',
  seconds: (n: number) => `${n} s`,
  lines,
  notes: 'Notes',
  attachments: 'Attachments',
  saveFile: 'Save',
  missingFile: 'not in the export',
  history: (n: number) => `Earlier passwords (${n})`,
  changed: (when: string) => `changed ${when}`,
  back: 'Back to the list',

  copied: (n: number) => `On the clipboard for ${n} s`,
  clearNow: 'Clear now',
  stuck: 'The clipboard could not be cleared. Come back to this page, or copy something else.',
  notCopied: 'The browser does not let this page copy. Show it, mark it, and copy it by hand.',

  outOfTurn: (client: string) => `${client} is out of turn`,
  outOfTurnLead: (next: string) =>
    `The order says ${next} comes first. You can go on; say why, and it is noted.`,
  reason: 'Reason',
  reasonAnyway: 'Open and note the reason',
  cancel: 'Keep to the order',

  printPlan: 'Print the plan',
  planLead: 'As it was sealed. It cannot be changed here.',
  noPlan: 'There is no plan in this package.',
  planFile: 'This file is not text.',

  saveHeadline: 'Save the vault for another program',
  saveLead: 'The file is written here, read back and compared before you get it.',
  what: 'Which entries',
  everything: 'All of them',
  format: 'As',
  targets,
  uses,
  password: 'Password for the new file',
  again: 'The same once more',
  make: 'Make one up',
  made: 'Write this down now. It is shown only once, and nobody can find it out again:',
  differ: 'The two are not the same.',
  short: 'At least 12 characters.',
  write: 'Write the file',
  writing: 'Writing and reading back',
  written: (name: string) => `Saved as ${name}.`,
  failed: (code: string) => `It could not be written (${code}). The originals below are whole.`,
  clearWarning: 'Anybody who gets this file can read it. Delete it as soon as it is imported.',
  losses: 'Not carried over as it was',
  originals: 'The originals',
  originalsLocked: 'Some are themselves locked; what opens them is here too.',
  originalsLead: 'Byte for byte as they were sealed.',

  logHeadline: 'What was revealed',
  logLead:
    'These passwords have to be changed when this is over. The log names entries and holds no values. Save it before you close the page.',
  logEmpty: 'Nothing so far.',
  logCount: (n: number) => `${counted(n, 'entry', 'entries')} revealed one by one so far`,
  saveLog: 'Save the log',
  logSaved: 'Saved',
  how: { shown: 'shown', copied: 'copied', saved: 'saved' },
  revealedParts: {
    password: 'password',
    code: 'code',
    seed: 'seed',
    notes: 'notes',
    field: 'field',
    card: 'card',
    key: 'key',
    'former password': 'earlier password',
    attachment: 'attachment',
  },
  logExport: (target: string, client: string | null, n: number) =>
    `${counted(n, 'entry', 'entries')}${client === null ? '' : ` of ${client}`} saved as ${target}`,
  logOriginal: (path: string, how: string) => `original ${how}: ${path}`,
  logClient: (client: string) => `${client} opened`,
  logDeviation: (client: string, instead: string, reason: string) =>
    `${client} opened before ${instead}: ${reason}`,
  logDone: (client: string, done: boolean) => `${client} ${done ? 'done' : 'not done after all'}`,
  logLocked: 'locked',

  idle: (n: number) => `Nobody here? The page locks in ${n} s.`,
  stay: 'Stay',
  lockedHeadline: 'Locked',
  lockedLead: 'The vault is no longer shown. To open it again, the cards are needed again.',
  lockedLog: 'The log is still here. Save it first: opening again begins a new one.',
  openAgain: 'Open again',
  noPrint: 'The vault does not print. Save it for a program, or print the plan.',
};
