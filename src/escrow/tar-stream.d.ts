// The part of tar-stream that payload.ts uses, without Node's types: escrow runs in the page too.
declare module 'tar-stream' {
  interface TarHeader {
    name: string;
    size?: number;
    mode?: number;
    mtime?: Date;
    type?: string | null;
  }
  interface Sink {
    write(part: Uint8Array): boolean;
    end(): void;
    destroy(error?: unknown): void;
    readonly destroyed: boolean;
    on(event: 'drain' | 'close', listener: () => void): void;
  }
  interface Pack extends AsyncIterable<Uint8Array> {
    entry(header: TarHeader, done: (error?: unknown) => void): Sink;
  }
  interface Entry extends AsyncIterable<Uint8Array> {
    readonly header: TarHeader;
    resume(): void;
  }
  interface Extract extends Sink, AsyncIterable<Entry> {}
  export function pack(): Pack;
  export function extract(): Extract;
}
