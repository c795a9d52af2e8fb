// Secrets on the screen: covered until somebody asks, codes alive, and the buttons that show and copy.

import type { Totp } from '../../../vault/model.ts';
import { totpCode, totpSecondsLeft } from '../../../vault/totp-code.ts';
import { button, el } from '../../element.ts';
import { setText } from '../../views/frame.ts';
import type { RevealedPart } from '../reveal-log.ts';
import type { VaultUi } from '../ui.ts';

const DOTS = '••••••••••••';

interface Secret {
  readonly index: number;
  readonly part: RevealedPart;
  /** The field's name, for the log. */
  readonly name?: string | undefined;
  /** What it is, for those who hear the buttons: "password of Firewall". */
  readonly told: string;
  readonly value: string;
}

interface Cover {
  readonly value: HTMLElement;
  readonly show: HTMLButtonElement;
  readonly copy: HTMLButtonElement;
}

/** A button with few words on it and more for a screen reader. */
function told(label: string, words: string, onClick: () => void): HTMLButtonElement {
  const made = button(label, onClick, 'quiet');
  made.setAttribute('aria-label', words);
  return made;
}

/** Does it once the entry's client is open: out of turn a reason is asked for first. */
const admitted = (ui: VaultUi, index: number, act: () => void | Promise<void>) => (): void => {
  void ui.admit(ui.session.placeOf(index)).then((isOpen) => (isOpen ? act() : undefined));
};

/** A secret under dots, with its two buttons. The value is in the page only while it is shown. */
export function coverOf(ui: VaultUi, { index, part, name, told: what, value }: Secret): Cover {
  const { strings, session } = ui;
  const place = el('span', { class: 'v-secret' });
  let isShown = false;
  const draw = (): void => {
    const covered = el('span', {}, el('span', { 'aria-hidden': 'true' }, DOTS));
    covered.append(el('span', { class: 'offscreen' }, strings.hidden));
    place.replaceChildren(isShown ? value : covered);
    place.classList.toggle('shown', isShown);
    setText(show, isShown ? strings.hide : strings.show);
    show.setAttribute('aria-pressed', String(isShown));
  };
  const note = (how: 'shown' | 'copied'): void => {
    session.revealed(index, part, how, name);
    ui.noted();
  };
  const show = told(
    strings.show,
    strings.showOf(what),
    admitted(ui, index, () => {
      isShown = !isShown;
      if (isShown) note('shown');
      draw();
    }),
  );
  const copy = told(
    strings.copy,
    strings.copyOf(what),
    admitted(ui, index, async () => {
      if (await ui.copy(value)) note('copied');
    }),
  );
  draw();
  return { value: place, show, copy };
}

/** "493 027". */
const inGroups = (code: string): string =>
  code.length % 3 === 0 ? code.replace(/(.{3})(?=.)/g, '$1 ') : code.replace(/^(.{4})(?=.{4}$)/, '$1 ');

interface CodeView {
  readonly root: HTMLElement;
  readonly copy: HTMLButtonElement;
}

/** A code that lives, with the seconds it has left. The code itself is a button that copies it. */
export function codeView(ui: VaultUi, index: number, seed: Totp): CodeView {
  const { strings, session, ticker } = ui;
  const words = strings.copyOf(strings.codeOf(session.item(index).title));
  const take = admitted(ui, index, async () => {
    if (!(await ui.copy(await totpCode(seed, Date.now())))) return;
    session.revealed(index, 'code', 'copied');
    ui.noted();
  });
  const digits = el('span');
  const press = button('', take, 'quiet');
  press.classList.add('v-digits');
  press.title = words;
  press.append(digits, el('span', { class: 'offscreen' }, words));
  const left = el('span', { class: 'v-left' });
  const root = el('span', { class: 'v-code' }, press, left);
  let period = -1;
  ticker.add({
    root,
    tick: (now) => {
      setText(left, strings.seconds(totpSecondsLeft(seed, now)));
      const current = Math.floor(now / 1000 / seed.period);
      if (current === period) return;
      period = current;
      void totpCode(seed, now).then((code) => {
        if (current === period) setText(digits, inGroups(code));
      });
    },
  });
  return { root, copy: told(strings.copy, words, take) };
}
