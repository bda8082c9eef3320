import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { indent, run, tail } from './command.js';
import type { Host } from './host.js';

const PATIENCE_S = 60;

/** Where an engine leaves its traces. */
const PATHS = {
  log: '/var/log/dockerd.log',
  enginePid: '/var/run/docker.pid',
  containerdPid: '/var/run/docker/containerd/containerd.pid',
};

/**
 * Starts the engine, by systemd where that runs and else as a process of its own that outlives this one, and waits
 * until it answers.
 * @throws UserError with the end of the engine's log.
 */
export async function startEngine(
  host: Host,
  answers: () => Promise<boolean>,
  { log, enginePid, containerdPid } = PATHS,
): Promise<void> {
  if (host.systemd) {
    await run(host, 'systemctl', ['start', 'docker']);
    const never = () => false;
    return waitFor(answers, never, () => 'see systemctl status docker');
  }
  const engineRuns = () => isRunning(enginePid, 'dockerd');
  removeStale(enginePid, 'dockerd');
  removeStale(containerdPid, 'containerd');
  const ended = engineRuns() ? () => true : spawnEngine(host, log);
  // a second engine ends at once when another process was a moment ahead: then the first one is waited for
  const gone = () => ended() && !engineRuns();
  await waitFor(answers, gone, () => `the end of ${log}:\n${indent(tail(complaints(readIfThere(log))))}`);
}

/** An engine's log without what merely informs. */
function complaints(log: string): string {
  return log.replace(/^.*\blevel=(?:debug|info)\b.*\n/gm, '');
}

function spawnEngine(host: Host, log: string): () => boolean {
  // the shell opens the log, so that the engine holds no pipe to this process and may outlive it
  const engine = execa('/bin/sh', ['-c', 'exec dockerd >>"$0" 2>&1', log], {
    env: { PATH: host.path, HOME: process.env['HOME'] ?? '/root', ...proxies() },
    extendEnv: false,
    cwd: '/',
    detached: true,
    cleanup: false,
    reject: false,
    stdio: 'ignore',
  });
  let ended = false;
  engine.finally(() => {
    ended = true;
  });
  engine.unref();
  return () => ended;
}

async function waitFor(
  answers: () => Promise<boolean>,
  gone: () => boolean,
  details: () => string,
): Promise<void> {
  const end = Date.now() + PATIENCE_S * 1000;
  while (!(await answers())) {
    if (gone()) throw new UserError(`it ended when it was started; ${details()}`);
    if (Date.now() > end) throw new UserError(`it did not answer within ${PATIENCE_S} s; ${details()}`);
    await sleep(200);
  }
}

/** A process that was killed leaves its file, and by now its number may be another's: the engine would refuse to start. */
function removeStale(file: string, name: string): void {
  if (existsSync(file) && !isRunning(file, name)) rmSync(file, { force: true });
}

function isRunning(file: string, name: string): boolean {
  const pid = Number.parseInt(readIfThere(file), 10);
  const [, command, state] = /^\d+ \((.*)\) (\S)/.exec(readIfThere(`/proc/${pid}/stat`)) ?? [];
  return command === name && state !== 'Z';
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function proxies(): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
