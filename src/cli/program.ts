// The command tree. It knows names, flags and help; what a command does is loaded when it is run.

import { Command, CommanderError } from 'commander';
import type { Io } from '../adapters/terminal.ts';
import { EscrowError } from '../core/errors.ts';
import { addCeremonies } from './program-ceremony.ts';
import { ExitCode } from './exit-codes.ts';
import { addPaperCommands } from './paper-commands.ts';
import { Session } from './session.ts';
import type { Globals } from './session.ts';
import { version } from './version.ts';
import { PASSPHRASE_FILE } from './passphrase-flag.ts';
import { wholeNumber } from './whole-number.ts';

const EXIT_STATUS = `
Exit status:
  0 done   1 unexpected   2 wrong usage   3 done, with findings   10 not found   11 too few cards
  12 no set reaches its quorum   13 damaged, forged or not the pinned one
  14 wrong password   15 output exists   16 needs a terminal   17 newer format
  18 escrow in use   19 export refused   130, 143 stopped   (docs/exit-codes.md)

Everywhere: --json, --no-input, --quiet, --force (holdfast --help)`;

/** What a command's action gives back: its exit code. */
export type Action = (session: Session, ...given: never[]) => Promise<number>;

/** The targets by name: the list itself loads all of vault. */
const TARGET_LIST =
  'kdbx, bitwarden-json, bitwarden-json-org, bitwarden-zip, 1password-csv, csv, json, sheet, book';

interface Outcome {
  code: number;
}

const list = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** A command's name, its help, and where its action is. */
export interface CommandSpec {
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  readonly load: () => Promise<Action>;
}

/** Adds a command whose module is loaded only when it runs. */
function command(parent: Command, outcome: Outcome, io: Io, spec: CommandSpec): Command {
  return parent
    .command(spec.usage)
    .summary(spec.summary)
    .description(spec.summary)
    .addHelpText('before', `Example:\n  ${spec.example}\n`)
    .addHelpText('after', EXIT_STATUS)
    .action(async (...given: unknown[]) => {
      const self = given.pop() as Command;
      const globals: Globals = self.optsWithGlobals();
      const action = await spec.load();
      outcome.code = await action(new Session(io, globals), ...(given as never[]));
    });
}

/** How an export is read. @param note - What becomes of what is given: "; sealed with it". */
const readingOptions = (to: Command, note = ''): Command =>
  to
    .option(
      '--columns <file>',
      `which column is what, of a CSV that nothing here knows (docs/vaults.md)${note}`,
    )
    .option('--export-password-file <file>', `password of an export that is itself locked${note}`)
    .option('--key-file <file>', `key file of a KeePass database, private key of a pass store${note}`);

/** What is written of a vault, and how it is locked. */
const writingOptions = (to: Command): Command =>
  to
    .option(
      '--password-file <file>',
      'password for a new KeePass database; otherwise one is made up and shown',
    )
    .option('--client <name>', 'of the new vault, only what belongs to this client')
    .option('--tier <n>', 'of the new vault, only what belongs to clients of this tier', wholeNumber(0))
    .option('--paper <size>', 'of a book: a4 or letter (a4)');

function addEscrowCommands(program: Command, outcome: Outcome, io: Io): void {
  command(program, outcome, io, {
    usage: 'demo [dir]',
    summary: 'rehearse everything on sample data, timed',
    example: 'holdfast demo',
    load: async () => (await import('./commands/demo.ts')).demo,
  });
  const ceremony = program
    .command('ceremony')
    .summary('make a key and its cards')
    .description('make a key and its cards');
  addCeremonies((spec) => command(ceremony, outcome, io, spec), list);
  command(program, outcome, io, {
    usage: 'enrol <dir>',
    summary: 'teach this machine to trust an escrow, by the six words on its cards',
    example: 'holdfast enrol northwind.escrow --words "orbit lemon cabin vivid raven pilot"',
    load: async () => (await import('./commands/enrol.ts')).enrol,
  }).option('--words <words>', 'the six words at the foot of a card');
  const sealer = program
    .command('sealer')
    .summary('the key that signs on this machine')
    .description('the key that signs on this machine');
  command(sealer, outcome, io, {
    usage: 'new',
    summary: 'make the sealer key of this machine and print its public key',
    example: 'holdfast sealer new > this-machine.pub',
    load: async () => (await import('./commands/sealer.ts')).sealerNew,
  });
  command(sealer, outcome, io, {
    usage: 'list [dir]',
    summary: 'show the sealer keys of this machine and of an escrow',
    example: 'holdfast sealer list northwind.escrow',
    load: async () => (await import('./commands/sealer.ts')).sealerList,
  });
}

