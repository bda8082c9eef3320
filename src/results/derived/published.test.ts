import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSynthetic } from '../../testing/open-synthetic.js';
import { comparePublished, published, publishedTable } from './published.js';

test('published values are relative to the value without a fault in their own figure', () => {
  const rows = published();
  const find = (figure: string, label: string) =>
    rows.find((row) => row.figure === figure && row.label === label)!;
  assert.equal(rows.length, 54);
  assert.equal(find('leader-throughput', 'Slow CPU').ratio, 65772 / 562905);
  assert.equal(find('leader-latency', 'Mem Contention').ratio, 0.967998 / 0.865786);
  assert.equal(find('memory-levels', '30MB').value, 381969 / 60);
  assert.equal(find('baseline', '1 workers').ratio, 1);
});

test('ours stands beside it, relative to our own baseline', async () => {
  const { data, remove } = await openSynthetic({
    operations: 60_000,
    keep: (plan) => plan.scenario !== 'memory-follower',
  });
  try {
    const rows = await comparePublished(data);
    const find = (figure: string, label: string) =>
      rows.find((row) => row.figure === figure && row.label === label)!;
    // the plan gives three burners 0.12 of the baseline's reads
    assert.ok(Math.abs(find('leader-throughput', 'Slow CPU').oursRatio!.value - 0.12) < 0.01);
    assert.ok(Math.abs(find('cpu-levels', '2 cores').oursRatio!.value - 0.3) < 0.01);
    assert.equal(find('leader-throughput', 'Baseline').oursRatio!.value, 1);
    assert.equal(find('follower-throughput', 'Mem Contention').ours, null);
    const lines = publishedTable(rows).split('\n');
    assert.equal(lines.length, rows.length + 2);
    assert.match(lines.find((line) => /follower-throughput +Mem/.test(line))!, /–/);
  } finally {
    await remove();
  }
});
