import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../common/errors.js';
import { answerTo } from './answers.js';
import type { Explored } from './database.js';
import { moduleAt } from './modules.js';
import { POLICY, page } from './page.js';

const MOST_BODY_BYTES = 1e6;

export interface Server {
  /** The address of the page, with the token that lets one ask. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the explorer of a dataset on a port of the loopback interface. Only who has the token may ask, and only pages of this
 * server: a name that leads here from elsewhere is refused.
 * @param port 0 takes a free one
 * @throws UserError when the port is taken
 */
export async function serve(data: Explored, port = 0): Promise<Server> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    respond(data, token, request, response).catch((error: Error) => {
      const mine = error instanceof UserError;
      send(
        response,
        mine ? 400 : 500,
        'text/plain',
        mine ? error.message : 'this went wrong, see the terminal',
      );
      if (!mine) console.error(error);
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const words =
        error.code === 'EADDRINUSE' ? `port ${port} is taken: choose another with --port` : error.message;
      failed(new UserError(words, { cause: error }));
    });
    server.listen(port, '127.0.0.1', done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/?token=${token}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  data: Explored,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { port } = request.socket.address() as AddressInfo;
  const host = request.headers.host;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return send(response, 403, 'text/plain', 'expected to be asked as 127.0.0.1');
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`);
  if (request.method === 'GET') {
    if (pathname === '/') {
      if (!same(searchParams.get('token'), token)) return send(response, 403, 'text/plain', REFUSED);
      return send(response, 200, 'text/html', page(data), { 'content-security-policy': POLICY });
    }
    const module = await moduleAt(pathname);
    if (module === undefined) return send(response, 404, 'text/plain', 'no such page');
    return send(response, 200, 'text/javascript', module);
  }
  if (request.method !== 'POST') return send(response, 405, 'text/plain', 'expected GET or POST');
  if (!same(request.headers.authorization, `Bearer ${token}`))
    return send(response, 403, 'text/plain', REFUSED);
  const { type, content } = await answerTo(data, pathname, await body(request));
  return send(response, 200, type, content);
}

const REFUSED = 'the token is missing or wrong: open the address that "npm run explore" printed';

function same(received: string | null | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(received ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function body(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > MOST_BODY_BYTES) throw new UserError('the question is too long');
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new UserError('expected JSON');
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  content: string | Uint8Array,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(content);
}
