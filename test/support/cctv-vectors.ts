// Runs age's own test vectors (C2SP CCTV, package cctv-age) over a back end of the crypto port, with
// nothing of Node in it, so that the page's test can run them too.

import { encodeHex, type Bytes } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { decryptAge } from '../../src/core/age/file.ts';
import { decodeIdentity } from '../../src/core/age/keys.ts';
import { Checks } from './checks.ts';
import { pieces, type Feed } from './pieces.ts';
import type { SuiteResult } from './vector-suites.ts';

interface AgeVector {
  readonly name: string;
  readonly expect: string;
  readonly identities: readonly string[];
  readonly payloadSha256: string | undefined;
  readonly file: Bytes;
}

/** What became of a vector: `success` or a code, and the hash of everything that was given out. */
interface AgeOutcome {
  readonly verdict: string;
  readonly payloadSha256: string;
}

/**
 * Passphrase vectors whose header no reader may take, whatever it knows of scrypt. The others are faults
 * inside a scrypt stanza, which holdfast does not look into.
 */
const REFUSED_BY_EVERYBODY = new Set(['scrypt_double', 'scrypt_and_x25519', 'scrypt_not_canonical_body']);

const FIELDS = new Set([
  'expect',
  'identity',
  'passphrase',
  'payload',
  'file key',
  'armored',
  'comment',
  'compressed',
]);

/** Codes for the words of the vectors. A version that we do not know is a header failure to age. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  success: ['success'],
  'no match': ['age.no-match'],
  'HMAC failure': ['age.header-mac'],
  'header failure': ['age.header', 'age.version'],
  'armor failure': ['age.armor'],
  'payload failure': ['age.payload'],
};

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Takes a vector apart: header lines, an empty line, the file. */
export async function parseAgeVector(name: string, bytes: Uint8Array): Promise<AgeVector> {
  const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a);
  const fields = new TextDecoder()
    .decode(bytes.subarray(0, end))
    .split('\n')
    .map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
  for (const [key] of fields) if (!FIELDS.has(key)) throw new Error(`${name}: unknown field ${key}`);
  const all = (key: string): string[] => fields.filter(([found]) => found === key).map(([, value]) => value);

  const file = bytes.slice(end + 2);
  const isForPassphrase = all('passphrase').length > 0 && !REFUSED_BY_EVERYBODY.has(name);
  return {
    name,
    expect: isForPassphrase ? 'no match' : all('expect')[0]!,
    identities: all('identity'),
    payloadSha256: isForPassphrase ? undefined : all('payload')[0],
    file: all('compressed')[0] === 'zlib' ? await inflate(file) : file,
  };
}

/** Decrypts a vector, fed in one way. A throw that is not ours goes through. */
export async function openAgeVector(crypto: CryptoPort, vector: AgeVector, feed: Feed): Promise<AgeOutcome> {
  const hash = await crypto.sha256Stream();
  let verdict = 'success';
  try {
    const identities = vector.identities.map((text) => decodeIdentity(text));
    for await (const part of decryptAge(crypto, identities, pieces(vector.file, feed))) {
      await hash.update(part);
    }
  } catch (error) {
    if (!(error instanceof EscrowError)) throw error;
    // The message of an EscrowError is its code.
    verdict = error.message;
  }
  return { verdict, payloadSha256: encodeHex(await hash.digest()) };
}

/** What is wrong with an outcome, if anything is. */
export function judgeAgeOutcome(vector: AgeVector, outcome: AgeOutcome): string | undefined {
  if (!CODES[vector.expect]?.includes(outcome.verdict)) {
    return `expected ${vector.expect}, found ${outcome.verdict}`;
  }
  // Where the payload fails, the part before the failure must be the right one too.
  if (vector.payloadSha256 !== undefined && vector.payloadSha256 !== outcome.payloadSha256) {
    return `another payload came out`;
  }
  return undefined;
}

/** All vectors, each read whole. */
export async function runCctvVectors(
  crypto: CryptoPort,
  vectors: Readonly<Record<string, Uint8Array>>,
): Promise<SuiteResult> {
  const checks = new Checks();
  for (const [name, bytes] of Object.entries(vectors)) {
    await checks.attempt(name, async () => {
      const vector = await parseAgeVector(name, bytes);
      checks.same(name, judgeAgeOutcome(vector, await openAgeVector(crypto, vector, 'whole')), undefined);
    });
  }
  return checks.result();
}
