import { once } from 'node:events';
import { execa } from 'execa';
import { openExplored } from './database.js';
import { serve } from './server.js';

export interface ExploreOptions {
  readonly data: string;
  readonly port?: number | undefined;
  /** Whether a browser is opened, where this machine has a way to. */
  readonly open: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Serves a dataset's explorer until `signal` aborts. */
export async function explore({ data, port, open, signal }: ExploreOptions): Promise<void> {
  process.stderr.write(`reading ${data} …\n`);
  const explored = await openExplored(data);
  try {
    const server = await serve(explored, port);
    process.stdout.write(`${server.url}\n`);
    process.stderr.write('Ctrl-C ends it.\n');
    if (open) await openBrowser(server.url);
    if (!signal.aborted) await once(signal, 'abort');
    await server.close();
  } finally {
    explored.close();
  }
}

/** The address stands in the terminal, so that a machine without a browser is no trouble. */
async function openBrowser(url: string): Promise<void> {
  const [command, ...args] = process.platform === 'darwin' ? ['open'] : ['xdg-open'];
  await execa(command!, [...args, url], { reject: false, stdio: 'ignore', timeout: 10_000 });
}
