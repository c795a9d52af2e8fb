import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import vectors from '../../vectors/age.json' with { type: 'json' };

test('the example of docs/spec/package.md is the first file of the vectors, step by step', async () => {
  const page = await readFile('docs/spec/package.md', 'utf8');
  const { seed, plaintext, steps } = vectors.files;
  const key = vectors.keys.find((vector) => vector.seed === seed)!;
  for (const value of [seed, key.identity, plaintext.trim(), ...Object.values(steps)]) {
    expect(page).toContain(value);
  }
});
