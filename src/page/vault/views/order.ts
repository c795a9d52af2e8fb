// The order of clients: always in sight where there is room for it.

import { button, el } from '../../element.ts';
import { BOUNDS } from '../bounds.ts';
import type { VaultUi } from '../ui.ts';

/** The name after its tier: a bare number to the eye, and said as what it is to who listens. */
function numbered(name: string, tier: number | undefined, inWords: (tier: number) => string): Node[] {
  if (tier === undefined) return [new Text(name)];
  return [
    el('span', { 'aria-hidden': 'true', title: inWords(tier) }, `${tier}  `),
    new Text(name),
    el('span', { class: 'offscreen' }, inWords(tier)),
  ];
}

function clientView(ui: VaultUi, place: number, chosen: number | undefined): HTMLElement {
  const { session, strings } = ui;
  const { order } = session;
  const client = order.clients[place];
  if (!client) throw new RangeError('no such client');
  const { tier, reason, entries } = client;
  const isNext = order.next === place;
  const mark = order.isDone(place) ? `${strings.done} ✓` : isNext ? strings.now : undefined;
  const own = tier === 0 && reason === undefined ? strings.own : reason;
  const about = [own, strings.ofEntries(entries), mark].filter((part) => part !== undefined).join(' · ');
  const open = button(
    '',
    () => {
      void ui.admit(place).then((isOpen) => {
        if (isOpen) ui.go({ kind: 'list', client: place });
      });
    },
    'quiet',
  );
  open.append(
    el('span', { class: 'v-client' }, ...numbered(ui.nameOf(client), tier, strings.tier)),
    el('span', { class: 'v-about' }, about),
  );
  if (chosen === place) open.setAttribute('aria-current', 'true');
  const kind = `${isNext ? ' next' : ''}${order.isDone(place) ? ' done' : ''}`;
  return el('li', { class: `v-turn${kind}` }, open);
}

export function orderView(ui: VaultUi, chosen: number | undefined): HTMLElement {
  const { session, strings } = ui;
  const { clients, decided } = session.order;
  const shown = Math.min(clients.length, decided + BOUNDS.listedClients);
  const views = Array.from({ length: shown }, (_, place) => clientView(ui, place, chosen));
  const others = views.slice(decided);
  const beyond = clients.length - shown;
  const more =
    decided === 0 || others.length === 0
      ? undefined
      : el(
          'details',
          { open: chosen !== undefined && chosen >= decided },
          el('summary', {}, strings.moreClients(others.length)),
          el('ul', {}, ...others),
        );
  const all = button(
    strings.allEntries,
    () => {
      ui.go({ kind: 'list' });
    },
    'quiet',
  );
  return el(
    'aside',
    { class: 'v-order', 'aria-label': decided > 0 ? strings.order : strings.clients },
    el('h2', {}, decided > 0 ? strings.order : strings.clients),
    el('p', { class: 'hint' }, decided > 0 ? strings.orderLead : strings.noOrder),
    decided > 0 ? el('p', { class: 'hint' }, strings.orderTiers) : undefined,
    el('ol', {}, ...(decided > 0 ? views.slice(0, decided) : views)),
    more,
    beyond > 0 ? el('p', { class: 'hint' }, strings.notListed(beyond)) : undefined,
    el('p', { class: 'v-all' }, all),
  );
}
