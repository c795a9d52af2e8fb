// A server of this machine that an intruder in a page would reach, and what reached it.

import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Trap {
  /** `127.0.0.1:port`. */
  readonly origin: string;
  /** The path of every request that came, or `?`. */
  readonly reached: readonly string[];
}

/** Open until the test is over. */
export async function openTrap(): Promise<Trap> {
  const reached: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      reached.push(head.toString('latin1').split(' ')[1] ?? '?');
      socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `127.0.0.1:${(server.address() as AddressInfo).port}`, reached };
}
