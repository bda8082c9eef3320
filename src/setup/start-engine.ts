import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { indent, run, tail } from './command.js';
import type { Host } from './host.js';

const LOG = '/var/log/dockerd.log';
const PATIENCE_S = 60;

/** Where an engine and its containerd note their process, with the name that the process has. */
const PID_FILES = [
  { file: '/var/run/docker.pid', name: 'dockerd' },
  { file: '/var/run/docker/containerd/containerd.pid', name: 'containerd' },
];

/**
 * Starts the engine, by systemd where that runs and else as a process of its own that outlives this one, and waits
 * until it answers.
 * @throws UserError with the end of the engine's log.
 */
export async function startEngine(host: Host, answers: () => Promise<boolean>): Promise<void> {
  if (host.systemd) {
    await run(host, 'systemctl', ['start', 'docker']);
    await waitFor(answers, () => false, 'systemctl status docker says why');
    return;
  }
  for (const { file, name } of PID_FILES) removeStale(file, name);
  const [{ file, name }] = PID_FILES as [(typeof PID_FILES)[number]];
  const ended = isRunning(file, name) ? () => false : spawnEngine(host);
  // a second engine ends at once when another process was a moment ahead: then the first one is waited for
  await waitFor(
    answers,
    () => ended() && !isRunning(file, name),
    `the end of ${LOG}:`,
    () => indent(tail(readFileSync(LOG, 'utf8'))),
  );
}

function spawnEngine(host: Host): () => boolean {
  // the shell opens the log, so that the engine holds no pipe to this process and may outlive it
  const engine = execa('sh', ['-c', 'exec dockerd >>"$0" 2>&1', LOG], {
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
  gaveUp: () => boolean,
  seeAlso: string,
  log = () => '',
): Promise<void> {
  const end = Date.now() + PATIENCE_S * 1000;
  while (!(await answers())) {
    if (gaveUp() || Date.now() > end) {
      const what = gaveUp() ? 'it ended' : `no answer within ${PATIENCE_S} s`;
      throw new UserError(`could not be started: ${what}; ${seeAlso}\n${log()}`.trimEnd());
    }
    await sleep(200);
  }
}

/** A process that was killed leaves its file, and by now its number may be another's: the engine would refuse to start. */
function removeStale(file: string, name: string): void {
  if (existsSync(file) && !isRunning(file, name)) rmSync(file, { force: true });
}

function isRunning(file: string, name: string): boolean {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name;
  } catch {
    return false;
  }
}

function proxies(): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
