// The one target that needs paper: what it is called, without what makes it, which is loaded when it is wanted.

export const BOOK_TARGET = {
  id: 'book',
  ending: 'pdf',
  use: 'print it, all pages, and only in an emergency',
  isLocked: false,
} as const;
