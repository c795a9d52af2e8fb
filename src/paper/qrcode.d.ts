// The encoder of the qrcode package without its renderers, which want Node or a canvas.
declare module 'qrcode/lib/core/qrcode.js' {
  interface Modules {
    readonly size: number;
    /** 1 or true for a dark module. */
    get(row: number, column: number): number | boolean;
  }
  interface Segment {
    readonly data: string;
    readonly mode: 'alphanumeric';
  }
  const encoder: {
    create(
      segments: readonly Segment[],
      options: { readonly errorCorrectionLevel: 'Q'; readonly version: number },
    ): { readonly version: number; readonly modules: Modules };
  };
  export default encoder;
}
