// Runs the vectors of core/record over a back end of the crypto port: what is signed must read the same
// in Node and in a page. Each vector names the one error code it must end in, or "ok".

import { decodeHex, encodeHex, encodeUtf8 } from '../../src/core/bytes.ts';
import type { CryptoPort } from '../../src/core/crypto.ts';
import { EscrowError } from '../../src/core/errors.ts';
import { verifyCharterChain } from '../../src/core/record/charter-chain.ts';
import {
  charterHash,
  charterKeyPair,
  decodeCharter,
  encodeCharter,
  verifyCharter,
} from '../../src/core/record/charter.ts';
import { verifyLedger } from '../../src/core/record/ledger.ts';
import { decodePublicKey, encodePublicKey, verifyDetached } from '../../src/core/record/minisign.ts';
import {
  decodeRecord,
  encodeRecord,
  recordHash,
  verifyRecord,
} from '../../src/core/record/package-record.ts';
import {
  answerChallenge,
  decodeChallenge,
  decodeResponse,
  encodeChallenge,
  verifyResponse,
  type Challenge,
} from '../../src/core/record/proof.ts';
import { verifyRecordChain } from '../../src/core/record/record-chain.ts';
import { charterWords, decodeWords, sessionWords, wordsMatch } from '../../src/core/record/words.ts';
import charters from '../vectors/charter.json' with { type: 'json' };
import ledgers from '../vectors/ledger.json' with { type: 'json' };
import signatures from '../vectors/minisign.json' with { type: 'json' };
import proofs from '../vectors/proof.json' with { type: 'json' };
import records from '../vectors/record.json' with { type: 'json' };
import words from '../vectors/words.json' with { type: 'json' };
import { Checks } from './checks.ts';
import type { SuiteResult } from './vector-suites.ts';

/** How a reading ended: "ok" or the code it was refused with. Any other throw is a failure. */
async function ending(read: () => unknown): Promise<string> {
  try {
    await read();
    return 'ok';
  } catch (error) {
    if (error instanceof EscrowError) return (error as EscrowError).code;
    throw error;
  }
}

/** Every vector of minisign, charter, record, ledger, words and proof, against one back end. */
export async function runRecordVectors(crypto: CryptoPort): Promise<SuiteResult> {
  const checks = new Checks();
  await minisign(crypto, checks);
  await charter(crypto, checks);
  await record(crypto, checks);
  ledger(crypto, checks);
  await fingerprints(crypto, checks);
  await proof(crypto, checks);
  return checks.result();
}

async function minisign(crypto: CryptoPort, checks: Checks): Promise<void> {
  const { canonical } = signatures;
  checks.same('minisign: the line', encodePublicKey(crypto, decodeHex(canonical.publicKey)), canonical.line);
  for (const v of signatures.publicKeys) {
    const name = `minisign key: ${v.name}`;
    await checks.attempt(name, async () => {
      checks.same(name, await ending(() => decodePublicKey(v.text)), v.expect);
      if (v.expect === 'ok') checks.same(name, encodeHex(decodePublicKey(v.text)), canonical.publicKey);
    });
  }
  for (const v of signatures.signatures) {
    const name = `minisign signature: ${v.name}`;
    await checks.attempt(name, async () => {
      const [key, message] = [decodeHex(v.publicKey), encodeUtf8(v.message)];
      checks.same(
        name,
        await ending(() => verifyDetached(crypto, key, message, v.signature, v.type)),
        v.expect,
      );
    });
  }
}

async function charter(crypto: CryptoPort, checks: Checks): Promise<void> {
  const { publicKey } = charterKeyPair(crypto, decodeHex(charters.key.seed));
  checks.same('charter: the key', encodeHex(publicKey), charters.key.charterKey);
  for (const v of charters.vectors) {
    const name = `charter: ${v.name}`;
    await checks.attempt(name, async () => {
      const [bytes, key] = [encodeUtf8(v.charter), decodeHex(v.charterKey)];
      checks.same(name, await ending(() => verifyCharter(crypto, bytes, v.signature, key)), v.expect);
      if (v.expect === 'ok') checks.same(`${name}, again`, encodeCharter(decodeCharter(bytes)), bytes);
    });
  }
  for (const v of charters.chains) {
    const name = `charter chain: ${v.name}`;
    await checks.attempt(name, async () => {
      const links = v.links.map((link) => ({ ...link, bytes: encodeUtf8(link.charter) }));
      const anchor = { charterKey: decodeHex(v.charterKey), hash: v.hash ?? undefined };
      checks.same(name, await ending(() => verifyCharterChain(crypto, links, anchor)), v.expect);
    });
  }
}

