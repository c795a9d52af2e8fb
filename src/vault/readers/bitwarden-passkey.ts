// A passkey as Bitwarden exports it. Its credential id is a UUID or, in newer entries, "b64." and
// base64url; its key is PKCS #8 as base64url. The model keeps the raw id and key, which is what other
// programs want (KeePassXC converts in the same way when it imports Bitwarden).

import { textOf, type JsonObject } from '../json.ts';
import type { Passkey } from '../model.ts';

function toBase64url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function toBase64(base64url: string): string {
  const standard = base64url.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return standard + '='.repeat((4 - (standard.length % 4)) % 4);
}

function credentialIdOf(text: string): string {
  if (text.startsWith('b64.')) return toBase64url(text.slice(4));
  const hex = text.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) return text;
  const octets = hex.match(/../g) ?? [];
  return toBase64url(btoa(String.fromCharCode(...octets.map((octet) => Number.parseInt(octet, 16)))));
}

export function readBitwardenPasskey(raw: JsonObject): Passkey {
  return {
    credentialId: credentialIdOf(textOf(raw['credentialId'])),
    relyingParty: textOf(raw['rpId']),
    userName: textOf(raw['userName']),
    userHandle: toBase64url(textOf(raw['userHandle'])),
    privateKey: toBase64(textOf(raw['keyValue'])),
  };
}

/** What the model does not keep of it. A counter of zero is what every synchronised passkey has. */
export function unmappedOfPasskey(raw: JsonObject): readonly string[] {
  const counter = textOf(raw['counter']);
  const hasNames = textOf(raw['rpName']) !== '' || textOf(raw['userDisplayName']) !== '';
  return [
    ...(counter === '' || counter === '0' ? [] : ['passkey counter']),
    ...(hasNames ? ['passkey display names'] : []),
  ];
}
