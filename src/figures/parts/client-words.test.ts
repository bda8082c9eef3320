import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientGroup } from '../../results/derived/client-runs.js';
import { clientLabels, rowLabels } from './client-words.js';

const group = (own: Partial<ClientGroup>): ClientGroup => ({
  ...{ run_id: 'r', campaign: 'c', scenario: 's', workload: 'registers', debian_release: 'trixie' },
  ...{
    dqlite_version: '1.18.1-1',
    fault: 'crash',
    target_role: 'leader',
    severity: null,
    severity_unit: null,
  },
  ...{
    arrivals: 'open',
    offered_per_s: 100,
    capacity_per_s: 200,
    client_settings: '{}',
    node_settings: null,
  },
  ...{
    workers: 8,
    duration_s: 20,
    inject_at_s: 5,
    lift_at_s: null,
    block: 1,
    trial: 1,
    sitting: '',
    trials: [],
  },
  ...own,
});
const delay = (severity: number, own: Partial<ClientGroup> = {}) =>
  group({ fault: 'network-delay', severity, severity_unit: 'ms', ...own });

function named(all: readonly ClientGroup[]) {
  const { labelOf, titled } = rowLabels(all);
  return [titled('Reads'), ...all.map(labelOf)];
}

test('what all rows have in common stands in the title alone', () => {
  assert.deepEqual(named([delay(10), group({ fault: 'pause' })]), [
    'Reads, on the leader',
    'Network delay\n10 ms',
    'Pause',
  ]);
  assert.deepEqual(named([delay(10), delay(100)]), ['Reads: Network delay on the leader', '10 ms', '100 ms']);
  assert.deepEqual(named(['bookworm', 'sid'].map((debian_release) => group({ debian_release }))), [
    'Reads: Crash on the leader',
    'bookworm',
    'sid',
  ]);
  assert.deepEqual(named([delay(10), delay(10, { target_role: 'follower' })]), [
    'Reads: Network delay',
    'leader, 10 ms',
    'follower, 10 ms',
  ]);
});

test('rows that are there for each release have the releases within them, the oldest first', () => {
  const releases = ['sid', 'bookworm'].map((debian_release) => ({
    debian_release,
    client_settings: JSON.stringify({ release: debian_release }),
  }));
  const of = (rows: readonly ClientGroup[]) => [...rowLabels(rows).releases, ...new Set(named(rows))];
  const all = releases.flatMap((own) => [delay(10, own), group({ fault: 'pause', ...own })]);
  assert.deepEqual(of(all), ['bookworm', 'sid', 'Reads, on the leader', 'Network delay\n10 ms', 'Pause']);
  const apart = [delay(10, releases[0]), group({ fault: 'pause', ...releases[1] })];
  assert.deepEqual(of(apart), ['Reads, on the leader', 'Network delay\n10 ms, sid', 'Pause\nbookworm']);
});

test('a long name of one line has two', () => {
  const client_settings = JSON.stringify({ release: 'sid' });
  const all = [group({}), group({ client_settings })];
  assert.deepEqual(named(all), [
    'Reads: Crash on the leader',
    'client of trixie\non trixie',
    'client of sid\non trixie',
  ]);
});

test('a line that is too long for a column is broken once more', () => {
  const nodes = (node_settings: object) => ({ node_settings: JSON.stringify(node_settings) });
  assert.deepEqual(
    named([
      group({ fault: 'partition-constrained', ...nodes({ count: 5, voters: 5 }) }),
      group({ fault: 'disk-full', target_role: 'follower' }),
    ]),
    ['Reads', 'Partition:\nconstrained election\nleader, 5 nodes', 'Full disk\nfollower'],
  );
});

test('what is not the same in all rows stands in each', () => {
  const none = group({ fault: 'none', target_role: 'none' });
  assert.deepEqual(named([none, delay(10)]), ['Reads', 'No fault', 'Network delay\nleader, 10 ms']);
  assert.deepEqual(named([none]), ['Reads', 'No fault']);
});

test('no row is without a name', () => {
  assert.deepEqual(named([group({})]), ['Reads, on the leader', 'Crash']);
  assert.deepEqual(named([group({}), group({ scenario: 'other' })]), [
    'Reads, on the leader',
    'Crash, s',
    'Crash, other',
  ]);
});

test('how many nodes there were is said where that was set, and their voters where some were none', () => {
  const set = (settings: object) => delay(10, { node_settings: JSON.stringify(settings) });
  assert.deepEqual(
    named([set({ count: 5, voters: 5 }), set({ count: 4, voters: 3, snapshot_threshold: 9 })]),
    ['Reads: Network delay on the leader', '10 ms, 5 nodes', '10 ms, 4 nodes,\n3 voters, threshold 9'],
  );
});

test('where a label stands alone it says all', () => {
  const all = [delay(10), delay(100)];
  assert.deepEqual(all.map(clientLabels(all)), [
    'Network delay\nleader, 10 ms',
    'Network delay\nleader, 100 ms',
  ]);
});
