import { request } from 'node:http';
import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';

/** What the engine answered instead of a success. */
export class DockerError extends Error {
  override name = 'DockerError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Longer than any call but a wait takes, even on a busy machine. */
const ANSWER_MS = 60_000;

/**
 * A Docker engine's API over its socket, which takes milliseconds where starting the `docker` command takes some
 * fifty. Version 1.41 is what engine 20.10 and all later ones speak.
 */
export class Engine {
  private socket: Promise<string> | undefined;

  /**
   * @param find where the engine's socket is; asked once, with the first call
   * @param host whose engine it is, where that is not this machine
   */
  constructor(
    private readonly find: () => Promise<string>,
    private readonly host?: string,
  ) {}

  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const bytes = await this.bytes(method, path, payload, 'application/json');
    return (bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined) as T;
  }

  /** As {@link call}, for what is not JSON. */
  async bytes(method: string, path: string, payload?: Buffer, type = 'application/x-tar'): Promise<Buffer> {
    this.socket ??= this.find();
    const socketPath = await this.socket;
    return new Promise((resolve, reject) => {
      const headers = payload ? { 'content-type': type } : {};
      const call = request({ socketPath, method, path: `/v1.41${path}`, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const status = response.statusCode ?? 500;
          if (status < 400) resolve(bytes);
          else reject(new DockerError(status, `docker ${method} ${path}: ${messageIn(bytes)}`));
        });
      });
      call.on('error', (error: NodeJS.ErrnoException) => reject(this.unreachable(socketPath, error)));
      if (!isWait(path)) {
        call.setTimeout(ANSWER_MS, () =>
          call.destroy(
            new UserError(
              `${this.named(socketPath)} has not answered ${method} ${path} for ${ANSWER_MS / 1000} s: restart it`,
            ),
          ),
        );
      }
      call.end(payload);
    });
  }

  private named(socket: string): string {
    return this.host ? `the Docker engine of host ${this.host}` : `the Docker engine at ${socket}`;
  }

  private unreachable(socket: string, error: NodeJS.ErrnoException): Error {
    if (!['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPIPE', 'ECONNRESET'].includes(error.code ?? '')) return error;
    const away = this.host && `see that it runs there and that ssh reaches it: npm run hosts -- check`;
    const advice =
      error.code === 'EACCES' ? 'join the docker group or run as root' : 'start it, or run: npm run setup';
    return new UserError(`${this.named(socket)} does not answer (${error.code}): ${away || advice}`, {
      cause: error,
    });
  }
}

/** Whether a call is answered only when a container has ended, however long that takes. */
export function isWait(path: string): boolean {
  return /\/wait(\?|$)/.test(path);
}

/** The engine of this machine. */
export function localEngine(): Engine {
  return new Engine(findSocket);
}

function messageIn(bytes: Buffer): string {
  try {
    return JSON.parse(bytes.toString()).message;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return bytes.toString();
  }
}

async function findSocket(): Promise<string> {
  const host = process.env['DOCKER_HOST'] ?? (await contextHost()) ?? 'unix:///var/run/docker.sock';
  if (host.startsWith('unix://')) return host.slice('unix://'.length);
  throw new UserError(
    `the Docker engine is at ${host}, expected one on this machine (unix://…): its nodes are watched and changed here`,
  );
}

async function contextHost(): Promise<string | undefined> {
  const { stdout, failed } = await execa(
    'docker',
    ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'],
    { reject: false },
  );
  return failed ? undefined : stdout.trim() || undefined;
}
