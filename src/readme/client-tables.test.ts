import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../testing/open-client.js';
import { clientImpactTable } from './client-impact.js';
import { clientPhasesTable } from './client-phases.js';

let client: Awaited<ReturnType<typeof openClient>>;
before(async () => {
  client = await openClient();
});
after(() => client?.remove());

const rowOf = (table: string, ...cells: string[]) =>
  table.split('\n').find((line) => cells.every((cell, i) => line.split(' | ')[i]?.endsWith(cell)))!;

// writes take 12 ms with the throttle and 5 ms without, in every trial
test('what a fault costs the client stands in a row with its ratios, its share and its verdict', async () => {
  const row = rowOf(await clientImpactTable(client.data), 'Disk throttle, 100 kB/s', 'follower', 'writes');
  const cells = row.split(' | ');
  assert.match(cells[5]!, /^2\.40/);
  assert.match(cells[7]!, /^±0 pp/);
  assert.deepEqual(cells.slice(8), ['no fault', 'matters |']);
});

test('what was served before, during and after a fault stands in a row, beside how far it is from no fault', async () => {
  const row = rowOf(await clientPhasesTable(client.data), 'Pause', 'leader', 'writes', '6');
  const [before, , during, lost, later] = row.split(' | ').slice(5);
  assert.deepEqual([before, later], ['100.0 %', '100.0 %']);
  assert.match(during!, /^5\d\.\d %$/);
  assert.match(lost!, /^−(4|5)\d pp/);
});
