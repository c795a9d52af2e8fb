// What all screens share: the bar at the top, the steps, and what a screen may ask of the page.

import { LANGUAGES } from '../../core/languages.ts';
import type { Language } from '../../core/languages.ts';
import { button, el } from '../element.ts';
import type { BoxPlace, PageState, Screen } from '../state.ts';
import { stringsOf } from '../strings.ts';
import type { Strings } from '../strings.ts';
import { isPackageDamaged } from '../told.ts';
import { ago, clock, moment } from '../times.ts';

/** What a screen asks for; the page does it and the state tells of it. */
export interface Actions {
  setLanguage(language: Language): void;
  go(screen: Screen): void;
  giveFiles(files: readonly File[]): void;
  /** Goes back to the package that the page carries. */
  takeInside(): void;
  /** Takes the box at this place off the screen. */
  putAway(at: number): void;
  openWay(way: PageState['way']): void;
  /** The element that shows the camera, once it is on the screen. */
  showCamera(video: HTMLVideoElement): void;
  typeRow(row: number, text: string): void;
  /** Tries the passphrase of a locked card. */
  unlock(place: BoxPlace, passphrase: string): void;
  setChallenge(text: string): void;
  typeAskedRow(text: string): void;
}

/** Part of the screen that follows the state without being made anew: inputs keep what is typed. */
export interface View {
  readonly root: HTMLElement;
  update(state: PageState): void;
}

/** Makes the text of an element be this, without touching it when it is already: screen readers hear changes. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that opens the browser's file dialogue. */
export function fileButton(
  label: string,
  actions: Actions,
  options: { readonly kind: 'primary' | 'secondary'; readonly accept?: string; readonly isSingle?: boolean },
): HTMLElement {
  const input = el('input', {
    type: 'file',
    multiple: options.isSingle !== true,
    hidden: true,
    accept: options.accept,
  });
  input.addEventListener('change', () => {
    const files = Array.from(input.files ?? []);
    // The same file chosen again is a change again.
    input.value = '';
    if (files.length > 0) actions.giveFiles(files);
  });
  const opener = button(
    label,
    () => {
      input.click();
    },
    options.kind,
  );
  return el('span', { class: 'file' }, opener, input);
}

/** The languages to choose from, each by its own name. */
export function languageSelect(
  language: Language,
  onChange: (language: Language) => void,
): HTMLSelectElement {
  const select = el(
    'select',
    { 'aria-label': stringsOf(language).language },
    ...LANGUAGES.map((known) => el('option', { value: known, lang: known }, stringsOf(known).name)),
  );
  select.value = language;
  select.addEventListener('change', () => {
    onChange(LANGUAGES.find((known) => known === select.value) ?? 'en');
  });
  return select;
}

/** The bar: what this is, how old the data is, whether the machine is offline, how long it has taken. */
export function barView(language: Language, actions: Actions): View {
  const strings = stringsOf(language);
  const title = el('strong');
  const about = el('span', { class: 'about' });
  const network = el('span', { class: 'network' });
  const elapsed = el('span', { class: 'elapsed' });
  const languages = languageSelect(language, (chosen) => {
    actions.setLanguage(chosen);
  });
  return {
    root: el(
      'header',
      { class: 'bar' },
      el('p', { class: 'what' }, title, about),
      el('p', { class: 'how' }, network, elapsed, languages),
    ),
    update(state) {
      setText(title, state.screen === 'check' ? strings.cardCheck : strings.recovery);
      const sealedAt = state.screen === 'check' ? undefined : state.package?.sealedAt;
      const when =
        sealedAt && strings.sealed(moment(sealedAt, state.language), ago(strings, sealedAt, state.now));
      setText(about, when ? ` · ${when}` : '');
      setText(network, state.isOnline ? strings.online : `${strings.offline} ✓`);
      network.classList.toggle('warned', state.isOnline);
      setText(elapsed, strings.elapsed(clock(state.now - state.startedAt)));
    },
  };
}

/** The three steps as a way back and forth. */
export function stepsView(strings: Strings, actions: Actions): View {
  const steps = [
    {
      screen: 'package',
      label: strings.stepPackage,
      isDone: (state: PageState) =>
        state.package !== undefined && state.package.recordedSize === undefined && !isPackageDamaged(state),
    },
    { screen: 'cards', label: strings.stepCards, isDone: (state: PageState) => state.opening !== undefined },
    { screen: 'opened', label: strings.stepVault, isDone: () => false },
  ] as const;
  const chips = steps.map(({ screen }) =>
    button(
      '',
      () => {
        actions.go(screen);
      },
      'quiet',
    ),
  );
  return {
    root: el(
      'nav',
      { 'aria-label': strings.steps },
      el('ol', { class: 'steps' }, ...chips.map((chip) => el('li', {}, chip))),
    ),
    update(state) {
      steps.forEach(({ screen, label, isDone }, index) => {
        const chip = chips[index];
        if (!chip) return;
        const done = isDone(state) && state.screen !== screen;
        setText(chip, `${index + 1} ${label}${done ? ' ✓' : ''}`);
        chip.className = state.screen === screen ? 'chip here' : done ? 'chip done' : 'chip';
        // The vault opens by itself; nobody can go there before.
        chip.disabled = screen === 'opened' || state.opening !== undefined;
        if (state.screen === screen) chip.setAttribute('aria-current', 'step');
        else chip.removeAttribute('aria-current');
      });
    },
  };
}
