// One run of the program: the streams, the flags every command knows, and the heavy parts, loaded when
// a command first needs them.

import { resolve } from 'node:path';
import { encodeUtf8 } from '../core/bytes.ts';
import type { CryptoPort } from '../core/crypto.ts';
import { EscrowError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import { LIMITS } from '../core/limits.ts';
import { Home, homePath } from '../adapters/home.ts';
import type { Prompter } from '../adapters/prompts.ts';
import { collect, readBounded } from '../adapters/read-file.ts';
import type { Io } from '../adapters/terminal.ts';
import { secretText } from './secret-text.ts';
import { shownJson, shownText } from './shown-text.ts';
import { wrapText } from './wrap.ts';

/** Flags that stand for every command. */
export interface Globals {
  readonly json?: boolean;
  /** False after --no-input. */
  readonly input?: boolean;
  readonly quiet?: boolean;
  readonly force?: boolean;
}

/** A secret that is asked for or read from a file. */
interface WantedSecret {
  readonly question: string;
  readonly isTyped?: 'once' | 'twice';
  readonly mayBeEmpty?: boolean;
}

export class Session {
  readonly io: Io;
  readonly globals: Globals;
  readonly home: Home;
  #crypto: Promise<CryptoPort> | undefined;
  #prompter: Promise<Prompter> | undefined;

  constructor(io: Io, globals: Globals) {
    this.io = io;
    this.globals = globals;
    this.home = new Home(homePath(io.environment));
  }

  get isForced(): boolean {
    return this.globals.force === true;
  }

  /** Whether a person may be asked. */
  get canAsk(): boolean {
    return this.io.isTerminal && this.globals.input !== false && this.globals.json !== true;
  }

  crypto(): Promise<CryptoPort> {
    this.#crypto ??= import('../adapters/crypto-node.ts').then(({ loadNodeCrypto }) => loadNodeCrypto());
    return this.#crypto;
  }

  /**
   * @param flag - What answers the question without a terminal.
   * @throws {@link EscrowError} `input.needs-terminal` naming the flag.
   */
  prompter(flag: string): Promise<Prompter> {
    if (!this.canAsk) throw new EscrowError('input.needs-terminal', { flag });
    this.#prompter ??=
      this.io.prompter?.() ??
      import('../adapters/prompts.ts').then(({ terminalPrompter }) => terminalPrompter());
    return this.#prompter;
  }

  /** Until the function returned is called, questions go through this one. */
  putBefore(prompter: Prompter): () => void {
    const before = this.#prompter;
    this.#prompter = Promise.resolve(prompter);
    return () => {
      this.#prompter = before;
    };
  }

  /** A path as the user wrote it, from the folder the program was started in. */
  path(named: string): string {
    return resolve(this.io.folder, named);
  }

  /** Progress for people: on stderr, silenced by --quiet and --json. */
  say(text: string): void {
    if (this.globals.quiet !== true && this.globals.json !== true) this.#line(text);
  }

  warn(text: string): void {
    if (this.globals.json === true)
      this.io.stderr(`${shownJson(JSON.stringify({ type: 'warning', message: text }))}\n`);
    else this.#line(`warning: ${text}`);
  }

  #line(text: string): void {
    const line = shownText(`holdfast: ${text}`);
    this.io.stderr(`${this.io.isTerminal ? wrapText(line, '  ') : line}\n`);
  }

  /** The result: one JSON document with --json, else the text. */
  async result(document: object, text: string): Promise<void> {
    const out = this.globals.json === true ? shownJson(JSON.stringify(document, null, 2)) : shownText(text);
    await this.io.stdout(`${out}\n`);
  }

  /** Findings as lines for people. */
  describe(findings: readonly Finding[]): string {
    return findings.map(({ severity, message, hint }) => `  ${severity}: ${message}\n    ${hint}`).join('\n');
  }

  /**
   * A secret from a file or from standard input (`-`), as UTF-8 and without its last line end; at a terminal
   * that is typed, unseen. The caller wipes it.
   *
   * @throws {@link EscrowError} `file.*`, `input.not-text`, `limit.exceeded`, `usage`.
   */
  async secretFrom(named: string, wanted: WantedSecret): Promise<Uint8Array> {
    if (named === '-' && this.canAsk) return this.askSecret(wanted);
    const bytes =
      named === '-'
        ? await collect(this.io.stdin, LIMITS.passphraseBytes, 'the password')
        : await readBounded(this.path(named), LIMITS.passphraseBytes);
    return secretText(bytes, named, wanted.mayBeEmpty);
  }

  /** A secret that is typed, unseen. The caller wipes it. @throws {@link EscrowError} `usage`. */
  async askSecret({ question, isTyped = 'once' }: WantedSecret): Promise<Uint8Array> {
    const prompter = await this.prompter('a file');
    const typed = await prompter.secret(`${question} (shown as stars):`);
    // A slip that nobody sees would lock the new file for good.
    if (isTyped === 'twice' && (await prompter.secret('The same again (shown as stars):')) !== typed)
      throw new EscrowError('usage', { reason: 'the two passwords differ' });
    return encodeUtf8(typed);
  }
}
