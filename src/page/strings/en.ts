// English, the table all others follow.

export const EN = {
  title: 'Recovery',
};
