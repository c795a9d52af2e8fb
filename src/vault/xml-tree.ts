// Foreign XML as a tree of elements and texts: bounded, without document types, so that no entity can
// make it grow. Namespaces and comments are passed over; no product here means anything by them.

import { SaxesParser } from 'saxes';
import { decodeUtf8 } from '../core/bytes.ts';
import { EscrowError, isEscrowError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { skipToText } from './json-outline.ts';
import type { FormatId } from './model.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, CDATA among it, without that of its children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses XML.
 *
 * @returns the root element.
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`; no message quotes the file.
 */
export function parseXml(bytes: Uint8Array, format: FormatId): XmlElement {
  const refuse = (reason: string): never => {
    throw new EscrowError('vault.format', { format, reason });
  };
  const text = decodeXml(bytes, format);
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('doctype', () => refuse('it declares a document type'));
  parser.on('error', () => refuse('it is not well-formed XML'));
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > LIMITS.xmlElements)
      throw new EscrowError('limit.exceeded', { what: 'elements in XML', limit: LIMITS.xmlElements });
    if (open.length >= LIMITS.xmlDepth)
      throw new EscrowError('limit.exceeded', { what: 'depth of XML', limit: LIMITS.xmlDepth });
    open.push({ name, attributes, children: [], text: '' });
  });
  const addText = (part: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(text).close();
  return root ?? refuse('it holds no element');
}

/**
 * The text of XML: UTF-8, or UTF-16 with its mark.
 *
 * @throws {@link EscrowError} `vault.format` or `limit.exceeded`.
 */
export function decodeXml(bytes: Uint8Array, format: FormatId): string {
  if (bytes.length > LIMITS.xmlBytes)
    throw new EscrowError('limit.exceeded', { what: 'bytes of an XML export', limit: LIMITS.xmlBytes });
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return decodeUtf8(bytes.subarray(skipToText(bytes)));
  } catch (error) {
    if (!isEscrowError(error, 'bytes.bad-encoding')) throw error;
    throw new EscrowError('vault.format', { format, reason: 'it is not UTF-8 text' });
  }
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Text of a child; the empty string when there is none. */
export function childText(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? '';
}

/** Name of the outermost element, from the first bytes alone. */
export function rootNameOf(head: Uint8Array): string | undefined {
  const start = skipToText(head);
  if (head[start] !== 0x3c) return undefined;
  const text = new TextDecoder('utf-8').decode(head.subarray(start, start + 65_536));
  const [, name] = /^(?:\s|<\?[^>]*\?>|<!--(?:(?!-->)[^])*-->)*<([A-Za-z_][\w.-]*)/.exec(text) ?? [];
  return name;
}
