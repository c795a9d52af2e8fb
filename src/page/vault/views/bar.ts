// The bar over the open vault: its parts, how much is in it, how old it is, the network, the time, the lock.

import type { Language } from '../../../core/languages.ts';
import { button, el } from '../../element.ts';
import { stringsOf } from '../../strings.ts';
import { clock, moment } from '../../times.ts';
import { languageSelect, setText } from '../../views/frame.ts';
import type { VaultScreen, VaultUi } from '../ui.ts';

/** The buttons that lead to the parts of the vault, by the screen each begins with. */
export type Tabs = ReadonlyMap<VaultScreen['kind'], HTMLButtonElement>;

interface BarActions {
  setLanguage(language: Language): void;
  lock(): void;
}

export function tabsOf(ui: VaultUi): Tabs {
  const { vault, plan, save, log } = ui.strings;
  const tabs = [
    ['start', vault],
    ['plan', plan],
    ['save', save],
    ['log', log],
  ] as const;
  return new Map(
    tabs.map(([kind, label]) => [
      kind,
      button(
        label,
        () => {
          ui.go({ kind });
        },
        'quiet',
      ),
    ]),
  );
}

export function barView(ui: VaultUi, tabs: Iterable<HTMLElement>, actions: BarActions): HTMLElement {
  const { strings, session, language } = ui;
  const { startedAt, manifest } = session.opened;
  const page = stringsOf(language);
  const entries = new Intl.NumberFormat(language).format(session.entries);
  const counts = strings.counts(entries, session.entries, session.order.clients.length);
  const elapsed = el('span');
  const network = el('span');
  ui.ticker.add({
    root: elapsed,
    tick: (now) => {
      setText(elapsed, page.elapsed(clock(now - startedAt)));
      setText(network, navigator.onLine ? page.online : `${page.offline} ✓`);
      network.className = navigator.onLine ? 'warned' : '';
    },
  });
  const languages = languageSelect(language, actions.setLanguage.bind(actions));
  const lock = button(strings.lock, actions.lock.bind(actions), 'quiet');
  return el(
    'header',
    { class: 'bar v-bar' },
    el('nav', { class: 'v-nav', 'aria-label': strings.parts }, ...tabs),
    el(
      'p',
      { class: 'about' },
      el('span', { class: 'v-counts' }, `${counts} · `),
      strings.sealed(moment(manifest.created, language)),
    ),
    el('p', { class: 'how' }, el('span', { class: 'v-state' }, network, elapsed), languages, lock),
  );
}
