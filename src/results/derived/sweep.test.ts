import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../../testing/open-client.js';
import { clientGroups } from './client-runs.js';
import { followerWorse, harderButBetter, type Sweep, sweeps } from './sweep.js';

let client: Awaited<ReturnType<typeof openClient>>;
let all: Sweep[];

before(async () => {
  client = await openClient();
  all = await sweeps(client.data);
});
after(() => client?.remove());

const of = (role: string, forS: number) =>
  all.find(({ target_role, for_s }) => target_role === role && for_s === forS)!;

test('the share of the service that is lost is told by severity, for each role and length', () => {
  const near = (role: string, forS: number, expected: readonly number[]) => {
    const found = of(role, forS).points.map(({ lost }) => lost.value);
    // a write that is due a second before the end of an outage is answered a moment too late
    assert.ok(
      found.every((value, i) => Math.abs(value - expected[i]!) < 0.015),
      `${role}, ${forS} s: ${found}`,
    );
  };
  near('leader', 10, [0, 0.3, 0.8]);
  near('leader', 4, [0, 0.25, 0.5]);
  near('follower', 10, [0, 0, 0.1]);
  assert.ok(all.every(({ reads }) => Math.abs(reads - 0.5) < 0.01));
});

test('a danger zone is where a tenth, and half, of the service is lost', () => {
  const { tenth, half } = of('leader', 10).danger;
  assert.ok(Math.abs(Number(tenth.value) - 5 * 10 ** (1 / 3)) < 0.3, String(tenth.value));
  assert.ok(Math.abs(Number(half.value) - 50 * 10 ** (2 / 5)) < 3, String(half.value));
  assert.equal(of('follower', 4).danger.tenth.value, 'beyond');
});

test('a severity at which most trials took no effect is told apart', () => {
  assert.deepEqual(of('leader', 10).untested, [{ severity: 1, trials: 2 }]);
  assert.deepEqual(of('follower', 10).untested, []);
  assert.deepEqual(
    of('leader', 10).points.map(({ severity }) => severity),
    [5, 50, 500],
  );
});

test('a sweep is no group of trials of the other figures', async () => {
  const groups = await clientGroups(client.data);
  assert.ok(groups.length > 3);
  assert.ok(groups.every(({ scenario }) => scenario !== 'sweep-network-delay'));
});

const point = (severity: number, value: number) => ({
  severity,
  trials: [value],
  lost: { value, low: value - 0.05, high: value + 0.05, trials: 5 },
  after: null,
});
const curve = (target_role: string, ...lost: number[]): Sweep => ({
  ...of('leader', 10),
  target_role,
  points: lost.map((value, i) => point(i + 1, value)),
});

test('a harder severity that costs less is told where the intervals lie apart', () => {
  const { found, pairs } = harderButBetter([curve('leader', 0.2, 0.5, 0.3, 0.25)]);
  assert.equal(pairs, 3);
  assert.deepEqual(
    found.map(({ expected }) => expected.words),
    ['3 ms on the leader'],
  );
});

test('a follower that costs more than the leader is told where the intervals lie apart', () => {
  const { found, pairs } = followerWorse([curve('leader', 0.2, 0.5), curve('follower', 0.4, 0.55)]);
  assert.equal(pairs, 2);
  assert.deepEqual(
    found.map(({ other }) => other.words),
    ['1 ms on the follower'],
  );
});
