// The one model every export is read into and every target is written from (docs/vaults.md). It keeps
// what products share under common names, and each entry's original object beside it, so that a reader
// drops nothing silently. Text that is absent is the empty string. Nothing here reads or writes bytes.

import type { Finding } from '../core/finding.ts';

/** Formats that are told apart by content, and those a person names. */
export type FormatId =
  | 'bitwarden-json'
  | 'bitwarden-json-org'
  | 'bitwarden-encrypted'
  | 'bitwarden-account-restricted'
  | 'kdbx'
  | 'chrome-csv'
  | 'firefox-csv'
  | 'apple-csv'
  | 'bitwarden-csv'
  | 'bitwarden-csv-org'
  | 'lastpass-csv'
  | 'keeper-csv'
  | 'keepassxc-csv'
  | 'keepass1-csv'
  | '1password-csv'
  | '1password-csv-windows'
  | '1password-csv-mac'
  | 'nordpass-csv'
  | 'proton-pass-csv'
  | 'roboform-csv'
  | 'zoho-csv'
  | 'dashlane-csv'
  | 'delinea-csv'
  | 'passwordstate-csv'
  | 'nextcloud-csv'
  | 'itglue-csv'
  | 'hudu-csv'
  | 'passportal-csv'
  | 'csv'
  | 'bitwarden-zip'
  | '1pux'
  | 'keepass-xml'
  | 'keeper-json'
  | '1pif'
  | 'proton-pass-json'
  | 'proton-pass-zip'
  | 'enpass-json'
  | 'psono-json'
  | 'delinea-xml'
  | 'pass-store'
  | 'dashlane-zip'
  | 'holdfast-json';

export interface Vault {
  readonly source: VaultSource;
  readonly containers: readonly Container[];
  readonly items: readonly Item[];
  /** What only the reader of this format could see; `checkVault` finds the rest. */
  readonly findings: readonly Finding[];
}

export interface VaultSource {
  readonly product: string;
  readonly format: FormatId;
  /** The format's own version, where it states one: "4.1". */
  readonly version?: string;
  /** Of the export's bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

/** What a container can be. */
export const CONTAINER_KINDS = [
  'folder',
  'collection',
  'group',
  'vault',
  'client',
  'recycleBin',
  'source',
] as const;

export interface Container {
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  /** `source`: made when several exports become one vault, and holds all of one of them. */
  readonly kind: (typeof CONTAINER_KINDS)[number];
  /** What stands at the folder itself, in KeePass. */
  readonly notes?: string;
  /** Not in the export itself: a level that only a nested name ("A/B") implies. */
  readonly implied?: boolean;
}

export type ItemType = 'login' | 'note' | 'card' | 'identity' | 'bank' | 'sshKey' | 'other';

export interface Item {
  readonly id: string;
  readonly type: ItemType;
  /** The product's own name or number of the type. */
  readonly sourceType: string;
  readonly state: 'active' | 'archived' | 'trashed';
  /** Where it lies; the first is the main place. */
  readonly containerIds: readonly string[];
  readonly title: string;
  readonly username: string;
  readonly password: string;
  readonly urls: readonly Url[];
  readonly notes: string;
  readonly totp: readonly Totp[];
  readonly fields: readonly Field[];
  readonly attachments: readonly Attachment[];
  readonly passkeys: readonly Passkey[];
  readonly card?: Details;
  readonly identity?: Details;
  readonly ssh?: SshKey;
  /** Earlier passwords, oldest first. */
  readonly history: readonly FormerPassword[];
  readonly tags: readonly string[];
  readonly favourite: boolean;
  /** ISO 8601, where known. */
  readonly created?: string;
  readonly modified?: string;
  readonly expires?: string;
  /** Names of things the export says about this entry for which the model has no place. */
  readonly unmapped: readonly string[];
  /** The product's own object, as it was read. */
  readonly raw: unknown;
}

export interface Url {
  readonly uri: string;
  /** The product's rule for when it matches, if it has one. */
  readonly match?: string;
}

/** A time-based code's seed (RFC 6238), or a text in its place that is none. */
export interface Totp {
  /** Base32 (RFC 4648), upper case, no padding; empty when not valid. */
  readonly secret: string;
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  readonly digits: number;
  /** Seconds. */
  readonly period: number;
  readonly encoder: 'decimal' | 'steam';
  readonly issuer: string;
  readonly account: string;
  readonly valid: boolean;
  /** What stood in the export. */
  readonly original: string;
}

export interface Field {
  readonly name: string;
  readonly value: string;
  readonly kind: 'text' | 'hidden' | 'boolean' | 'linked';
}

export interface Attachment {
  readonly name: string;
  readonly size: number;
  /** Lower-case hexadecimal; with `bytes`, or absent with them. */
  readonly sha256?: string;
  readonly bytes?: Uint8Array;
  readonly status: 'present' | 'referenced-missing';
}

export interface Passkey {
  /** Base64url, no padding. */
  readonly credentialId: string;
  readonly relyingParty: string;
  readonly userName: string;
  /** Base64url, no padding. */
  readonly userHandle: string;
  /** PKCS #8 as standard base64, without the PEM lines. */
  readonly privateKey: string;
}

/**
 * Named values of a card or an identity: under Bitwarden's names (`cardholderName`, `number`, `code`,
 * `expMonth`, `firstName`…) where these mean the same, otherwise under the product's own.
 */
export type Details = Readonly<Record<string, string>>;

export interface SshKey {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

export interface FormerPassword {
  readonly value: string;
  /** When it was last known to be in use, ISO 8601. */
  readonly at?: string;
}
