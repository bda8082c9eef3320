import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULT_KINDS } from '../src/vocabulary/faults.js';
import { listFaults } from './list-faults.js';

test('every kind of fault is listed with its unit, the severities of scenarios, its needs, and whether it can be had', async () => {
  const text = await listFaults('process');
  const listed = text.split(/^(?=\S)/m).map((block) => block.split(':')[0]);
  assert.deepEqual(listed, FAULT_KINDS);
  const of = (kind: string) => text.split(/^(?=\S)/m).find((block) => block.startsWith(`${kind}:`))!;
  assert.match(of('network-loss'), /severity in percent: .*; scenarios have 1, 5, 10, 20, 40, 70\n/);
  assert.match(of('network-loss'), /needs network\n {4}not here: .* no network of their own/);
  assert.match(of('shutdown'), /needs signals, nodes of the client's program/);
  assert.match(of('pause'), /here: yes\n$/);
});

test('the list of faults fits the terminal', async () => {
  const lines = (await listFaults('process', 80)).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.length > 80),
    [],
  );
});
