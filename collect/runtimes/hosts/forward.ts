import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { Engine } from '../../docker/api.js';
import { until } from '../../observe/clock.js';
import type { Host } from './hosts-file.js';

/** A host that ssh keeps open: its engine, and the port of its node, as sockets of this machine. */
export interface Forward {
  readonly host: Host;
  readonly engine: Engine;
  /** The engine's socket. */
  readonly socket: string;
  /** The node's port. */
  readonly nodeSocket: string;
  /** Why the host cannot be used now, or undefined when it can. */
  lacks(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** After a connection was lost, it is tried again this often, in ms. */
const AGAIN_MS = 500;
const OPTIONS = {
  BatchMode: 'yes',
  ControlMaster: 'no',
  ControlPath: 'none',
  ExitOnForwardFailure: 'yes',
  StreamLocalBindUnlink: 'yes',
  ConnectTimeout: '10',
  // a host that has gone away silently is noticed after 9 s
  ServerAliveInterval: '3',
  ServerAliveCountMax: '3',
};

/**
 * Opens a host: one ssh, kept open, and made again when it is lost. A call of the engine then costs what a local one does,
 * and no port but the nodes' own is needed.
 */
export async function forward(host: Host, port: number, sshConfig: string | undefined): Promise<Forward> {
  const folder = mkdtempSync(join(tmpdir(), 'dqlite-reliability-ssh-'));
  const socket = join(folder, 'engine');
  const nodeSocket = join(folder, 'node');
  const args = [
    ...(sshConfig ? ['-F', sshConfig] : []),
    ...Object.entries(OPTIONS).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ...['-L', `${socket}:${host.socket}`, '-L', `${nodeSocket}:${host.address}:${port}`],
    ...['-N', host.ssh],
  ];
  const closing = new AbortController();
  let said = '';
  const keep = async () => {
    while (!closing.signal.aborted) {
      // a process group of its own, so that a Ctrl-C is for the collector alone, which then needs it
      const ssh = await execa('setpriv', ['--pdeathsig', 'TERM', 'ssh', ...args], {
        stdin: 'ignore',
        detached: true,
        cleanup: true,
        reject: false,
        all: true,
        cancelSignal: closing.signal,
      });
      said = ssh.all.trim().split('\n').at(-1) ?? '';
      await sleep(AGAIN_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const kept = keep();
  const engine = new Engine(async () => socket, host.name);
  const lacks = () =>
    engine.bytes('GET', '/_ping').then(
      () => undefined,
      (error: Error) => (existsSync(socket) || !said ? error.message : `ssh ${host.ssh}: ${said}`),
    );
  await until(async () => ((await lacks()) === undefined ? true : said ? false : undefined), {
    everyMs: 50,
    forMs: 10_000,
  });
  return {
    host,
    socket,
    nodeSocket,
    engine,
    lacks,
    async close() {
      closing.abort();
      await kept;
    },
  };
}
