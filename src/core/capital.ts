// The first letter up, where words become a sentence.

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
