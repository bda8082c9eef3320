import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULT_KINDS } from '../src/vocabulary/faults.js';
import { listFaults } from './list-faults.js';

test('every kind of fault is listed with its unit, the severities of scenarios, its needs, and whether it can be had', async () => {
  const [header, ...lines] = (await listFaults('process')).trim().split('\n');
  const columns = ['kind', 'unit', 'severities', 'needs', 'here', 'about'];
  const starts = columns.map((name) => header!.indexOf(name));
  const rows = lines.map((line) =>
    Object.fromEntries(columns.map((name, i) => [name, line.slice(starts[i], starts[i + 1]).trim()])),
  );
  assert.deepEqual(
    rows.map((row) => row['kind']),
    FAULT_KINDS,
  );
  const of = (kind: string) => rows.find((row) => row['kind'] === kind)!;
  assert.match(of('network-loss')['severities']!, /^1, 5, 10, 20, 40, 70$/);
  assert.match(of('network-loss')['here']!, /^no: .* no network of their own/);
  assert.match(of('shutdown')['needs']!, /signals, nodes of the client's program/);
  assert.equal(of('pause')['here'], 'yes');
});
