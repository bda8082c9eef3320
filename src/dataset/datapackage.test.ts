import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeRuns } from './datapackage.js';
import type { Row } from './schema.js';

const run = (campaign: string, workload: string) => ({ campaign, workload }) as Row<'runs'>;

test('a dataset says whose operations it has: of 2022’s benchmark, of the client, or of both', () => {
  const benchmark = run('one', 'kvreadwrite');
  const client = run('one', 'registers');
  const said = (...runs: Row<'runs'>[]) => describeRuns(runs).description;
  assert.match(said(benchmark), /^Every read and write that the workers of dqlite-benchmark tried on a/);
  assert.match(said(client), /^Every attempt of a client to read/);
  assert.match(said(benchmark, client), /^Every read .*benchmark.*, every attempt of a client/);
});

test('of many campaigns the name has the first and how many more there are, so that a file can be called so', () => {
  const named = (...campaigns: string[]) =>
    describeRuns(campaigns.map((name) => run(name, 'registers'))).name;
  assert.equal(named('Lost leader', 'slow'), 'lost-leader-slow');
  const many = Array.from({ length: 11 }, (_, i) => `silent-loss-${10 + i}`);
  assert.equal(named(...many), 'silent-loss-10-and-10-more');
});
