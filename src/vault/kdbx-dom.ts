// As much of a document tree as kdbxweb asks for, and no more: it reads and writes KDBX through one, and a
// full one costs half a kilobyte an element, which a database of 100,000 entries cannot pay. Text is kept
// for leaves only. The parser is the one that reads all other XML here; document types are refused, so that
// no entity can make it grow.

import { SaxesParser } from 'saxes';
import { EscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { NOT_XML, replaceNotXml } from './xml-text.ts';

const FORMAT = 'kdbx';

/** Characters that are joined into one string at a time, and that the parser is fed at a time. */
const PIECE = 65_536;

const NONE: readonly never[] = [];
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

const escape = (text: string): string =>
  replaceNotXml(text).replace(/[&<>"\r]/g, (sign) => ESCAPES[sign] ?? sign);

/**
 * Stands before a character that XML forbids and a parser therefore refuses: a noncharacter, which no text
 * has. The character behind it is in the plane above, and comes back when the text is whole.
 */
const MARK = '\u{1FFFE}';
const PLANE = 0x100000;
const LOW = 0xfff;

const hideNotXml = (xml: string): string =>
  xml.replace(NOT_XML, (sign) => MARK + String.fromCodePoint(PLANE + (sign.charCodeAt(0) & LOW)));

function unhideNotXml(text: string): string {
  if (!text.includes(MARK)) return text;
  return text.replace(/\u{1FFFE}(\p{Co})/gu, (_pair, stand: string) => {
    const low = (stand.codePointAt(0) ?? PLANE) & LOW;
    // U+FFFE and U+FFFF are the only forbidden ones above the control characters.
    return String.fromCharCode(low > 0x1f ? low | 0xf000 : low);
  });
}

class KdbxElement {
  readonly tagName: string;
  readonly ownerDocument: KdbxDocument;
  childNodes: readonly KdbxElement[] = NONE;
  /** What kdbxweb hangs on an element; declared, so that all of them have one shape. */
  protectedValue: unknown = undefined;
  textContent = '';
  private attributes: Readonly<Record<string, string>> | undefined;

  constructor(tagName: string, ownerDocument: KdbxDocument, attributes?: Readonly<Record<string, string>>) {
    this.tagName = tagName;
    this.ownerDocument = ownerDocument;
    this.attributes = attributes;
  }

  appendChild(child: KdbxElement): KdbxElement {
    if (this.childNodes === NONE) this.childNodes = [child];
    else (this.childNodes as KdbxElement[]).push(child);
    return child;
  }

  getAttribute(name: string): string | null {
    return this.attributes?.[name] ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes = { ...this.attributes, [name]: value };
  }

  removeAttribute(name: string): void {
    this.attributes = Object.fromEntries(
      Object.entries(this.attributes ?? {}).filter(([key]) => key !== name),
    );
  }

  /** Its start tag, without the last bracket. */
  startTag(): string {
    let tag = `<${this.tagName}`;
    for (const name in this.attributes) tag += ` ${name}="${escape(this.attributes[name] ?? '')}"`;
    return tag;
  }
}

export class KdbxDocument {
  documentElement: KdbxElement | undefined;

  createElement(tagName: string): KdbxElement {
    return new KdbxElement(tagName, this);
  }
}

function assertWithin(count: number, what: string, limit: number): void {
  if (count > limit) throw new EscrowError('limit.exceeded', { what, limit });
}

function refuse(reason: string): never {
  throw new EscrowError('vault.format', { format: FORMAT, reason });
}

/** Makes the tree from what the parser meets. */
class Builder {
  readonly document = new KdbxDocument();
  private readonly open: KdbxElement[] = [];
  private elements = 0;

  start(name: string, attributes: Readonly<Record<string, string>>): void {
    this.elements += 1;
    assertWithin(this.elements, 'elements in KDBX XML', LIMITS.kdbxXmlElements);
    assertWithin(this.open.length + 1, 'depth of KDBX XML', LIMITS.xmlDepth);
    const isBare = Object.keys(attributes).length === 0;
    const element = new KdbxElement(name, this.document, isBare ? undefined : attributes);
    const parent = this.open.at(-1);
    if (parent === undefined) this.document.documentElement = element;
    else parent.appendChild(element);
    this.open.push(element);
  }

  text(part: string): void {
    const current = this.open.at(-1);
    if (current !== undefined) current.textContent += part;
  }

  end(): void {
    const element = this.open.pop();
    if (element === undefined) return;
    if (element.childNodes.length === 0) {
      element.textContent = unhideNotXml(element.textContent);
      return;
    }
    // Between the children of a branch there is only the white space of whoever wrote it.
    if (element.textContent.trim() !== '') refuse('its XML has text where only elements may be');
    element.textContent = '';
  }
}

/**
 * Parses the XML of a database or of a key file. Characters that XML forbids, which other programs are known to
 * write raw into KDBX, are kept: one of them may be part of a password.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`; no message quotes the file.
 */
export function parseKdbxXml(xml: string): KdbxDocument {
  assertWithin(xml.length, 'characters of KDBX XML', LIMITS.kdbxXmlChars);
  const builder = new Builder();
  // XML 1.1 would turn some characters into line ends.
  const parser = new SaxesParser({ xmlns: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('doctype', () => refuse('its XML declares a document type'));
  parser.on('error', () => refuse('its XML is not well-formed'));
  parser.on('opentag', ({ name, attributes }) => {
    builder.start(name, attributes);
  });
  parser.on('text', (part) => {
    builder.text(part);
  });
  parser.on('cdata', (part) => {
    builder.text(part);
  });
  parser.on('closetag', () => {
    builder.end();
  });
  for (let at = 0; at < xml.length; at += PIECE) parser.write(hideNotXml(xml.slice(at, at + PIECE)));
  parser.close();
  return builder.document;
}

/** A fresh document with a root of that name. */
export function createKdbxXml(rootName: string): KdbxDocument {
  const document = new KdbxDocument();
  document.documentElement = document.createElement(rootName);
  return document;
}

/** Joins small strings into large ones as they come: a string that grows by itself keeps every part of it. */
class Joiner {
  private readonly pieces: string[] = [];
  private parts: string[] = [];
  private length = 0;

  add(part: string): void {
    this.parts.push(part);
    this.length += part.length;
    if (this.length >= PIECE) this.join();
  }

  text(): string {
    this.join();
    return this.pieces.join('');
  }

  private join(): void {
    this.pieces.push(this.parts.join(''));
    this.parts = [];
    this.length = 0;
  }
}

function write(element: KdbxElement, joiner: Joiner): void {
  joiner.add(element.startTag());
  if (element.childNodes.length === 0 && element.textContent === '') {
    joiner.add('/>');
    return;
  }
  joiner.add('>');
  if (element.childNodes.length === 0) joiner.add(escape(element.textContent));
  for (const child of element.childNodes) write(child, joiner);
  element.childNodes = NONE;
  joiner.add(`</${element.tagName}>`);
}

/** The text of a document, which is taken apart on the way: tree and text of a large one do not both fit. */
export function serializeKdbxXml({ documentElement }: KdbxDocument): string {
  const joiner = new Joiner();
  joiner.add('<?xml version="1.0" encoding="utf-8" standalone="yes"?>');
  if (documentElement !== undefined) write(documentElement, joiner);
  return joiner.text();
}
