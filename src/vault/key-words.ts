// Names of a product's own keys and columns: as people read them, and whether they promise a secret.

/** Names that promise a secret. */
const SECRET_NAME =
  /pass|kennwort|geheim|contrase|clave|wachtwoord|senha|secret|pin\b|cvc|cvv|cvn|key|token|code|otp|seed|number|iban|account|answer|puk\b|custom[_ ]?(?:fields|data)/i;

/** The kind of a custom field of which only the name is known. */
export function kindOfName(name: string): 'hidden' | 'text' {
  return SECRET_NAME.test(name) ? 'hidden' : 'text';
}

/** "cardholderName" → "cardholder name". */
export function wordsOfKey(key: string): string {
  return key.replace(
    /([a-z\d])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}
