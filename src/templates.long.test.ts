import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { execa } from 'execa';
import { until } from '../collect/observe/clock.js';
import { freePorts } from '../collect/runtimes/parts/free-ports.js';
import { packagePath } from './common/paths.js';
import { ingest } from './ingest/ingest.js';
import { temporaryFolder } from './testing/made-up-runs.js';
import { startProgram } from './testing/program.js';

const ROOT = packagePath();
const NAME = `test-parts-${process.pid}`;
const SCENARIO = JSON.stringify({
  title: 'A follower pauses',
  question: 'Does a part of a campaign make its runs?',
  workload: 'kvreadwrite',
  workers: 2,
  driver: 'leader',
  fault: { kind: 'pause', target: 'follower', inject_at: 1, lift_at: 3 },
});

/** A campaign of three blocks of one run, and where it goes below the project's folder, as the templates want it. */
async function campaign(t: TestContext, kind: string) {
  const out = `data/.${NAME}-${kind}`;
  await mkdir(join(ROOT, out), { recursive: true });
  t.after(() => rm(join(ROOT, out), { recursive: true, force: true }));
  await writeFile(join(ROOT, out, 'follower-pauses.yml'), SCENARIO);
  const args = [
    join(ROOT, out, 'follower-pauses.yml'),
    '--runtime',
    'process',
    '--trials',
    '3',
    '--duration',
    '5',
  ];
  return { out, args: [...args, '--name', `${NAME}-${kind}`] };
}

/** The parts are one dataset of all blocks, each run once and whole. */
async function assertJoined(t: TestContext, out: string): Promise<void> {
  const { runs, notes } = await ingest({
    paths: [join(ROOT, out)],
    out: join(temporaryFolder(t), 'data'),
  });
  // what failed on a busy machine was made again
  const whole = runs.filter((run) => !run.repeated);
  assert.deepEqual(
    whole.map(({ block, status, fault_confirmed, host }) => ({ block, status, fault_confirmed, host })),
    [1, 2, 3].map((block) => ({ block, status: 'complete', fault_confirmed: true, host: hostname() })),
    runs.map(({ run_id, status_reason }) => `${run_id}: ${status_reason}`).join('\n'),
  );
  assert.deepEqual(
    notes.filter(({ note }) => note.includes('blocks')),
    [],
  );
}

test('GNU parallel makes the parts of a campaign on machines that ssh reaches, and goes on where it was stopped', async (t) => {
  const { out, args } = await campaign(t, 'parallel');
  const { HOSTS, PARALLEL_SSH } = await twoLogins(t);
  const FOLDER = await projectElsewhere(t);
  const begin = (parts: string) =>
    execa('sh', ['collect/parallel.sh', ...args], {
      cwd: ROOT,
      env: { PARTS: parts, HOSTS, PARALLEL_SSH, FOLDER, OUT: out },
      reject: false,
      all: true,
    });
  const stopped = await begin('3');
  assert.equal(stopped.exitCode, 1, stopped.all);
  await writeFile(HOSTS, '1/one\n1/two\n');
  const again = await begin('3');
  assert.equal(again.exitCode, 0, again.all);
  assert.equal(again.all.match(/1 runs made/g)?.length, 1, again.all);
  await assertJoined(t, out);
});

test('a Slurm array makes the parts of a campaign on its nodes', async (t) => {
  const { out, args } = await campaign(t, 'slurm');
  const env = { ...(await twoSlurmNodes(t)), OUT: out };
  const logs = join(ROOT, out, 'part-%a.log');
  const submit = ['--wait', '--array=1-3', `--output=${logs}`, 'collect/slurm.sh', ...args];
  const done = await execa('sbatch', submit, { cwd: ROOT, env, reject: false, all: true });
  assert.equal(done.exitCode, 0, done.all);
  await assertJoined(t, out);
});

/** The project as it lies on another machine: what is made there does not lie here. */
async function projectElsewhere(t: TestContext): Promise<string> {
  const folder = temporaryFolder(t);
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'node_modules', 'dist', 'src'])
    await symlink(join(ROOT, name), join(folder, name));
  await symlink(join(ROOT, 'collect'), join(folder, 'collect'));
  return folder;
}

