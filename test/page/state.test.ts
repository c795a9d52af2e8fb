import { EscrowError } from '../../src/core/errors.ts';
import type { CardVerdict } from '../../src/escrow/card-verdict.ts';
import { firstState, reduce } from '../../src/page/state.ts';
import type { PageEvent, PageState } from '../../src/page/state.ts';
import { describe, expect, test } from 'vitest';

const FIRST = firstState('en', 1_000, false);
const after = (...events: PageEvent[]): PageState => events.reduce(reduce, FIRST);

const verdict = (state: CardVerdict['state'], from = 'x'): CardVerdict => ({
  from,
  state,
  label: 'card 1',
  repairs: [],
});
const card = (state: CardVerdict['state']): PageEvent => ({
  kind: 'card',
  verdict: verdict(state),
  via: 'photo',
});
const problem = new EscrowError('age.header-mac', {});

describe('the state of the page', () => {
  test('keeps every card that was given, with the time it came', () => {
    const state = after(
      { kind: 'screen', screen: 'cards' },
      card('good'),
      { kind: 'tick', now: 61_000, isOnline: true },
      { kind: 'file', name: 'x.pdf', problem },
    );
    expect(state.boxes).toMatchObject([
      { kind: 'card', at: 1_000 },
      { kind: 'file', name: 'x.pdf', at: 61_000 },
    ]);
    expect(state.isOnline).toBe(true);
  });

  test('a further card clears what kept the package shut; a tick does not', () => {
    const failed = after({ kind: 'opening', read: 7 }, { kind: 'failed', problem });
    expect(failed).toMatchObject({ opening: undefined, problem });
    expect(reduce(failed, { kind: 'tick', now: 2, isOnline: false }).problem).toBe(problem);
    expect(reduce(failed, card('good')).problem).toBeUndefined();
    expect(reduce(failed, { kind: 'package', package: undefined }).problem).toBeUndefined();
  });

  test('verdicts of another charter go to their cards, past files that were none', () => {
    const state = after(card('readable'), { kind: 'file', name: 'x', problem }, card('readable'), {
      kind: 'evidence',
      charter: undefined,
      verdicts: [verdict('good'), verdict('other-set')],
    });
    expect(state.boxes.map((box) => (box.kind === 'card' ? box.verdict.state : box.name))).toEqual([
      'good',
      'x',
      'other-set',
    ]);
  });

  test('a check shows one card, and begins anew with the next and on leaving', () => {
    const checked = after(card('good'), { kind: 'screen', screen: 'check' }, card('readable'), {
      kind: 'check',
      check: { challenge: 'holdfast1x', askedRow: 2, typedRow: 'AB' },
    });
    expect(checked.boxes).toHaveLength(1);
    expect(checked.checked).toMatchObject({ verdict: { state: 'readable' } });
    const next = reduce(checked, card('good'));
    expect(next.check).toMatchObject({ challenge: 'holdfast1x', askedRow: undefined, typedRow: '' });
    const left = reduce(next, { kind: 'screen', screen: 'cards' });
    expect(left).toMatchObject({ checked: undefined, check: { challenge: '' } });
    expect(left.boxes).toHaveLength(1);
  });

  test('of an opened page holds no card', () => {
    expect(after(card('good'), { kind: 'opened' })).toMatchObject({
      screen: 'opened',
      boxes: [],
      way: undefined,
    });
  });

  test('files being read are counted down to none', () => {
    expect(after({ kind: 'reading', files: 2 }, { kind: 'reading', files: -3 }).reading).toBe(0);
  });
});
