// The open vault at work: one screen at a time with the order beside it, the clock, the clipboard, the lock.

import type { Language } from '../../core/languages.ts';
import { NO_FOLDER } from '../../vault/clients.ts';
import type { AssignedClient } from '../../vault/clients.ts';
import { button, el } from '../element.ts';
import { stringsOf } from '../strings.ts';
import type { VaultStrings } from '../strings.ts';
import { setText } from '../views/frame.ts';
import { BROWSER_CLIPBOARD, SecretClipboard } from './clipboard.ts';
import { IdleClock } from './idle.ts';
import type { VaultSession } from './session.ts';
import { Ticker } from './ui.ts';
import type { VaultScreen, VaultUi } from './ui.ts';
import { barView, tabsOf } from './views/bar.ts';
import type { Tabs } from './views/bar.ts';
import { entryView } from './views/entry.ts';
import { confirmLock } from './views/confirm-lock.ts';
import { listView } from './views/list.ts';
import { logView } from './views/log.ts';
import { orderView } from './views/order.ts';
import { askReason } from './views/out-of-turn.ts';
import { planView } from './views/plan.ts';
import { saveView } from './views/save.ts';
import { startView } from './views/start.ts';

const PRESENCE = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** The client a screen is about, if it is about one. */
function clientOf(screen: VaultScreen): number | undefined {
  if (screen.kind === 'list' || screen.kind === 'save') return screen.client;
  return screen.kind === 'entry' ? clientOf(screen.from) : undefined;
}

/** Is told when the vault has left the screen, and in which language to go on. */
type LockListener = (by: 'person' | 'idle', language: Language) => void;

export class VaultApp implements VaultUi {
  readonly session: VaultSession;
  language: Language;
  readonly ticker: Ticker = new Ticker();
  readonly host: HTMLElement = el('div', { class: 'v-app' });
  readonly #idle = new IdleClock(Date.now());
  readonly #clipboard = new SecretClipboard(BROWSER_CLIPBOARD);
  readonly #root: HTMLElement;
  readonly #onLock: LockListener;
  readonly #place: HTMLElement = el('div', { class: 'v-body' });
  readonly #notice: HTMLElement = el('div', { class: 'v-notice', role: 'status' });
  readonly #words: HTMLElement = el('span');
  readonly #counted: HTMLElement = el('p', { class: 'v-counted' });
  readonly #stop = new AbortController();
  #nav: Tabs = new Map();
  #screen: VaultScreen = { kind: 'start' };
  #notCopied = 0;

  constructor(root: HTMLElement, session: VaultSession, onLock: LockListener) {
    this.session = session;
    this.language = session.opened.language;
    this.#root = root;
    this.#onLock = onLock;
    this.#frame();
    this.#watch();
    this.#tellClipboard(Date.now());
  }

  get strings(): VaultStrings {
    return stringsOf(this.language).vault;
  }

