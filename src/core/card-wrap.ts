// What a card lies in, as far as anybody noted it: a bag with a number, or what nobody has told. Papers and calendars
// must not speak of a bag that may be none.

export type Wrap = 'bag' | 'unknown';

export const wrapOf = ({ bag }: { readonly bag: string | null }): Wrap => (bag === null ? 'unknown' : 'bag');
