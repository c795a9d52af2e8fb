// The part of qrcode that the tests use: a code as a PNG.
declare module 'qrcode' {
  interface Segment {
    data: string;
    mode: 'alphanumeric' | 'byte';
  }
  export function toBuffer(
    segments: readonly Segment[],
    options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' },
  ): Promise<Buffer>;
}