function addVaultCommands(program: Command, outcome: Outcome, io: Io): void {
  const seal = command(program, outcome, io, {
    usage: 'seal <dir> [exports...]',
    summary: 'encrypt vault exports into the escrow; opens nothing, needs nobody',
    example: 'holdfast seal northwind.escrow bitwarden.json --attach emergency-kit.pdf',
    load: async () => (await import('./commands/seal.ts')).seal,
  });
  readingOptions(seal, '; sealed with it')
    .option('--as <format>', 'take the export as this format; "file" seals it unexamined')
    .option('--name <source>', 'name of the source in the package')
    .option(
      '--attach <file>',
      'a further file for the emergency: emergency kit, recovery codes, plan; repeatable',
      list,
    )
    .option('--no-unlock', 'leave out what opens a locked export; a quorum then does not suffice')
    .option('--accept-drop', 'seal although the entries fell by more than a tenth')
    .option('--discard-export', 'delete the export once the package was read back');
  const recover = command(program, outcome, io, {
    usage: 'recover <target> [cards...]',
    summary: 'rebuild the vault from a quorum of cards',
    example:
      'holdfast recover northwind.escrow --share card-1.jpg --share card-4.jpg --share typed.txt --out vault --to kdbx',
    load: async () => (await import('./commands/recover.ts')).recover,
  })
    .option(
      '--share <s>',
      'a card: photo, scan, PDF or text file, or - for standard input; repeat for each',
      list,
    )
    .option(...PASSPHRASE_FILE, list)
    .option('--out <folder>', 'where the vault goes; must not exist or be empty')
    .option('--to <format>', `also write one vault of all exports: ${TARGET_LIST}`);
  writingOptions(recover)
    .option('--package <n>', 'open this package instead of the newest', wholeNumber(1))
    .option('--print-identity', 'print the AGE-SECRET-KEY-PQ-1 line that age itself takes, and stop');
  const inspect = command(program, outcome, io, {
    usage: 'inspect <export>',
    summary: 'say what an export holds and what is wrong with it; shows no secret',
    example: 'holdfast inspect bitwarden.json --json',
    load: async () => (await import('./commands/inspect.ts')).inspect,
  })
    .option('--as <format>', 'take it as this format')
    .option('--clients <file>', 'a list of clients (docs/ops/clients.md): says how many entries each has');
  readingOptions(inspect);
  const convert = command(program, outcome, io, {
    usage: 'convert <exports...>',
    summary: "write a vault in another tool's form, and say what that cannot carry",
    example: 'holdfast convert export.1pux --to kdbx --out vault.kdbx',
    load: async () => (await import('./commands/convert.ts')).convert,
  })
    .option('--to <format>', `what to write: ${TARGET_LIST}`)
    .option('--out <file>', 'the file to write')
    .option(
      '--clients <file>',
      'the list of clients (docs/ops/clients.md); otherwise the top folder is the client',
    )
    .option('--as <format>', 'take the export as this format');
  readingOptions(writingOptions(convert));
}

