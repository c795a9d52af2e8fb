import { expect, test } from 'vitest';
import { exceptionTextProblem } from '../../src/escrow/exceptions.ts';

test.each(['Ana Ruiz came late', 'ANA  RUIZ came late', 'Ana\u00a0Ruiz came late', 'Ａna Ruiz came late'])(
  'no name in an exception, however it is written: %s',
  (text) => {
    expect(exceptionTextProblem(text, ['Ana  Ruiz'])).toMatch(/not a name/);
    expect(exceptionTextProblem('card 3 came late', ['Ana  Ruiz'])).toBeUndefined();
  },
);
