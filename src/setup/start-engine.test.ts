import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { UserError } from '../common/errors.js';
import { type FakeHost, fakeHost } from '../testing/fake-host.js';
import { startEngine } from './start-engine.js';

const paths = ({ folder }: FakeHost) => ({
  log: join(folder, 'log'),
  enginePid: join(folder, 'docker.pid'),
  containerdPid: join(folder, 'containerd.pid'),
});

test('an engine is started with its log in a file, and waited for', async (t) => {
  const host = fakeHost(t, {
    dockerd: 'echo $$ >"$FOLDER/pid"; echo listening; touch "$FOLDER/answers"; exec sleep 60',
  });
  await startEngine(host, async () => existsSync(join(host.folder, 'answers')), paths(host));
  process.kill(Number(readFileSync(join(host.folder, 'pid'), 'utf8')));
  assert.equal(readFileSync(paths(host).log, 'utf8'), 'listening\n');
});

test('an engine that ends is an error with what its log complains of', async (t) => {
  const host = fakeHost(t, {
    dockerd: 'echo "time=now level=info msg=hello"; echo "Devices cgroup is not mounted" >&2; exit 1',
  });
  await assert.rejects(
    startEngine(host, async () => false, paths(host)),
    (error) =>
      error instanceof UserError && /it ended .*\n {2}Devices cgroup is not mounted/.test(error.message),
  );
});

test('the number that a killed engine left behind does not keep the next one from starting', async (t) => {
  const host = fakeHost(t, {
    dockerd: '[ -e "$FOLDER/docker.pid" ] || [ -e "$FOLDER/containerd.pid" ] || touch "$FOLDER/answers"',
  });
  // this test's own number: alive, but no engine
  writeFileSync(paths(host).enginePid, `${process.pid}`);
  writeFileSync(paths(host).containerdPid, `${process.pid}`);
  await startEngine(host, async () => existsSync(join(host.folder, 'answers')), paths(host));
});

test('where systemd runs, it starts the engine', async (t) => {
  const host = fakeHost(t, { systemctl: 'touch "$FOLDER/answers"' }, { systemd: true });
  await startEngine(host, async () => existsSync(join(host.folder, 'answers')), paths(host));
  assert.deepEqual(host.calls(), ['systemctl start docker']);
});
