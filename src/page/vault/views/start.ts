// The first screen after the opening: what to know, whose turn it is, and the way into the vault.

import { button, el } from '../../element.ts';
import { stringsOf } from '../../strings.ts';
import { tellDoubt } from '../../told.ts';
import type { UnreadSource } from '../read.ts';
import type { VaultScreen, VaultUi } from '../ui.ts';
import { attachedView } from './attached.ts';
import { saveOriginal } from './original.ts';

function unreadView(ui: VaultUi, { source, problem }: UnreadSource): HTMLElement {
  const { strings } = ui;
  const why = problem ? strings.unreadProblem(problem.code) : strings.unreadKnown;
  const save = button(
    strings.saveOriginal,
    () => {
      saveOriginal(ui, source.path);
    },
    'quiet',
  );
  return el('li', {}, `${strings.unread(source.name, source.product)} ${why} `, save);
}

function unmatchedView(ui: VaultUi, count: number): HTMLElement {
  const { strings } = ui;
  const open = button(
    strings.showUnmatched(count),
    () => {
      ui.go({ kind: 'list', which: 'unlisted' });
    },
    'quiet',
  );
  return el('li', {}, `${strings.unmatched(count)} `, open);
}

function warningsView(ui: VaultUi): HTMLElement | undefined {
  const { session, strings } = ui;
  const { unread, clientsProblem, assignment } = session.read;
  const { unmatched = 0 } = assignment ?? {};
  const all = [
    ...(navigator.onLine ? [el('li', {}, strings.online)] : []),
    ...session.opened.doubts.map((doubt) =>
      el('li', {}, tellDoubt(stringsOf(ui.language), doubt, ui.language)),
    ),
    ...(clientsProblem ? [el('li', {}, strings.clientsProblem(clientsProblem.code))] : []),
    ...(unmatched > 0 ? [unmatchedView(ui, unmatched)] : []),
    ...unread.map((source) => unreadView(ui, source)),
  ];
  if (all.length === 0) return undefined;
  return el('div', { class: 'v-sheet v-warnings' }, el('h2', {}, strings.warnings), el('ul', {}, ...all));
}

/** Headline, what to know of it, and the one thing to do first. */
function firstStep(ui: VaultUi): { headline: string; lead: string; action: HTMLElement } {
  const { session, strings } = ui;
  const { next, clients, decided } = session.order;
  const client = next === undefined ? undefined : clients[next];
  const to = (label: string, screen: VaultScreen): HTMLElement =>
    button(
      label,
      () => {
        ui.go(screen);
      },
      'primary',
    );
  if (!session.read.vault)
    return {
      headline: strings.startNothing,
      lead: strings.startNothingLead,
      action: to(strings.saveOriginals, { kind: 'save' }),
    };
  if (next === undefined || client === undefined)
    return {
      headline: decided === 0 ? strings.startPlain : strings.startDone,
      lead:
        decided > 0 && clients.length > decided
          ? strings.startOthers(clients.length - decided)
          : strings.startPlainLead,
      action: to(strings.search, { kind: 'list', which: 'search' }),
    };
  const open = button(
    strings.openClient(ui.nameOf(client)),
    () => {
      void ui.admit(next).then(() => {
        ui.go({ kind: 'list', client: next });
      });
    },
    'primary',
  );
  return client.tier === 0
    ? { headline: strings.startOwn, lead: strings.startLead, action: open }
    : { headline: strings.startClient(ui.nameOf(client)), lead: client.reason ?? '', action: open };
}

export function startView(ui: VaultUi): HTMLElement {
  const { session, strings } = ui;
  const { headline, lead, action } = firstStep(ui);
  const search = button(strings.search, () => {
    ui.go({ kind: 'list', which: 'search' });
  });
  const plan = button(strings.readPlan, () => {
    ui.go({ kind: 'plan' });
  });
  const hasPlan = session.opened.manifest.plan.length > 0;
  return el(
    'section',
    { class: 'v-start' },
    el('h1', { tabindex: '-1' }, headline),
    lead === '' ? undefined : el('p', { class: 'lead' }, lead),
    el(
      'p',
      { class: 'ways' },
      action,
      session.order.next === undefined ? undefined : search,
      hasPlan ? plan : undefined,
    ),
    warningsView(ui),
    attachedView(ui),
  );
}
