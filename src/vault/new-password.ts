// The shortest password for a file that holds a vault and leaves this program, wherever it is chosen: in a
// file named to the command line, or on the page. Whoever finds the file may try for as long as they like.

/** Characters it has at least. */
export const LEAST_PASSWORD_CHARS = 12;

/** Words of one that is made up, 11 bits each. */
export const MADE_PASSWORD_WORDS = 7;

/** What makes a password unfit; `line-break`: no program lets anybody type one. */
type PasswordFault = 'line-break' | 'short';

/**
 * @param utf8 - Borrowed, and not made into a string: that could not be wiped.
 * @returns undefined when it will do.
 */
export function faultOfNewPassword(utf8: Uint8Array): PasswordFault | undefined {
  if (utf8.includes(0x0a) || utf8.includes(0x0d)) return 'line-break';
  // Bytes that go on with a character do not count.
  const chars = utf8.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
  return chars < LEAST_PASSWORD_CHARS ? 'short' : undefined;
}
