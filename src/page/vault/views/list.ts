// The entries: search first, then one row each with what is wanted most.

import { button, el } from '../../element.ts';
import { setText } from '../../views/frame.ts';
import { BOUNDS } from '../bounds.ts';
import { seedsOf } from '../lines.ts';
import type { VaultScreen, VaultUi } from '../ui.ts';
import { codeView, coverOf } from './cover.ts';
import { VirtualList } from './virtual-list.ts';
import type { Row } from './virtual-list.ts';

/** Where a row takes two lines; vault.css knows the same width. */
const NARROW = '(max-width: 860px)';
const rowHeight = (): number => (matchMedia(NARROW).matches ? 132 : 76);

type ListScreen = Extract<VaultScreen, { kind: 'list' }>;

function rowOf(ui: VaultUi, index: number, screen: () => ListScreen): Row {
  const { session, strings } = ui;
  const item = session.item(index);
  const title = item.title || strings.untitled;
  const handle = button(
    title,
    () => {
      void ui.admit(session.placeOf(index)).then((isOpen) => {
        if (isOpen) ui.go({ kind: 'entry', index, from: screen() });
      });
    },
    'quiet',
  );
  // Only two lines of it are seen.
  handle.title = title;
  const state = item.state === 'trashed' ? strings.binned : item.state === 'archived' ? strings.archived : '';
  const client = screen().client === undefined ? ui.nameOf(session.clientOf(index)) : undefined;
  const about = [item.username, client, state].filter((part) => part).join(' · ');
  const [seed] = seedsOf(item);
  const cover =
    item.password === ''
      ? undefined
      : coverOf(ui, {
          index,
          part: 'password',
          told: strings.passwordOf(title),
          value: item.password,
        });
  // A note, a card or an identity has none, and lacks nothing.
  const missing = item.type === 'login' ? el('span', { class: 'v-about' }, strings.noPassword) : undefined;
  const isOpen = session.order.isInTurn(session.placeOf(index));
  const root = el(
    'li',
    { class: 'v-row' },
    el('div', { class: 'v-name' }, handle, el('span', { class: 'v-about' }, about)),
    el('div', { class: 'v-password' }, cover?.value ?? missing),
    el('div', { class: 'v-live' }, seed && isOpen ? codeView(ui, index, seed).root : undefined),
    el('div', { class: 'v-acts' }, cover?.copy, cover?.show),
  );
  return { root, handle };
}

function heading(ui: VaultUi, screen: ListScreen): HTMLElement {
  const { session, strings } = ui;
  const { client } = screen;
  const named = client === undefined ? undefined : session.order.clients[client];
  const acts = el('div', { class: 'v-acts' });
  if (client !== undefined && named) {
    const isDone = session.order.isDone(client);
    const save = button(
      strings.saveClient,
      () => {
        ui.go({ kind: 'save', client });
      },
      'quiet',
    );
    const done = button(
      isDone ? strings.unmarkDone : strings.markDone,
      () => {
        session.setDone(client, !isDone);
        ui.noted();
        ui.go(isDone ? screen : { kind: 'start' });
      },
      'quiet',
    );
    // Nothing can be made of none.
    acts.append(
      ...(session.countOf(client) > 0 ? [save] : []),
      ...(client < session.order.decided ? [done] : []),
    );
  }
  const count = el('span', { class: 'v-count', role: 'status' });
  const all = screen.which === 'unlisted' ? strings.unlistedEntries : strings.allEntries;
  const words = el('h1', { tabindex: '-1' }, named ? ui.nameOf(named) : all);
  return el('div', { class: 'v-head' }, el('div', {}, words, count), acts);
}

/** As many as the bar says, and what is in the bin besides. */
function countOf({ session, strings }: VaultUi, found: readonly number[]): string {
  const binned = session.binnedAmong(found);
  const inUse = strings.ofEntries(found.length - binned);
  return binned === 0 ? inUse : `${inUse} · ${strings.inBin(binned)}`;
}

export function listView(ui: VaultUi, screen: ListScreen): HTMLElement {
  const { session, strings, language } = ui;
  const number = new Intl.NumberFormat(language);
  const { client } = screen;
  let { query = '' } = screen;
  let found: readonly number[] = [];
  const list: VirtualList = new VirtualList(rowHeight, (at) =>
    rowOf(ui, found[at] ?? 0, () => ({ ...screen, query, top: list.scrollTop })),
  );
  const name = client === undefined ? undefined : ui.nameOf(session.order.clients[client]);
  const label = name === undefined ? strings.search : strings.searchIn(name);
  const input = el('input', {
    class: 'v-search',
    type: 'search',
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.value = query;
  const toOrder = button(
    strings.toOrder,
    () => {
      ui.go({ kind: 'start' });
    },
    'quiet',
  );
  const head = heading(ui, screen);
  const count = head.querySelector<HTMLElement>('.v-count');
  const nothing = el('p', { class: 'hint' });
  const searchAll = button('', () => {
    ui.go({ kind: 'list', which: 'search', query });
  });
  const elsewhere = el('p', { class: 'ways v-elsewhere' }, searchAll);
  const isPart = client !== undefined || screen.which === 'unlisted';
  const capped = el('p', { class: 'hint' }, strings.capped(number.format(BOUNDS.listedEntries)));
  const find = (): void => {
    found = session.index.find(query, client, screen.which === 'unlisted' ? session.order.decided : 0);
    if (count)
      setText(count, query.trim() === '' ? countOf(ui, found) : strings.results(number.format(found.length)));
    // Who searches in one client has often only the wrong client.
    const isElsewhere = isPart && found.length === 0 && query.trim() !== '';
    const others = isElsewhere ? session.index.find(query).length : 0;
    setText(searchAll, strings.searchAll(number.format(others)));
    elsewhere.hidden = others === 0;
    const why = isElsewhere && others === 0 ? strings.nothingAnywhere : strings.nothing;
    setText(nothing, query.trim() === '' ? strings.noEntries : why);
    nothing.hidden = found.length > 0;
    capped.hidden = found.length <= BOUNDS.listedEntries;
    list.reset(Math.min(found.length, BOUNDS.listedEntries));
  };
  input.addEventListener('input', () => {
    query = input.value;
    find();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    list.focusFirst();
  });
  find();
  // Back from an entry, the list is where it was.
  const { top = 0 } = screen;
  if (top > 0) {
    requestAnimationFrame(() => {
      list.scrollTo(top);
    });
  }
  return el(
    'section',
    { class: 'v-list' },
    // Where there is no room for the order beside the list.
    el('p', { class: 'v-to-order' }, toOrder),
    input,
    el('div', { class: 'v-sheet' }, head, nothing, elsewhere, list.root, capped),
  );
}
