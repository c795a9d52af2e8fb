// The recovery page starts here: what it carries is read, the first screen drawn, and files dropped
// anywhere on it are taken.

import { BLOCK_ID } from '../escrow/page-block.ts';
import { App } from './app.ts';
import type { Stage } from './app.ts';
import { loadWebCrypto } from './crypto-web.ts';
import { el } from './element.ts';
import { ownContent } from './recovery/given.ts';
import type { PageState } from './state.ts';
import { preferredLanguage, stringsOf } from './strings.ts';
import { openVaultView } from './vault/index.ts';
import { cardsView } from './views/cards.ts';
import { checkView } from './views/check.ts';
import { packageView } from './views/package.ts';
import { barView, setText, stepsView } from './views/frame.ts';
import type { Actions, View } from './views/frame.ts';

const SCREENS = { package: packageView, cards: cardsView, check: checkView } as const;

/** One screen with the bar above it. It is made anew for another screen or language, and else follows the state. */
function stageOf(root: HTMLElement, actions: () => Actions): Stage {
  let shown: { screen: PageState['screen']; language: PageState['language']; views: View[] } | undefined;

  function build({ screen, language }: PageState): View[] {
    if (screen === 'opened') return [];
    const strings = stringsOf(language);
    document.documentElement.lang = language;
    document.title = `${strings.recovery} · holdfast`;
    const warning: View = {
      root: el('p', { class: 'online', role: 'status' }),
      update({ isOnline }) {
        setText(warning.root, isOnline ? strings.onlineWarning : '');
        warning.root.hidden = !isOnline;
      },
    };
    const bar = barView(language, actions());
    const steps = stepsView(strings, actions());
    const main = SCREENS[screen](strings, actions());
    const inside = screen === 'check' ? [main.root] : [steps.root, main.root];
    root.replaceChildren(bar.root, el('main', {}, warning.root, ...inside));
    return [bar, warning, steps, main];
  }

  return {
    draw(state) {
      const { screen, language } = state;
      const isNew = shown?.screen !== screen || shown.language !== language;
      if (isNew) {
        const isFirst = shown === undefined;
        root.dataset['screen'] = screen;
        shown = { screen, language, views: build(state) };
        if (!isFirst) root.querySelector('h1')?.focus();
      }
      for (const view of shown?.views ?? []) view.update(state);
    },
    open(opened) {
      openVaultView(root, opened);
    },
  };
}

/** Files dropped anywhere are given; a browser left to itself would open them in the place of the page. */
function takeDrops(app: App, root: HTMLElement): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length > 0 && app.state.screen !== 'opened') app.giveFiles(files);
  });
  // Cards that were entered, or an open vault, are lost with the page; a key pressed by mistake must not do that.
  addEventListener('beforeunload', (event) => {
    if (app.state.boxes.length > 0 || root.dataset['screen'] === 'opened') event.preventDefault();
  });
}

async function start(root: HTMLElement): Promise<void> {
  const language = preferredLanguage(navigator.languages);
  const app: App = new App(
    await loadWebCrypto(),
    stageOf(root, () => app),
    language,
  );
  takeDrops(app, root);
  setInterval(() => {
    app.tick();
  }, 1000);
  for (const event of ['online', 'offline']) {
    addEventListener(event, () => {
      app.tick();
    });
  }
  app.start(ownContent(document.getElementById(BLOCK_ID)?.textContent ?? ''));
}

/** What is shown when the page cannot even start: a browser without WebAssembly, or one too old. */
function tellFailure(root: HTMLElement, error: unknown): void {
  console.error(error);
  const { problemOther } = stringsOf(preferredLanguage(navigator.languages));
  root.replaceChildren(el('main', {}, el('p', { class: 'problem', role: 'alert' }, problemOther('start'))));
}

const root = document.getElementById('app');
if (root)
  start(root).catch((error: unknown) => {
    tellFailure(root, error);
  });
