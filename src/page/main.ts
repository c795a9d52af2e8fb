// The recovery page starts here.

import { BLOCK_ID, decodeBlock } from '../escrow/page-block.ts';
import { el } from './element.ts';

const block = decodeBlock(document.getElementById(BLOCK_ID)?.textContent ?? '');
document.getElementById('app')?.append(el('h1', {}, block ? 'block' : 'empty'));
