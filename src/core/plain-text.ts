// Which characters have no place in what people read.

// Control and formatting characters could make one name look like another on paper or screen.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether there is a character that nobody sees: a control, an override of direction, half of a pair. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** 1 to 200 characters in one line. */
export const SHORT_TEXT = /^[^\p{Cc}]{1,200}$/u;

/** A text without the signs of a kind at its end. No pattern: it would be tried anew at each sign of a long text. */
export function withoutTail(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
