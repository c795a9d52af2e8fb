// The encoder of the qrcode package without its renderers, which want Node or a canvas.
declare module 'qrcode/lib/core/qrcode.js' {
  interface Modules {
    readonly size: number;
    /** 1 or true for a dark module. */
    get(row: number, column: number): number | boolean;
  }
  type Segment =
    | { readonly data: string; readonly mode: 'alphanumeric' }
    | { readonly data: Uint8Array; readonly mode: 'byte' };
  const encoder: {
    create(
      segments: readonly Segment[],
      /** Without a version, the smallest that holds it; throws when none does. */
      options: { readonly errorCorrectionLevel: 'Q' | 'M'; readonly version?: number },
    ): { readonly version: number; readonly modules: Modules };
  };
  export default encoder;
}
