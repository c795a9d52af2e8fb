// One card's box, and the drawn mark of a set.

import type { SetMark } from '../../core/share/set.ts';
import { markPath } from '../../paper/mark.ts';
import { el } from '../element.ts';
import type { ToldBox } from '../told.ts';

const SVG = 'http://www.w3.org/2000/svg';
const SIDE = 20;

/** The mark as the card shows it. Its name always stands in words beside it. */
export function markPicture({ shape, hex }: SetMark): SVGSVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', `0 0 ${SIDE} ${SIDE}`);
  picture.setAttribute('class', 'mark');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  const steps = markPath(shape, { x: SIDE / 2, y: SIDE / 2 }, SIDE - 4);
  path.setAttribute('d', steps.map((step) => step.join(' ')).join(' '));
  path.setAttribute('fill', hex);
  picture.append(path);
  return picture;
}

/** A box with what is to be said of one card. */
export function boxElement({ heading, details, tone }: ToldBox, mark?: SetMark): HTMLElement {
  return el(
    'li',
    { class: `box ${tone}` },
    el('h2', {}, ...(mark ? [markPicture(mark)] : []), heading),
    ...details.map((detail) => el('p', {}, detail)),
  );
}
