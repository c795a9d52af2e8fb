// What the rules need from the machine, as shapes. adapters and the page implement them.

/** A stream of bytes through compression or decompression. */
export type ByteFilter = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** A signed document as it lies in a folder: nothing in it is believed yet. */
export interface UntrustedDocument {
  readonly bytes: Uint8Array;
  /** Text of the `.minisig` beside it. */
  readonly signature: string;
  /** Of a charter after a change of key: text of the `.old.minisig` beside it. */
  readonly oldSignature?: string | undefined;
}

/** A package file as it lies there. */
export interface PresentPackage {
  readonly name: string;
  readonly size: number;
  /** SHA-256 as 64 hex digits, when its bytes were read. */
  readonly sha256?: string;
}

/** Everything an escrow folder holds, unbelieved. */
export interface EscrowContents {
  readonly charter: UntrustedDocument | undefined;
  readonly chain: readonly UntrustedDocument[];
  /** Charters beyond the current one. */
  readonly pending?: readonly UntrustedDocument[];
  readonly records: readonly { readonly name: string; readonly document: UntrustedDocument }[];
  readonly packages: readonly PresentPackage[];
  readonly ledger: Uint8Array;
}
