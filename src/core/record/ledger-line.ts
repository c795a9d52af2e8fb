// One line of the ledger (docs/spec/ledger.md): what happened, signed, with the hash of the line before.
// The body is JSON inside a JSON string, so that the signed bytes are carried as they are.

import { decodeBase64, encodeBase64, encodeHex, encodeUtf8, type Bytes } from '../bytes.ts';
import type { CryptoPort, KeyPair } from '../crypto.ts';
import { EscrowError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { assertVersion, parseJson, readJson } from './json.ts';
import { assertRequiredFacts, flatFacts, LEDGER_EVENTS } from './ledger-event.ts';
import type { FlatFacts, LedgerEventName } from './ledger-event.ts';
import { encodePublicKey, publicKeyLine } from './minisign.ts';
import { hex, instant, integer, isObject, literal, object, oneOf, pattern } from './shape.ts';
import type { Place, Refuse, Shape } from './shape.ts';

/** What a line says, the fields in the order of the text. */
export interface LedgerBody {
  readonly type: 'holdfast ledger v1';
  /** 1… without gaps. */
  readonly line: number;
  /** UTC to the second. */
  readonly time: string;
  /** Hash of the line before; in line 1 the hash of the first charter. 64 hex digits. */
  readonly prev: string;
  readonly event: LedgerEventName;
  readonly facts: FlatFacts;
}

/** A line taken apart, its signature not yet checked. */
export interface LedgerLine {
  readonly body: LedgerBody;
  /** Minisign line of the key that signed it. */
  readonly key: string;
  /** The bytes the signature is over. */
  readonly signed: Bytes;
  /** 64 bytes. */
  readonly signature: Bytes;
}

interface LineText {
  readonly body: string;
  readonly key: string;
  readonly sig: string;
}

const LEDGER_TYPE = 'holdfast ledger v1';

const lineText = object<LineText>({
  body: (value, place) => (typeof value === 'string' ? value : place.refuse('body is not a text')),
  key: publicKeyLine,
  sig: pattern('a signature', /^[A-Za-z0-9+/]{86}==$/),
});

const bodyFields = object<LedgerBody>({
  type: literal(LEDGER_TYPE),
  line: integer(1, Number.MAX_SAFE_INTEGER),
  time: instant,
  prev: hex(32),
  event: oneOf(LEDGER_EVENTS),
  facts: flatFacts,
});

const bodyShape: Shape<LedgerBody> = (value, place) => {
  const body = bodyFields(value, place);
  assertRequiredFacts(body.event, body.facts, { path: 'facts', refuse: place.refuse });
  return body;
};

const placeOf = (line: number): Place => ({
  path: '',
  refuse: (reason) => {
    throw new EscrowError('ledger.format', { line, reason });
  },
});

const bytesToSign = (body: string): Bytes => encodeUtf8(`${LEDGER_TYPE}\n${body}`);

/** BLAKE2b-256 of a line's bytes without its newline, as 64 hex digits. */
export function ledgerLineHash(crypto: CryptoPort, line: Uint8Array): string {
  return encodeHex(crypto.blake2b(32, line));
}

/**
 * Spells and signs a line.
 *
 * @returns the line without a newline.
 * @throws {@link EscrowError} `ledger.format`, or `limit.exceeded` when the facts are too long.
 */
export function encodeLedgerLine(crypto: CryptoPort, body: LedgerBody, keyPair: KeyPair): string {
  const text = JSON.stringify(bodyShape(body, placeOf(body.line)));
  const sig = encodeBase64(crypto.ed25519Sign(keyPair.secretKey, bytesToSign(text)));
  const line = JSON.stringify({ body: text, key: encodePublicKey(crypto, keyPair.publicKey), sig });
  if (encodeUtf8(line).length > LIMITS.ledgerLineBytes) {
    throw new EscrowError('limit.exceeded', { what: 'ledger line', limit: LIMITS.ledgerLineBytes });
  }
  return line;
}

/**
 * Takes one line apart without judging signature or place.
 *
 * @param number - Where the line stands, 1…, for the error.
 * @throws {@link EscrowError} `limit.exceeded`, `record.version`, `ledger.format`.
 */
export function decodeLedgerLine(bytes: Uint8Array, number: number): LedgerLine {
  const place = placeOf(number);
  const what = `ledger line ${number}`;
  const outer = readJson(bytes, LIMITS.ledgerLineBytes, what, place.refuse);
  const text = lineText(outer.json, place);
  assertSpelling(text, outer.text, place.refuse);
  const inner = parseJson(text.body, what, place.refuse);
  const type = isObject(inner.json) ? inner.json['type'] : undefined;
  assertVersion(typeof type === 'string' ? type : '', what, LEDGER_TYPE, place.refuse);
  const body = bodyShape(inner.json, place);
  assertSpelling(body, text.body, place.refuse);
  return { body, key: text.key, signed: bytesToSign(text.body), signature: decodeSignature(text.sig, place) };
}

/** A line is compact JSON: no white space outside texts, keys in declared order. */
function assertSpelling(value: unknown, text: string, refuse: Refuse): void {
  if (JSON.stringify(value) !== text) refuse('it is not spelled canonically');
}

function decodeSignature(text: string, place: Place): Bytes {
  try {
    return decodeBase64(text);
  } catch {
    return place.refuse('sig is not a signature');
  }
}
