import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { assertConfirmedAndEnded, timeOf, trial } from './testing/fault-trial.js';
import { type HostsBed, hostsBed } from './testing/hosts-bed.js';
import { clockErrorMs } from './vocabulary/clock-words.js';

const HOSTS = [1, 2, 3, 4];
let bed: HostsBed;
let hosts: { hosts: string };

before(async () => {
  bed = await hostsBed();
  hosts = { hosts: bed.file };
});
after(() => bed?.down());

test('a leader on a host of its own is killed, and started again', async () => {
  const result = await trial(hosts, 'crash', 'leader');
  assertConfirmedAndEnded(result, 'exit_code');
  assert.ok(timeOf(result, 'node_exited') > 0n);
  const clocks = result.events.filter(({ event }) => event === 'clock_measured');
  assert.ok(clocks.length >= 3, `${clocks.length} clocks`);
  for (const { detail } of clocks) assert.ok(clockErrorMs(detail!)! < 10, detail);
});

test('a node on a host of its own is paused', async () => {
  assertConfirmedAndEnded(await trial(hosts, 'pause', 'follower'), 'cpu_time');
});

test('a host is cut off from the others, and ssh still reaches it', async () => {
  assertConfirmedAndEnded(await trial(hosts, 'network-cut', 'follower'), 'packets_dropped');
});

test('the CPU of a node on a host of its own is limited', async () => {
  assertConfirmedAndEnded(await trial(hosts, 'cpu-limit', 'leader', 0.1), 'throttled_share');
});

test('nothing is left on the hosts', async () => {
  for (const host of HOSTS) {
    const engine = ['-H', `unix://${bed.socket(host)}`];
    const { stdout: containers } = await execa('docker', [...engine, 'ps', '-aq']);
    const { stdout: rules } = await execa('nsenter', [`--net=/run/netns/dr-h${host}`, 'iptables', '-S']);
    assert.deepEqual({ containers, ours: /DQLITE/.test(rules) }, { containers: '', ours: false });
  }
});