async function record(crypto: CryptoPort, checks: Checks): Promise<void> {
  for (const v of records.vectors) {
    const name = `record: ${v.name}`;
    await checks.attempt(name, async () => {
      const bytes = encodeUtf8(v.record);
      checks.same(name, await ending(() => verifyRecord(crypto, bytes, v.signature, v.sealers)), v.expect);
      if (v.expect !== 'ok') return;
      checks.same(name, verifyRecord(crypto, bytes, v.signature, v.sealers).sealerKnown, v.sealerKnown);
      checks.same(`${name}, again`, encodeRecord(decodeRecord(bytes)), bytes);
    });
  }
  for (const v of records.chains) {
    const name = `record chain: ${v.name}`;
    await checks.attempt(name, async () => {
      const texts = v.records.map((text) => encodeUtf8(text));
      const links = await Promise.all(
        texts.map(async (bytes) => ({ record: decodeRecord(bytes), hash: await recordHash(crypto, bytes) })),
      );
      const problems = verifyRecordChain(v.escrow, links).map(({ facts: { sequence, fault } }) => ({
        sequence,
        fault,
      }));
      checks.same(name, problems, v.expect);
    });
  }
}

function ledger(crypto: CryptoPort, checks: Checks): void {
  for (const v of ledgers.vectors) {
    const verdict = verifyLedger(crypto, encodeUtf8(v.ledger), { ...v, pinned: v.pinned ?? undefined });
    // One fault may show twice (a line's number and its link), but never as two codes.
    const codes = new Set(verdict.problems.map((problem) => problem.code));
    checks.same(`ledger: ${v.name}`, codes.size === 0 ? ['ok'] : [...codes], [v.expect]);
    checks.same(`ledger: ${v.name}, its head`, verdict.head, v.head);
    checks.same(`ledger: ${v.name}, its torn end`, verdict.torn?.bytes ?? 0, v.torn);
    checks.same(`ledger: ${v.name}, read to the end`, verdict.isComplete, true);
  }
}

async function fingerprints(crypto: CryptoPort, checks: Checks): Promise<void> {
  for (const v of words.charters) {
    checks.same('words: charter', charterWords(crypto, decodeHex(v.charterKey), v.recipient), v.words);
  }
  for (const v of words.sessions) {
    checks.same('words: session', sessionWords(crypto, decodeHex(v.request)), v.words);
  }
  for (const v of words.typed) {
    const name = `words: ${v.name}`;
    await checks.attempt(name, async () => {
      checks.same(name, wordsMatch(v.typed, v.words), v.expect === 'ok');
      const code = v.expect === 'words.format' ? v.expect : 'ok';
      checks.same(`${name}, read`, await ending(() => decodeWords(v.typed)), code);
    });
  }
}

async function proof(crypto: CryptoPort, checks: Checks): Promise<void> {
  const bytes = encodeUtf8(proofs.charter);
  const known = { charter: decodeCharter(bytes), hash: await charterHash(crypto, bytes) };
  const asked: Challenge = proofs.challenge;
  checks.same('proof: the charter', known.hash, proofs.charterHash);
  checks.same('challenge: the word', encodeChallenge(asked), proofs.challenges[0]?.text);
  const answer = answerChallenge(crypto, asked, known, decodeHex(proofs.share));
  checks.same('response: our own', answer, encodeUtf8(proofs.responses[0]?.response ?? ''));
  for (const v of proofs.challenges) {
    const name = `challenge: ${v.name}`;
    await checks.attempt(name, async () => {
      checks.same(name, await ending(() => decodeChallenge(v.text)), v.expect);
      if (v.expect === 'ok') checks.same(name, decodeChallenge(v.text), asked);
    });
  }
  for (const v of proofs.responses) {
    const name = `response: ${v.name}`;
    await checks.attempt(name, async () => {
      const read = (): void => {
        const response = decodeResponse(encodeUtf8(v.response));
        verifyResponse(crypto, response, decodeChallenge(v.challenge), known);
      };
      checks.same(name, await ending(read), v.expect);
    });
  }
}
