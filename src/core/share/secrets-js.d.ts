// The part of secrets.js-grempe that shamir.ts uses. The package's own declarations do not know that
// `setRNG` takes a function, and do not say that its whole state is one module-wide object.

declare module 'secrets.js-grempe' {
  interface SecretsJs {
    /** Field GF(2^bits) and everything else back to defaults, the package's own generator included. */
    init(bits?: number): void;
    /** @param rng - gives `bits` characters `0` or `1`. Calls it four times to test it. */
    setRNG(rng: (bits: number) => string): boolean;
    getConfig(): { readonly bits: number; readonly radix: number };
    share(secretHex: string, shares: number, threshold: number, padLength: number): string[];
    combine(shares: readonly string[]): string;
  }
  const secrets: SecretsJs;
  export default secrets;
}
