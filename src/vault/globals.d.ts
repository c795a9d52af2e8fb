// The few globals beyond the language that the vault uses, in Node and every browser alike: WebCrypto
// for PBKDF2, AES-CBC and the HMAC of one-time codes, which the crypto port has no other use for, base64,
// and the encodings of text.

interface VaultSubtle {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: 'PBKDF2' | 'AES-CBC',
    isExtractable: boolean,
    usages: readonly ('deriveBits' | 'decrypt')[],
  ): Promise<object>;
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: { name: 'HMAC'; hash: 'SHA-1' | 'SHA-256' | 'SHA-512' },
    isExtractable: boolean,
    usages: readonly 'sign'[],
  ): Promise<object>;
  sign(algorithm: 'HMAC', key: object, message: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  deriveBits(
    algorithm: { name: 'PBKDF2'; hash: 'SHA-256'; salt: Uint8Array<ArrayBuffer>; iterations: number },
    key: object,
    bits: number,
  ): Promise<ArrayBuffer>;
  decrypt(
    algorithm: { name: 'AES-CBC'; iv: Uint8Array<ArrayBuffer> },
    key: object,
    ciphertext: Uint8Array<ArrayBuffer>,
  ): Promise<ArrayBuffer>;
}

// eslint-disable-next-line no-var -- only `var` becomes a property of globalThis
declare var crypto: { readonly subtle: VaultSubtle };

declare function btoa(text: string): string;
declare function atob(text: string): string;

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
