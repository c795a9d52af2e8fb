// Text on its way to a terminal. Names of folders and files come from exports and packages that anybody may
// have written, and a terminal obeys control characters: one could hide a warning, or write another.

const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;
const BEYOND_ASCII = /[\x7f-\x9f]/g;

/** Text as it is shown: every control character but the line end becomes U+FFFD. */
export function shownText(text: string): string {
  return text.replace(CONTROL, '\uFFFD');
}

/** A name as it is shown, on one line. */
export function shownName(name: string): string {
  return shownText(name.replace(/\n/g, ' '));
}

/** JSON as it is shown: what its writer leaves bare of control characters is spelt out, and means the same. */
export function shownJson(json: string): string {
  return json.replace(BEYOND_ASCII, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}
