// Writes a display list as a PDF with pdfkit: tagged, with a language, fonts embedded as subsets, and
// the same bytes for the same list, so that a print can be compared with what was meant. Traps: without
// `font: null` pdfkit embeds Helvetica's metrics; without explicit features it shapes word by word,
// which sets the words of a right-to-left name in the wrong order; text() adds pages unless told not to.

import type PDFDocument from 'pdfkit';
import type { Bytes } from '../core/bytes.ts';
import {
  type Block,
  blockText,
  type DisplayList,
  type DrawnPath,
  type TextRun,
} from '../paper/display-list.ts';
import { MM_PER_PT } from '../paper/typeset.ts';
import type { FaceId } from '../paper/fonts.ts';
import type { LoadedFonts } from './fonts.ts';

type Pdf = InstanceType<typeof PDFDocument>;

// A PDF says when it was made. A card says so in words; here a fixed date keeps the bytes the same.
const MADE = new Date('2000-01-01T00:00:00Z');
const BLACK = '#000000';

const pt = (mm: number): number => mm / MM_PER_PT;

function drawText(pdf: Pdf, run: TextRun): void {
  pdf
    .font(run.face)
    .fontSize(run.sizePt)
    .fillColor(BLACK)
    .text(run.text, pt(run.x), pt(run.baseline), { lineBreak: false, baseline: 'alphabetic', features: [] });
}

function drawPath(pdf: Pdf, path: DrawnPath): void {
  for (const [step, ...mm] of path.steps) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mm.map(pt);
    if (step === 'M') pdf.moveTo(a, b);
    else if (step === 'L') pdf.lineTo(a, b);
    else if (step === 'C') pdf.bezierCurveTo(a, b, c, d, e, f);
    else pdf.closePath();
  }
  const { fill, stroke } = path;
  if (stroke !== undefined) pdf.lineWidth(pt(stroke.widthMm)).lineJoin('round');
  if (fill !== undefined && stroke !== undefined) pdf.fillAndStroke(fill, stroke.colour);
  else if (fill !== undefined) pdf.fill(fill);
  else if (stroke !== undefined) pdf.stroke(stroke.colour);
}

function drawItems(pdf: Pdf, block: Block): void {
  for (const item of block.items) {
    if (item.kind === 'text') drawText(pdf, item);
    else drawPath(pdf, item);
  }
}

function drawBlock(pdf: Pdf, root: PDFKit.PDFStructureElement, block: Block): void {
  if (block.role === 'Artifact') {
    pdf.markContent('Artifact', { type: 'Layout' });
    drawItems(pdf, block);
    pdf.endMarkedContent();
    return;
  }
  const { left, top, right, bottom } = block.box;
  const facts = {
    ...(block.alt === undefined ? {} : { alt: block.alt }),
    // Without it a reader joins lines and groups without a space.
    ...(block.role === 'Figure' ? {} : { actual: blockText(block) }),
    ...(block.role === 'Figure' ? { bbox: [pt(left), pt(top), pt(right), pt(bottom)] } : {}),
  };
  root.add(
    pdf.struct(block.role, facts, () => {
      drawItems(pdf, block);
    }),
  );
}

function openPdf(Pdfkit: typeof PDFDocument, list: DisplayList): Pdf {
  return new Pdfkit({
    // No standard font: pdfkit's types know no null.
    font: null as unknown as string,
    size: [pt(list.widthMm), pt(list.heightMm)],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: list.language,
    displayTitle: true,
    info: { Title: list.title, Creator: 'holdfast', Producer: 'holdfast', CreationDate: MADE },
  });
}

const facesOf = (blocks: readonly Block[]): readonly FaceId[] =>
  blocks.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'text' ? [item.face] : [])));

/**
 * Writes one page, or several of one size.
 *
 * @returns the file: equal lists give equal bytes. Whoever made the list answers for the secrets in both.
 */
export async function writePdf(
  list: DisplayList | readonly [DisplayList, ...DisplayList[]],
  fonts: LoadedFonts,
): Promise<Bytes> {
  const { default: Pdfkit } = await import('pdfkit');
  const pages = 'blocks' in list ? ([list] as const) : list;
  const pdf = openPdf(Pdfkit, pages[0]);
  const parts: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Uint8Array) => parts.push(part));
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const known = new Set<FaceId>();
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  // Blocks may be made as they are asked for: once for each page, which is forgotten when it is drawn.
  for (const [index, { blocks }] of pages.entries()) {
    if (index > 0) pdf.addPage();
    for (const face of facesOf(blocks)) {
      if (known.has(face)) continue;
      pdf.registerFont(face, fonts.fileOf(face));
      known.add(face);
    }
    for (const block of blocks) drawBlock(pdf, root, block);
  }
  root.end();
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}
