// Which networks this machine is on, loopback aside.

import { networkInterfaces } from 'node:os';

/** Names of interfaces that have an address. */
export function connectedNetworks(): readonly string[] {
  return Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses?.some(({ internal }) => !internal) === true)
    .map(([name]) => name);
}
