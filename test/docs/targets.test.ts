// What --to takes stands in the help, which must not load the writers to know it.

import { expect, test } from 'vitest';
import { BOOK_TARGET } from '../../src/cli/book-target.ts';
import { TARGETS } from '../../src/vault/targets.ts';
import { help } from './commands.ts';

test.each(['recover', 'convert'])(
  'holdfast %s --help names every target, in their order',
  async (command) => {
    const text = (await help([command])).replaceAll(/\s+/g, ' ');
    const [, list = ''] = /--to <format> [^:]*: ([a-z0-9, -]+?) --/.exec(text) ?? [];
    expect(list.trim().split(', ')).toEqual([...TARGETS, BOOK_TARGET].map(({ id }) => id));
  },
);