/** An sshd on the loopback, twice in a file of logins, as two machines would be; a third one is down. */
async function twoLogins(t: TestContext): Promise<{ HOSTS: string; PARALLEL_SSH: string }> {
  const folder = temporaryFolder(t);
  const [port, unused] = await freePorts('127.0.0.1', 2);
  for (const key of ['host', 'user'])
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  await mkdir('/run/sshd', { recursive: true });
  const daemon = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: join(folder, 'host'),
    AuthorizedKeysFile: join(folder, 'user.pub'),
    PidFile: 'none',
    StrictModes: 'no',
    UsePAM: 'no',
    SetEnv: `PATH=${process.env['PATH']}`,
  };
  startProgram(t, '/usr/sbin/sshd', ['-D', '-f', '/dev/null', ...options(daemon)]);
  const login = {
    HostName: '127.0.0.1',
    Port: String(port),
    IdentityFile: join(folder, 'user'),
    UserKnownHostsFile: join(folder, 'known'),
    StrictHostKeyChecking: 'accept-new',
    LogLevel: 'ERROR',
  };
  const config = join(folder, 'ssh_config');
  await writeFile(
    config,
    ['Host down', `Port ${unused}`, 'Host *', ...Object.entries(login).map((pair) => pair.join(' '))].join(
      '\n',
    ),
  );
  const answered = await until(
    async () => !(await execa('ssh', ['-F', config, 'one', 'true'], { reject: false })).failed || undefined,
    { everyMs: 100, forMs: 10_000 },
  );
  assert.ok(answered, 'sshd does not answer');
  const HOSTS = join(folder, 'logins');
  await writeFile(HOSTS, '1/one\n1/two\n1/down\n');
  return { HOSTS, PARALLEL_SSH: `ssh -F ${config}` };
}

function options(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** A Slurm controller and two nodes on this machine; returns the environment in which its commands find them. */
async function twoSlurmNodes(t: TestContext): Promise<{ SLURM_CONF: string }> {
  const folder = temporaryFolder(t);
  const ports = await freePorts('127.0.0.1', 3);
  const key = join(folder, 'munge.key');
  const socket = join(folder, 'munge.socket');
  await writeFile(key, Buffer.alloc(128, NAME), { mode: 0o400 });
  const files = ['pid', 'log', 'seed'].map((name) => `--${name}-file=${join(folder, `munge.${name}`)}`);
  startProgram(t, 'munged', ['-F', '--force', `--key-file=${key}`, `--socket=${socket}`, ...files]);
  const conf = join(folder, 'slurm.conf');
  const host = hostname().split('.')[0];
  const lines = {
    ClusterName: 'test',
    SlurmctldHost: `${host}(127.0.0.1)`,
    SlurmctldPort: ports[0],
    SlurmctldPidFile: join(folder, 'slurmctld.pid'),
    SlurmctldLogFile: join(folder, 'slurmctld.log'),
    StateSaveLocation: join(folder, 'state'),
    SlurmUser: 'root',
    SlurmdUser: 'root',
    SlurmdSpoolDir: join(folder, 'spool.%n'),
    SlurmdPidFile: join(folder, 'slurmd.%n.pid'),
    SlurmdLogFile: join(folder, 'slurmd.%n.log'),
    SlurmdParameters: 'config_overrides',
    AuthType: 'auth/munge',
    AuthInfo: `socket=${socket}`,
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    ReturnToService: 2,
  };
  const nodes = [1, 2].map(
    (i) => `NodeName=node${i} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[i]} CPUs=1 State=UNKNOWN`,
  );
  const settings = Object.entries(lines).map(([name, value]) => `${name}=${value}`);
  const all = [...settings, ...nodes, 'PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP'];
  await writeFile(conf, `${all.join('\n')}\n`);
  await until(async () => (await readdir(folder)).includes('munge.socket') || undefined, {
    everyMs: 100,
    forMs: 10_000,
  });
  startProgram(t, 'slurmctld', ['-D', '-f', conf]);
  for (const node of ['node1', 'node2']) startProgram(t, 'slurmd', ['-D', '-f', conf, '-N', node]);
  const env = { SLURM_CONF: conf };
  const idle = await until(
    async () => {
      const { stdout } = await execa('sinfo', ['-h', '-N', '-o', '%T'], { env, reject: false });
      return stdout.split('\n').filter((state) => state === 'idle').length === 2 || undefined;
    },
    { everyMs: 500, forMs: 60_000 },
  );
  assert.ok(idle, 'the nodes of Slurm did not come up');
  return env;
}
