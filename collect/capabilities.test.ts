import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusals } from './capabilities.js';
import { planCampaign } from './plan.js';
import type { Runtime } from './runtimes/parts/runtime.js';
import { loadScenario } from './scenario.js';

const options = { releases: ['trixie'], trials: 1, durationS: 10, seed: 7 };

function withoutTcpSettings(): Runtime {
  const lacks = async (capability: string) =>
    capability === 'tcp-settings' ? 'nodes share the host’s kernel' : undefined;
  return { lacks } as unknown as Runtime;
}

test('settings of TCP, of a node or of the client, are refused where they cannot be made', async () => {
  const cut = loadScenario('network-cut-leader');
  const set = { ...cut.client!, tcp_retries2: 5 };
  const refused = (scenario: typeof cut) =>
    refusals(planCampaign({ ...options, scenarios: [scenario] }), withoutTcpSettings());
  assert.deepEqual(await refused(cut), []);
  const expected = ['  tcp_retries2 needs tcp-settings: nodes share the host’s kernel'];
  assert.deepEqual(await refused({ ...cut, client: set }), expected);
  assert.deepEqual(await refused(loadScenario('silent-loss-leader-tcp-retries')), expected);
});
