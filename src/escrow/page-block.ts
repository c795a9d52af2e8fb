// The block of data inside the recovery page (docs/spec/page-block.md): the page's program is the same
// for everybody, and what belongs to one escrow stands in one inert element of it. Whoever empties that
// element again has the page of the release, byte for byte, and can compare its hash.

import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../core/bytes.ts';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { parseJson } from '../core/record/json.ts';
import { isObject, list, literal, nullable, object, pattern } from '../core/record/shape.ts';
import type { Shape } from '../core/record/shape.ts';
import type { UntrustedDocument } from './ports.ts';

/** What one escrow's page carries. All of it is as untrusted as the folder it came from. */
export interface PageBlock {
  readonly charter?: UntrustedDocument;
  /** The charters before it, the oldest first. */
  readonly charters: readonly UntrustedDocument[];
  /** Records of packages, the newest last. */
  readonly records: readonly UntrustedDocument[];
  /** The newest package, when it is small enough to travel inside the page. */
  readonly package?: { readonly name: string; readonly bytes: Uint8Array };
}

/** The element's id; the page finds it by this. */
export const BLOCK_ID = 'holdfast-escrow';

// A line break first: the program below is one long line, so no string in it can be taken for the element.
const OPEN = `\n<script type="application/json" id="${BLOCK_ID}">`;
const CLOSE = '</script>\n';

/** The whole element with nothing in it, for the template. */
export const EMPTY_BLOCK: string = OPEN + CLOSE;

interface BlockDocument {
  readonly text: string;
  readonly signature: string;
  /** Of a charter after a change of key. */
  readonly oldSignature?: string;
}

/** The block as JSON, version 1. */
interface BlockJson {
  readonly type: 'holdfast page v1';
  readonly charter: BlockDocument | null;
  readonly charters: readonly BlockDocument[];
  readonly records: readonly BlockDocument[];
  readonly package: { readonly name: string; readonly base64: string } | null;
}

const text = pattern('a text', /^[^]*$/);
const plain = object<Omit<BlockDocument, 'oldSignature'>>({ text, signature: text });
const rekeyed = object<Required<BlockDocument>>({ text, signature: text, oldSignature: text });
const document: Shape<BlockDocument> = (value, place) =>
  (isObject(value) && 'oldSignature' in value ? rekeyed : plain)(value, place);

const shape: Shape<BlockJson> = object<BlockJson>({
  type: literal('holdfast page v1'),
  charter: nullable(document),
  charters: list(document, LIMITS.chartersInChain),
  records: list(document, LIMITS.pageRecords),
  package: nullable(
    object<NonNullable<BlockJson['package']>>({
      name: pattern('a plain file name', /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
      base64: text,
    }),
  ),
});

const refuse = (reason: string): never => {
  throw new EscrowError('page.format', { reason });
};

/**
 * Puts a block into a page, in the place of whatever stood there.
 *
 * @throws {@link EscrowError} `page.format` when this is no page of holdfast, or the package is too large for one.
 */
export function putBlock(html: string, block: PageBlock): string {
  const { before, after } = parts(html);
  return `${before}${OPEN}${encodeBlock(block)}${CLOSE}${after}`;
}

/**
 * Reads the block of a page; undefined when it is the bare template.
 *
 * @throws {@link EscrowError} `page.format`, `limit.exceeded`, `bytes.bad-encoding`.
 */
export function takeBlock(html: string): PageBlock | undefined {
  return decodeBlock(parts(html).block);
}

/**
 * The page with its block emptied: the bytes that are the same in every kit of a release.
 *
 * @throws {@link EscrowError} `page.format` when this is no page of holdfast.
 */
export function emptiedPage(html: string): string {
  const { before, after } = parts(html);
  return before + EMPTY_BLOCK + after;
}

/** The text of the element to the block in it; undefined when there is none. Throws as {@link takeBlock}. */
export function decodeBlock(json: string): PageBlock | undefined {
  if (json.trim() === '') return undefined;
  if (json.length > LIMITS.pageBlockChars)
    throw new EscrowError('limit.exceeded', { what: 'the data in the page', limit: LIMITS.pageBlockChars });
  const value = shape(parseJson(json, 'the data in the page', refuse).json, { path: '', refuse });
  return {
    ...(value.charter ? { charter: fromJson(value.charter) } : {}),
    charters: value.charters.map(fromJson),
    records: value.records.map(fromJson),
    ...(value.package
      ? { package: { name: value.package.name, bytes: decodeBase64(value.package.base64) } }
      : {}),
  };
}

function encodeBlock(block: PageBlock): string {
  const size = block.package?.bytes.length ?? 0;
  if (size > LIMITS.pagePackageBytes) refuse(`a package of ${size} bytes does not go into a page`);
  const value: BlockJson = {
    type: 'holdfast page v1',
    charter: block.charter ? toJson(block.charter) : null,
    charters: block.charters.map(toJson),
    records: block.records.map(toJson),
    package: block.package ? { name: block.package.name, base64: encodeBase64(block.package.bytes) } : null,
  };
  // No `<` at all: neither `</script` nor `<!--` can end the element or change how the rest is read. And
  // ASCII only, so that the page is the same bytes in whatever encoding it is saved.
  return JSON.stringify(shape(value, { path: '', refuse })).replace(
    /[<\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const toJson = ({ bytes, signature, oldSignature }: UntrustedDocument): BlockDocument => ({
  text: decodeUtf8(bytes),
  signature,
  ...(oldSignature === undefined ? {} : { oldSignature }),
});

const fromJson = (document: BlockDocument): UntrustedDocument => ({
  bytes: encodeUtf8(document.text),
  signature: document.signature,
  ...(document.oldSignature === undefined ? {} : { oldSignature: document.oldSignature }),
});

function parts(html: string): { before: string; block: string; after: string } {
  const at = html.indexOf(OPEN);
  const end = html.indexOf(CLOSE, at + OPEN.length);
  if (at < 0 || end < 0) refuse('it has no place for an escrow');
  if (html.includes(OPEN, at + OPEN.length)) refuse('it has several places for an escrow');
  const block = html.slice(at + OPEN.length, end);
  // To a browser the element ends at the first `</script`, wherever ours ends: what stands behind that would be
  // part of the page, and of no hash.
  if (block.includes('<')) refuse('the data in the page could end early');
  return {
    before: html.slice(0, at),
    block,
    after: html.slice(end + CLOSE.length),
  };
}