function addCustodyCommands(program: Command, outcome: Outcome, io: Io): void {
  command(program, outcome, io, {
    usage: 'check-card <shares...>',
    summary: 'judge cards; shows nothing secret and opens nothing',
    example: 'holdfast check-card card-3.jpg --escrow northwind.escrow',
    load: async () => (await import('./commands/check-card.ts')).checkCard,
  })
    .option('--escrow <dir>', 'judge them by the charter in this folder')
    .option(...PASSPHRASE_FILE, list);
  command(program, outcome, io, {
    usage: 'prove <share>',
    summary: "answer a challenge with a card, on its holder's own device",
    example: 'holdfast prove card-3.jpg --escrow northwind.escrow --challenge holdfast1… --out response.json',
    load: async () => (await import('./commands/prove.ts')).prove,
  })
    .option('--escrow <dir>', 'folder with the charter')
    .option('--challenge <text>', 'the challenge that was sent to you')
    .option('--row-file <file>', 'one of the rows, typed from the paper, instead of being asked')
    .option(...PASSPHRASE_FILE, list)
    .option('--out <file>', 'where the response goes');
  command(program, outcome, io, {
    usage: 'check-in <dir>',
    summary: 'record that a card is still there and can be read, or that it is not',
    example: 'holdfast check-in northwind.escrow --card 3 --challenge',
    load: async () => (await import('./commands/check-in.ts')).checkIn,
  })
    .option('--card <n>', 'which card', wholeNumber(1))
    .option('--challenge', 'make a challenge for its holder')
    .option('--response <file>', "take the holder's response")
    .option('--bag <id>', 'the bag number was read and the bag is closed')
    .option('--rebagged', 'that number is new: the bag was opened on purpose, for a drill')
    .option('--state <state>', 'lost, seen or destroyed')
    .option('--holder <name>', 'the card has a new holder; contact and place of the old one are dropped')
    .option('--contact <text>', 'how its holder is reached: a phone number, for the emergency sheet')
    .option('--place <text>', 'where its holder keeps it')
    .option('--change <what>', 'about its holder: joined, left, role or other; to be dealt with in 7 days');
  command(program, outcome, io, {
    usage: 'verify <target>',
    summary: 'judge the bytes of an escrow against what this machine was taught',
    example: 'holdfast verify northwind.escrow --read-data',
    load: async () => (await import('./commands/verify.ts')).verify,
  }).option('--read-data', 'read every byte of every package');
  command(program, outcome, io, {
    usage: 'kit [dir] [out]',
    summary: 'make the folder for a stick from which anybody recovers offline; or judge one',
    example: 'holdfast kit northwind.escrow /media/stick/northwind-kit',
    load: async () => (await import('./commands/kit.ts')).kit,
  })
    .option('--verify <out>', 'read every byte of this kit and judge it, instead of making one')
    .option('--packages <n>', 'how many packages, the newest first (3)', wholeNumber(1))
    .option('--age <file>', 'an age program, for opening packages without holdfast; repeatable', list)
    .option('--language <code>', 'of its README.txt: en, es, de, fr (en)')
    .option('--with-contacts', 'the emergency sheet too: names and numbers for whoever finds the stick');
  command(program, outcome, io, {
    usage: 'status <dirs...>',
    summary: 'say in one sentence what would happen if it happened now',
    example: 'holdfast status northwind.escrow',
    load: async () => (await import('./commands/status.ts')).status,
  });
}

function buildProgram(io: Io, outcome: Outcome): Command {
  const program = new Command('holdfast')
    .description('Password-vault escrow and break-glass recovery.')
    .version(`holdfast ${version()}`, '-V, --version')
    .option('--json', 'one JSON document on stdout, errors as JSON on stderr')
    .option('--no-input', 'never ask; a missing answer is an error that names the flag')
    .option('-q, --quiet', 'no progress on stderr')
    .option('--force', 'write into what exists')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout(text),
      // Usage errors are told by main, once, in the same form as every other.
      writeErr: () => undefined,
    });
  addEscrowCommands(program, outcome, io);
  addVaultCommands(program, outcome, io);
  addCustodyCommands(program, outcome, io);
  addPaperCommands(program, (parent, spec) => command(parent, outcome, io, spec));
  return program;
}

/** Parses and runs. @throws {@link EscrowError} for everything that is told as an error. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  const outcome: Outcome = { code: ExitCode.Ok };
  const program = buildProgram(io, outcome);
  if (argv.length === 0) {
    io.stderr(program.helpInformation());
    return ExitCode.Usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ExitCode.Ok;
    const facts = { reason: usageReason(error), command: commandNamed(program, argv) };
    throw new EscrowError('usage', facts, { cause: error });
  }
  return outcome.code;
}

/** "ceremony new": the command somebody meant, as far as it can be told from the words. */
function commandNamed(program: Command, argv: readonly string[]): string {
  const names: string[] = [];
  let at = program;
  for (const word of argv.filter((given) => !given.startsWith('-'))) {
    const found = at.commands.find((candidate) => candidate.name() === word);
    if (!found) break;
    names.push(word);
    at = found;
  }
  return names.join(' ');
}

function usageReason(error: CommanderError): string {
  if (error.code === 'commander.help') return 'a command is missing';
  if (error.code === 'commander.unknownOption' && error.message.includes("'--password-file'"))
    return "unknown option '--password-file'; for a locked export it is --export-password-file";
  return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
}
