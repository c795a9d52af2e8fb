// Programmers' names as people read them: custom fields made of a product's own keys are called so.

/** "cardholderName" → "cardholder name". */
export function wordsOfKey(key: string): string {
  return key.replace(
    /([a-z\d])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}
