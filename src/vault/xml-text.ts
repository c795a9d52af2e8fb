// What text a KDBX file can carry. Its names stand in XML 1.0, which forbids most control characters;
// one of them makes KeePassXC refuse the whole database. Values travel encrypted inside that XML, so
// they may hold anything but NUL (KeePassXC ends the text there) and lone surrogates (not UTF-8).

const REPLACEMENT = '\uFFFD';

/** Lone surrogates: with the u flag a pair is one character and does not match. */
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;
const NULS = /\0/g;
/** Characters that XML 1.0 forbids. */
export const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]/g;

/** XML text without the characters that XML 1.0 forbids: each becomes U+FFFD. */
export function replaceNotXml(text: string): string {
  return text.replace(NOT_XML, REPLACEMENT);
}

/** Text as a protected value carries it; equal to its argument unless it holds NUL or a lone surrogate. */
export function cleanValue(text: string): string {
  return text.replace(NULS, REPLACEMENT).replace(LONE_SURROGATES, REPLACEMENT);
}

/** Text as a title or a name carries it: one line, and only what XML 1.0 allows. */
export function cleanName(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(NOT_XML, REPLACEMENT)
    .replace(LONE_SURROGATES, REPLACEMENT);
}

/** KeePass programs split tags at these; a tag that holds one would become two. */
export function cleanTag(text: string): string {
  return cleanName(text)
    .replace(/[,;:]+/g, ' ')
    .trim();
}
