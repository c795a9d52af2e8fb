// The languages that people are spoken to in: by cards, by a kit's text and by the recovery page.

export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;

export type Language = (typeof LANGUAGES)[number];
