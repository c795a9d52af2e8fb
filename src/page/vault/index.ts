// What the page shows after the opening: the order of clients, the vault, and a record of what was revealed.

import type { Language } from '../../core/languages.ts';
import { loadWebCrypto } from '../crypto-web.ts';
import { button, el } from '../element.ts';
import type { OpenedPackage } from '../opened.ts';
import { stringsOf } from '../strings.ts';
import { setText } from '../views/frame.ts';
import { VaultApp } from './app.ts';
import { VaultSession } from './session.ts';
import { saveLog, saveLogText } from './views/log.ts';

/** Shows an opened package. */
export function openVaultView(root: HTMLElement, opened: OpenedPackage): void {
  const strings = stringsOf(opened.language).vault;
  document.title = `${strings.vault} · holdfast`;
  const headline = el('h1', { tabindex: '-1', role: 'status' }, strings.reading);
  root.replaceChildren(
    el('main', {}, el('section', {}, headline, el('p', { class: 'lead' }, strings.readingLead))),
  );
  // So that this is on the screen before the work begins.
  setTimeout(() => {
    void read(root, opened);
  });
}

async function read(root: HTMLElement, opened: OpenedPackage): Promise<void> {
  const crypto = await loadWebCrypto();
  let session: VaultSession;
  try {
    session = await VaultSession.open(crypto, opened);
  } catch (error) {
    // A bug, or too little memory. Whatever it is, the originals are here and can be saved.
    console.error(error);
    session = VaultSession.unread(crypto, opened);
  }
  const app = new VaultApp(root, session, (by, language) => {
    session.log.add({ kind: 'locked', by });
    showLocked(root, session, language);
    session.forget();
  });
  app.go({ kind: 'start' });
}

/** All that is left is the log. Memory is given back by loading the page anew. */
function showLocked(root: HTMLElement, { log }: VaultSession, language: Language): void {
  const strings = stringsOf(language).vault;
  root.dataset['screen'] = 'locked';
  document.title = `${strings.lockedHeadline} · holdfast`;
  const headline = el('h1', { tabindex: '-1' }, strings.lockedHeadline);
  const save = button(
    strings.saveLog,
    () => {
      saveLog(log);
      setText(save, `${strings.logSaved} ✓`);
      again.className = 'primary';
      save.className = 'secondary';
    },
    'primary',
  );
  const saveWords = button(strings.saveLogText, () => {
    saveLogText(strings, language, log);
    setText(saveWords, `${strings.logSaved} ✓`);
  });
  const again = button(strings.openAgain, () => {
    location.reload();
  });
  root.replaceChildren(
    el(
      'main',
      {},
      el(
        'section',
        {},
        headline,
        el('p', { class: 'lead' }, strings.lockedLead),
        el('p', {}, strings.lockedLog),
        el('p', { class: 'ways' }, save, saveWords, again),
      ),
    ),
  );
  headline.focus();
  addEventListener('beforeunload', (event) => {
    if (!log.isSaved) event.preventDefault();
  });
}
