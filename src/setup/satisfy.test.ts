import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../common/errors.js';
import { fakeHost } from '../testing/fake-host.js';
import { baseImage } from './base-image.js';
import { compose } from './compose.js';
import { dockerEngine } from './docker-engine.js';
import type { Host } from './host.js';
import { jupyter } from './jupyter.js';
import { programs } from './requirement.js';
import { satisfy } from './satisfy.js';

const silent = () => {};
const all = [dockerEngine, compose, baseImage('trixie'), jupyter];
const POLICY = 'for p in "$@"; do [ "$p" = policy ] || printf "%s:\\n  Candidate: 1.0\\n" "$p"; done';
const DOCKER = `case "$1 $2" in
'version --format') echo 26.1 ;;
'image inspect') echo sha256:0123456789abcdef ;;
*) exit 1 ;;
esac`;

async function complaint(host: Host, requirements = all): Promise<string> {
  const error: unknown = await satisfy(requirements, host, silent).catch((error) => error);
  assert.ok(error instanceof UserError, String(error));
  return error.message;
}

test('where apt may not be used, everything missing is named at once with how to get it', async (t) => {
  const message = await complaint(fakeHost(t, {}));
  assert.match(message, /Docker engine\n {2}not installed: https:\/\/docs\.docker\.com/);
  assert.match(message, /Compose\n {2}not found: https:\/\/docs\.docker\.com/);
  assert.match(message, /Base image debian:trixie-slim\n {2}set-up gets it once the Docker engine is there/);
  assert.match(message, /Jupyter\n {2}not found: python3, jupyter-notebook\n {2}python3 -m pip install/);
});

test('on Debian without root the packages are named', async (t) => {
  const message = await complaint(fakeHost(t, {}, { debian: true }));
  assert.match(message, /sudo apt-get install docker\.io\n/);
  assert.match(message, /sudo apt-get install python3 jupyter-notebook/);
});

test('of Jupyter’s front ends one is enough', async (t) => {
  const client = { python3: '' };
  assert.equal((await satisfy([jupyter], fakeHost(t, { ...client, 'jupyter-lab': '' }), silent)).length, 1);
  assert.equal(
    (await satisfy([jupyter], fakeHost(t, { ...client, 'jupyter-notebook': '' }), silent)).length,
    1,
  );
  assert.match(await complaint(fakeHost(t, client), [jupyter]), /not found: jupyter-notebook\n.*jupyterlab/);
});

test('on Debian as root one call of apt installs all that is missing', async (t) => {
  const install = `[ "$1" = update ] || for command in jq yq; do cp "$0" "$BIN/$command"; done`;
  const host = fakeHost(t, { 'apt-get': install }, { debian: true, root: true });
  const tools = ['jq', 'yq'].map((name) => programs(name, { [name]: `${name}-package` }, 'no way'));
  assert.deepEqual(await satisfy(tools, host, silent), [
    { name: 'jq', found: 'jq' },
    { name: 'yq', found: 'yq' },
  ]);
  assert.equal(host.calls().length, 2);
  assert.match(host.calls()[1]!, /^apt-get install .* --no-remove .* jq-package yq-package$/);
});

test('when apt fails, the end of its output is shown', async (t) => {
  const broken = `[ "$1" = update ] || { echo "E: no space left" >&2; exit 100; }`;
  const host = fakeHost(t, { 'apt-get': broken }, { debian: true, root: true });
  assert.match(await complaint(host, [jupyter]), /apt-get install .* failed:\n {2}E: no space left/);
});

test('a machine that has everything is left alone', async (t) => {
  const host = fakeHost(
    t,
    { docker: DOCKER, 'docker-compose': 'exit 1', 'apt-get': 'exit 1' },
    { debian: true, root: true },
  );
  assert.deepEqual(await satisfy([dockerEngine, compose, baseImage('sid')], host, silent), [
    { name: 'Docker engine', found: '26.1' },
    { name: 'Compose', found: `${host.path}/docker-compose` },
    { name: 'Base image debian:sid-slim', found: '0123456789ab' },
  ]);
  assert.ok(!host.calls().some((call) => call.startsWith('apt-get')));
});

test('an image that was only out of sight while no engine ran is neither pulled nor made', async (t) => {
  const docker = `[ -e "$FOLDER/engine-runs" ] || exit 1\n${DOCKER}`;
  const systemctl = 'touch "$FOLDER/engine-runs"';
  const host = fakeHost(t, { docker, dockerd: '', systemctl }, { root: true, systemd: true });
  await satisfy([dockerEngine, baseImage('trixie')], host, silent);
  assert.ok(!host.calls().some((call) => call.startsWith('docker pull')));
});

test('a missing Compose is installed under the name that the archive has for it', async (t) => {
  const policy =
    'printf "docker-compose-v2:\\n  Installed: (none)\\n  Candidate: (none)\\n  Version table:\\n"\n';
  const commands = {
    docker: DOCKER,
    'apt-cache': `${policy}printf "docker-compose:\\n  Installed: (none)\\n  Candidate: 1.29.2-3\\n"`,
    'apt-get': '[ "$1" = update ] || cp "$0" "$BIN/docker-compose"',
  };
  const host = fakeHost(t, commands, { debian: true, root: true });
  await satisfy([compose], host, silent);
  assert.match(host.calls().find((call) => call.startsWith('apt-get install'))!, / docker-compose$/);
});

test('a client without an engine needs docker.io, an engine without a client the client', async (t) => {
  const root = { debian: true, root: true };
  const noEngine = fakeHost(t, { docker: 'exit 1', 'apt-cache': POLICY }, root);
  assert.deepEqual(await dockerEngine.packages(noEngine), ['docker.io']);
  const noClient = fakeHost(t, { dockerd: '', 'apt-cache': POLICY }, root);
  assert.deepEqual(await dockerEngine.packages(noClient), ['docker-cli']);
});

test('a user who may not use the engine is told the group', async (t) => {
  const denied = 'echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1';
  const message = await complaint(fakeHost(t, { docker: denied, dockerd: '' }), [dockerEngine]);
  assert.match(message, /sudo usermod -aG docker/);
});

test('an image that can neither be pulled nor made is named with the registry’s answer', async (t) => {
  const docker = `[ "$1" = version ] && { echo 26.1; exit 0; }
[ "$1" = pull ] && { echo "toomanyrequests: rate limit" >&2; exit 1; }
exit 1`;
  const message = await complaint(fakeHost(t, { docker }), [dockerEngine, baseImage('trixie')]);
  assert.match(message, /docker pull debian:trixie-slim failed: toomanyrequests: rate limit\n.*debootstrap/);
  assert.ok(!message.includes('Docker engine\n'));
});
