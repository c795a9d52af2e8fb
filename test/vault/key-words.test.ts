import { expect, test } from 'vitest';
import { kindOfName } from '../../src/vault/key-words.ts';

test.each([
  'Password',
  'Kennwort',
  'Passwort',
  'mot de passe',
  'Contraseña',
  'Clave',
  'geheime Frage',
  'API key',
])('%s promises a secret', (name) => {
  expect(kindOfName(name)).toBe('hidden');
});

test.each(['Room', 'Asset', 'Abteilung', 'Sede'])('%s does not', (name) => {
  expect(kindOfName(name)).toBe('text');
});
