import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';

const SCRIPT = packagePath('src/testing/hosts-bed.sh');

/** Hosts on this machine, a network namespace each with its own Docker engine and sshd: three for nodes, one for the client. */
export interface HostsBed {
  /** The file that names them. */
  readonly file: string;
  /** The socket of a host's engine, from 1. */
  socket(host: number): string;
  /** Kills the engine of a host, and all that it runs. */
  kill(host: number): Promise<void>;
  /** Starts the engine again. */
  start(host: number): Promise<void>;
  down(): Promise<void>;
}

/** Makes them; a machine has one such bed at a time. */
export async function hostsBed(): Promise<HostsBed> {
  const folder = join(tmpdir(), `hosts-bed-${process.pid}`);
  // what is started goes on after the script, and may not hold its output
  const bed = async (...args: string[]) => {
    await execa('sh', [SCRIPT, args[0]!, folder, ...args.slice(1)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  await bed('up');
  return {
    file: join(folder, 'hosts.yml'),
    socket: (host) => join(folder, `h${host}`, 'docker.sock'),
    kill: (host) => bed('kill', String(host)),
    start: (host) => bed('start', String(host)),
    down: () => bed('down'),
  };
}