  /** Makes what is around the screens, in the language in use. */
  #frame(): void {
    document.documentElement.lang = this.language;
    document.title = `${this.strings.vault} · holdfast`;
    this.ticker.clear();
    this.#nav = tabsOf(this);
    const clear = button(
      this.strings.clearNow,
      () => {
        void this.#clipboard.clear().then(() => {
          this.#tick();
        });
      },
      'quiet',
    );
    this.#notice.replaceChildren(this.#words, clear);
    this.host.replaceChildren(
      barView(this, this.#nav.values(), {
        setLanguage: (language) => {
          this.#setLanguage(language);
        },
        lock: () => {
          void confirmLock(this).then((isSure) => {
            if (isSure) this.#lock('person');
          });
        },
      }),
      this.#place,
      el('footer', {}, this.#counted, this.#notice, el('p', { class: 'v-no-print' }, this.strings.noPrint)),
    );
    this.#root.replaceChildren(this.host, this.#idleNotice());
    this.noted();
  }

  /** The same screen in another language. What was typed on it is gone; nothing that was opened or noted is. */
  #setLanguage(language: Language): void {
    this.language = language;
    this.#frame();
    this.go(this.#screen);
    this.#tick();
  }

  go(screen: VaultScreen): void {
    this.#screen = screen;
    const main = el('main', { class: 'v-main' }, this.#view(screen));
    const chosen = clientOf(screen);
    const isVault = screen.kind === 'start' || screen.kind === 'list' || screen.kind === 'entry';
    this.#place.className = `v-body v-at-${screen.kind}`;
    this.#place.replaceChildren(
      ...(isVault && this.session.read.vault ? [orderView(this, chosen)] : []),
      main,
    );
    for (const [kind, tab] of this.#nav) {
      if (kind === screen.kind || (kind === 'start' && isVault)) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    scrollTo(0, 0);
    // On a phone the search would call up its keyboard, over the list: only for who wants to search.
    const isTyping =
      screen.kind === 'list' && (screen.which === 'search' || matchMedia('(pointer: fine)').matches);
    const focus = isTyping ? main.querySelector('input') : main.querySelector('h1');
    focus?.focus({ preventScroll: true });
  }

  nameOf(client: AssignedClient | undefined): string {
    return client?.name === NO_FOLDER ? this.strings.noFolder : (client?.name ?? '');
  }

  async copy(text: string): Promise<boolean> {
    const now = Date.now();
    const isCopied = await this.#clipboard.copy(text, now);
    this.#notCopied = isCopied ? 0 : now + 10_000;
    this.#tick();
    return isCopied;
  }

  async admit(place: number, what: 'open' | 'save' = 'open'): Promise<boolean> {
    const { session } = this;
    const { next, clients } = session.order;
    if (!session.order.isInTurn(place) && next !== undefined) {
      const client = clients[place];
      const name = client?.name === NO_FOLDER ? undefined : client?.name;
      const reason = await askReason(this, what, { client: name, next: this.nameOf(clients[next]) });
      if (reason === undefined) return false;
      session.openClient(place, reason);
    } else {
      session.openClient(place);
    }
    this.noted();
    return true;
  }

  noted(): void {
    const { revealed } = this.session.log;
    const tab = this.#nav.get('log');
    if (tab) setText(tab, revealed === 0 ? this.strings.log : `${this.strings.log} (${revealed})`);
    setText(this.#counted, revealed === 0 ? '' : this.strings.logCount(revealed));
  }

  #view(screen: VaultScreen): HTMLElement {
    switch (screen.kind) {
      case 'start':
        return startView(this);
      case 'list':
        return listView(this, screen);
      case 'entry':
        return entryView(this, screen);
      case 'plan':
        return planView(this);
      case 'save':
        return saveView(this, screen);
      case 'log':
        return logView(this);
    }
  }

  #idleNotice(): HTMLElement {
    const words = el('p', { role: 'alert' });
    const stay = button(
      this.strings.stay,
      () => {
        // A click that an assistive program makes has no pointer and no key.
        this.#idle.touch(Date.now());
        this.#tick();
      },
      'primary',
    );
    const root = el('div', { class: 'v-idle', hidden: true }, words, stay);
    this.ticker.add({
      root,
      tick: (now) => {
        const idle = this.#idle.at(now);
        root.hidden = idle.kind !== 'warned';
        setText(words, idle.kind === 'warned' ? this.strings.idle(Math.ceil(idle.leftMs / 1000)) : '');
      },
    });
    return root;
  }

  #watch(): void {
    const { signal } = this.#stop;
    for (const kind of PRESENCE) {
      addEventListener(
        kind,
        () => {
          this.#idle.touch(Date.now());
        },
        { capture: true, passive: true, signal },
      );
    }
    // A clipboard that could not be cleared from behind can be from the front.
    addEventListener('focus', () => void this.#clipboard.tick(Date.now()), { signal });
    const timer = setInterval(() => {
      this.#tick();
    }, 1000);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }

  #tick(): void {
    const now = Date.now();
    if (this.#idle.at(now).kind === 'locked') {
      this.#lock('idle');
      return;
    }
    // Cleared first and told then, or each clearing would look for a second like one that failed.
    void this.#clipboard.tick(now).then(() => {
      this.#tellClipboard(now);
    });
    this.ticker.tick(now);
  }

  #tellClipboard(now: number): void {
    const { strings } = this;
    const state = this.#clipboard.state(now);
    const failed = this.#notCopied > now;
    this.#notice.hidden = state.kind === 'empty' && !failed;
    const words = failed
      ? strings.notCopied
      : state.kind === 'holds'
        ? strings.copied(state.secondsLeft)
        : state.kind === 'stuck'
          ? strings.stuck
          : '';
    setText(this.#words, words);
    this.#notice.classList.toggle('bad', failed || state.kind === 'stuck');
    // So that what lies below it can be scrolled out from under it.
    this.host.style.setProperty('--notice', `${this.#notice.offsetHeight}px`);
  }

  #lock(by: 'person' | 'idle'): void {
    this.#stop.abort();
    this.ticker.clear();
    // Tried again when somebody comes back: from behind it cannot be cleared.
    const clipboard = this.#clipboard;
    void clipboard.close();
    addEventListener('focus', () => void clipboard.clear());
    this.host.replaceChildren();
    this.#onLock(by, this.language);
  }
}
