import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../testing/open-client.js';
import { clientImpactTable } from './client-impact.js';
import { clientPhasesTable } from './client-phases.js';
import { operatorsTable } from './operators.js';
import { recoveryTable } from './recovery.js';

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

// nothing is answered for 5 s after the crash, and for 4 s of the pause, which is lifted 2 s later
test('a loss of the leader stands in a row with when a write succeeded again, and is told to operators likewise', async () => {
  const table = await recoveryTable(client.data);
  assert.equal(rowOf(table, 'Crash, leader').split(' | ')[4], '5.0');
  assert.equal(rowOf(table, 'Disk throttle, follower'), undefined, 'nobody lost the leader');
  const [head, , ...rows] = (await operatorsTable([client.data])).split('\n');
  assert.match(head!, /^\| the leader \| until \|/);
  assert.deepEqual(
    rows.map((row) => row.split(' | ').slice(0, 2)),
    [
      ['| was killed (`kill -9`) and stayed away', 'a write succeeded'],
      ['| froze for a while', 'a write succeeded'],
    ],
  );
});
