// The rows on the screen. Each is judged while it is typed; the cursor goes on by itself when one is right.

import { typedSymbols } from '../../core/share/base32.ts';
import { LOCKED_ROWS, ROW_SYMBOLS } from '../../core/share/row.ts';
import { setMark } from '../../core/share/set.ts';
import { el } from '../element.ts';
import type { Strings } from '../strings.ts';
import { tellProblem } from '../told.ts';
import type { Tone } from '../told.ts';
import { judgeTyped, setOfFirstRow, shownCursor, shownRow, withoutRowNumber } from '../cards/typing.ts';
import type { RowState } from '../cards/typing.ts';
import { setText } from './frame.ts';
import type { Actions, View } from './frame.ts';

/** What is said of one row, and its colour. */
function tellRow(strings: Strings, verdict: RowState): { text: string; tone: Tone } {
  switch (verdict.state) {
    case 'empty':
      return { text: '', tone: 'plain' };
    case 'partial':
      return { text: strings.rowPartial(verdict.symbols), tone: 'plain' };
    case 'good':
      return { text: `✓ ${strings.rowGood}`, tone: 'good' };
    case 'repaired':
      return {
        text: `✓ ${strings.rowRepaired(verdict.position, verdict.from, verdict.to)}`,
        tone: 'repaired',
      };
    case 'provisional':
      return { text: strings.rowProvisional, tone: 'repaired' };
    case 'swapped':
      return { text: strings.rowSwapped(verdict.belongs), tone: 'bad' };
    case 'unreadable':
      return {
        text:
          verdict.problem.code === 'share.row-symbol'
            ? strings.rowForeign((verdict.problem.facts as { position: number }).position)
            : strings.rowUnreadable,
        tone: 'bad',
      };
  }
}

/**
 * One input for a row. It shows what is typed in capitals and in fours.
 *
 * @param number - The row's, from 1, as it is printed beside it.
 */
export function rowInput(
  label: string,
  { verdictId, number }: { readonly verdictId: string; readonly number: () => number },
  take: (text: string) => void,
): HTMLInputElement {
  const input = el('input', {
    class: 'row',
    type: 'text',
    'aria-label': label,
    'aria-describedby': verdictId,
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
  });
  let last = '';
  input.addEventListener('input', (event) => {
    const at = input.selectionStart ?? input.value.length;
    let before = input.value.slice(0, at);
    const after = input.value.slice(at);
    const isBackspace = event instanceof InputEvent && event.inputType === 'deleteContentBackward';
    // Spaces are not typed, so deleting one means the symbol before it.
    const isOnlySpace = isBackspace && typedSymbols(before + after).length === typedSymbols(last).length;
    if (isOnlySpace) before = before.slice(0, -1);
    if (!isBackspace) before = withoutRowNumber(before, number());
    const cursor = isBackspace ? shownRow(before).length : shownCursor(before);
    take(before + after);
    last = input.value;
    if (document.activeElement === input) input.setSelectionRange(cursor, cursor);
  });
  input.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? '';
    // The input would join the lines of a longer text.
    if (typedSymbols(text).length <= ROW_SYMBOLS + 1) return;
    event.preventDefault();
    take(text);
  });
  return input;
}

export function typingView(strings: Strings, actions: Actions): View {
  const rows = Array.from({ length: LOCKED_ROWS }, (_, index) => {
    const id = `row-${index + 1}`;
    const verdict = el('span', { id, class: 'verdict', 'aria-live': 'polite' });
    const input = rowInput(strings.row(index + 1), { verdictId: id, number: () => index + 1 }, (text) => {
      actions.typeRow(index, text);
    });
    const number = el('span', { class: 'number', 'aria-hidden': 'true' }, String(index + 1));
    return { input, verdict, root: el('div', { class: 'typed-row' }, number, input, verdict) };
  });
  const problem = el('p', { class: 'problem', role: 'alert' });
  let shownAt: number | undefined;
  return {
    root: el(
      'div',
      { class: 'panel typing' },
      el('h2', {}, strings.typingHeadline),
      ...rows.map(({ root }) => root),
      problem,
      el('p', { class: 'hint' }, strings.typingHelp),
    ),
    update({ typing, typingProblem, charter }) {
      rows.forEach(({ input, verdict, root }, index) => {
        // Only a locked card has a fifth.
        root.hidden = index >= typing.rows.length;
        const text = typing.rows[index] ?? '';
        if (input.value !== text) input.value = text;
        const judged = judgeTyped(index, text, typing.rows.length);
        const set = index === 0 ? setOfFirstRow(judged) : undefined;
        const isOtherSet = set !== undefined && charter !== undefined && set.id !== charter.set.id;
        const told = isOtherSet
          ? ({
              text: strings.rowOtherSet(setMark(set.number), setMark(charter.set.number)),
              tone: 'bad',
            } as const)
          : tellRow(strings, judged);
        setText(verdict, told.text);
        verdict.className = `verdict ${told.tone}`;
        input.setAttribute('aria-invalid', String(told.tone === 'bad' && !isOtherSet));
      });
      setText(problem, typingProblem ? tellProblem(strings, typingProblem) : '');
      problem.hidden = typingProblem === undefined;
      if (shownAt !== typing.at) {
        shownAt = typing.at;
        rows[typing.at]?.input.focus();
      }
    },
  };
}
