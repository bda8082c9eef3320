import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { UserError } from '../../../src/common/errors.js';

/** Below the ports that the kernel gives to outgoing connections: a client that calls a dead node must not get its port. */
const [FIRST, LAST] = [10_000, 32_000];
const ATTEMPTS = 200;

/** Ports of an address that nothing listens on; from a random one on, since others may look for some as well. */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const ports: number[] = [];
  let port = randomInt(FIRST, LAST - ATTEMPTS);
  for (let i = 0; i < ATTEMPTS && ports.length < count; i++, port++) {
    if (await isFree(host, port)) ports.push(port);
  }
  if (ports.length < count) throw new UserError(`no ${count} free ports on ${host} around ${port}`);
  return ports;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
