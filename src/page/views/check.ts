// The card check: one card is judged, and may answer a challenge. Nothing is opened.

import { EscrowError, isEscrowError } from '../../core/errors.ts';
import { button, el } from '../element.ts';
import { saveText } from '../save.ts';
import type { PageState } from '../state.ts';
import type { Strings } from '../strings.ts';
import { tellBox } from '../told.ts';
import { boxElement } from './box.ts';
import { rowInput } from './typing.ts';
import { unlockView } from './unlock.ts';
import { waysView } from './ways.ts';
import { fileButton, setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

function tellCheckProblem(strings: Strings, problem: EscrowError): string {
  if (isEscrowError(problem, 'proof.refused'))
    return problem.facts.reason === 'other-card'
      ? strings.challengeOtherCard(problem.facts.card)
      : strings.challengeOther;
  return problem.code === 'share.row-not-exact' ? strings.challengeNotExact : strings.challengeBad;
}

/** The row from the paper that a scanned card is asked for. */
function askedRowView(strings: Strings, actions: Actions): View {
  const heading = el('h2');
  const verdict = el('p', { id: 'asked-row', class: 'verdict bad', role: 'alert' });
  let asked = 1;
  const input = rowInput(
    strings.typingHeadline,
    { verdictId: 'asked-row', number: () => asked },
    actions.typeAskedRow.bind(actions),
  );
  return {
    root: el('div', { class: 'panel typing' }, heading, el('p', {}, strings.askedRowLead), input, verdict),
    update({ check }) {
      asked = check.askedRow ?? 1;
      setText(heading, strings.askedRow(asked));
      if (input.value !== check.typedRow) input.value = check.typedRow;
      setText(verdict, check.isRowWrong ? strings.askedRowWrong : '');
    },
  };
}

function responseView(strings: Strings): View {
  const heading = el('h2');
  const text = el('textarea', {
    readonly: true,
    rows: '7',
    'aria-label': strings.responseLabel,
    spellcheck: 'false',
  });
  let card = 0;
  const copy = button(
    strings.copy,
    () => {
      text.select();
      // The clipboard of a page from the disk may be shut; the selection is there to be copied by hand.
      void navigator.clipboard.writeText(text.value).then(
        () => {
          setText(copy, strings.copied);
        },
        () => undefined,
      );
    },
    'primary',
  );
  const save = button(strings.save, () => {
    saveText(`response-card-${card}.json`, text.value);
  });
  return {
    root: el(
      'div',
      { class: 'panel' },
      heading,
      el('p', {}, strings.responseLead),
      text,
      el('p', { class: 'ways' }, copy, save),
    ),
    update({ check }) {
      if (!check.response) return;
      card = check.response.card;
      setText(heading, strings.responseHeadline(card));
      if (text.value !== check.response.text) text.value = check.response.text;
    },
  };
}

export function checkView(strings: Strings, actions: Actions): View {
  const noCharter = el(
    'div',
    { class: 'panel' },
    el('p', {}, strings.checkNoCharter),
    el('p', { class: 'ways' }, fileButton(strings.chooseCharter, actions, { kind: 'secondary' })),
  );
  const result = el('ul', { class: 'boxes', 'aria-live': 'polite' });
  const ways = waysView(strings, actions, true);
  const unlock = unlockView(strings, actions);
  const challenge = el('textarea', {
    rows: '3',
    'aria-label': strings.challengeLabel,
    spellcheck: 'false',
    autocomplete: 'off',
  });
  challenge.addEventListener('input', () => {
    actions.setChallenge(challenge.value);
  });
  const told = el('p', { class: 'hint', role: 'status' });
  const asked = askedRowView(strings, actions);
  const response = responseView(strings);
  let shown: PageState['checked'];
  return {
    root: el(
      'section',
      {},
      el('h1', { tabindex: '-1' }, strings.checkHeadline),
      el('p', { class: 'lead' }, strings.checkLead),
      noCharter,
      result,
      unlock.root,
      asked.root,
      response.root,
      ways.root,
      el(
        'div',
        { class: 'panel' },
        el('h2', {}, strings.challengeHeadline),
        el('p', {}, strings.challengeLead),
        challenge,
        told,
      ),
      el(
        'p',
        { class: 'aside' },
        button(
          strings.backToRecovery,
          () => {
            actions.go('package');
          },
          'quiet',
        ),
      ),
    ),
    update(state) {
      const { check, checked } = state;
      noCharter.hidden = state.charter !== undefined;
      if (shown !== checked) {
        shown = checked;
        const box =
          checked &&
          boxElement(
            tellBox(strings, state, checked),
            checked.kind === 'card' ? checked.verdict.mark : undefined,
          );
        result.replaceChildren(...(box ? [box] : []));
      }
      if (challenge.value !== check.challenge) challenge.value = check.challenge;
      const isWaiting = check.challenge.trim() !== '' && check.askedRow === undefined && !check.response;
      const words = check.problem
        ? tellCheckProblem(strings, check.problem)
        : isWaiting
          ? strings.challengeFirst
          : '';
      setText(told, words);
      told.className = check.problem ? 'problem' : 'hint';
      told.hidden = words === '';
      const isAsked = check.askedRow !== undefined && check.response === undefined;
      const isNew = isAsked && asked.root.hidden;
      asked.root.hidden = !isAsked;
      response.root.hidden = check.response === undefined;
      asked.update(state);
      if (isNew) asked.root.querySelector('input')?.focus();
      response.update(state);
      unlock.update(state);
      ways.update(state);
    },
  };
}
