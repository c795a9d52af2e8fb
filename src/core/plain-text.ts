// Which characters have no place in what people read.

// Control and formatting characters could make one name look like another on paper or screen.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether there is a character that nobody sees: a control, an override of direction, half of a pair. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** 1 to 200 characters in one line. */
export const SHORT_TEXT = /^[^\p{Cc}]{1,200}$/u;
