import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Engine } from '../docker/api.js';
import { composeRuntime } from './compose.js';

/** An engine that has one container and one network, and says what it was asked. */
async function engineWith(t: TestContext, container: string) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const socket = join(folder, 'docker.sock');
  const asked: string[] = [];
  const server = createServer(({ method, url }, response) => {
    const path = url!.replace('/v1.41', '').replace(/\?.*/, '');
    asked.push(`${method} ${path}`);
    const answers: Record<string, unknown> = {
      '/containers/json': [{ Id: container, Names: [`/${container}`], Labels: {} }],
      '/networks': [{ Id: 'net', Name: 'a-network' }],
    };
    response.end(method === 'GET' ? JSON.stringify(answers[path]) : '');
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { engine: new Engine(async () => socket), asked };
}

test('what a campaign left is removed on the engine that it is given, and on no other', async (t) => {
  const [here, there] = [await engineWith(t, 'here'), await engineWith(t, 'there')];
  const runtime = composeRuntime('a', () => {}, there.engine);
  assert.deepEqual(await runtime.removeLeftovers(), ['there', 'a-network']);
  assert.deepEqual(there.asked, [
    'GET /containers/json',
    'DELETE /containers/there',
    'GET /networks',
    'DELETE /networks/net',
  ]);
  assert.deepEqual(here.asked, []);
});
