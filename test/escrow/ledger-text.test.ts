import { expect, test } from 'vitest';
import { ledgerTextProblem } from '../../src/escrow/ledger-text.ts';

test.each(['Ana Ruiz came late', 'ANA  RUIZ came late', 'Ana\u00a0Ruiz came late', 'Ａna Ruiz came late'])(
  'no name in an exception, however it is written: %s',
  (text) => {
    expect(ledgerTextProblem(text, ['Ana  Ruiz'])).toMatch(/not a name/);
    expect(ledgerTextProblem('card 3 came late', ['Ana  Ruiz'])).toBeUndefined();
  },
);

test.each(['Ruiz was late', 'it was ana', 'Lukasz Nowak came late', 'Łukasz came late', 'NOWAK'])(
  'nor a part of one: %s',
  (text) => {
    expect(ledgerTextProblem(text, ['Ana Ruiz', 'Łukasz Nowak'])).toMatch(/is of a name here/);
    expect(
      ledgerTextProblem('bananas and now a kit', ['Ana Ruiz', 'Łukasz Nowak', 'Zoë It']),
    ).toBeUndefined();
  },
);
