import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataFrame } from 'danfojs-node';
import { sizeOf } from '../render/svg.js';
import type { Drawing } from './drawing.js';
import { plot } from './plot.js';
import { vegaLite } from './vega-lite.js';

const rows = [
  { node: 'raft1', role: 'leader', latency_ms: 1.25 },
  { node: 'raft2', role: 'follower', latency_ms: 3 },
  { node: 'raft2', role: 'follower', latency_ms: 5 },
];

test('values are counted in ranges and summed up', async () => {
  const histogram = svgOf(
    await plot(rows, { mark: 'bar', x: { field: 'latency_ms', bin: 4 }, y: { aggregate: 'count' } }),
  );
  assert.equal(bars(histogram), 3);
  assert.ok(histogram.includes('>Number of rows<'));
  const means = svgOf(
    await plot(rows, { mark: 'bar', x: { field: 'latency_ms', aggregate: 'mean' }, y: 'node' }),
  );
  assert.ok(means.includes('mean of latency_ms: 4; node: raft2'));
});

test('a danfojs frame is drawn as rows are, as wide as asked', async () => {
  const frame = new DataFrame(rows).groupby(['node']).col(['latency_ms']).mean();
  const svg = svgOf(await plot(frame, { mark: 'bar', x: 'latency_ms_mean', y: 'node', width: 400 }));
  assert.equal(bars(svg), 2);
  assert.ok(Math.abs(sizeOf(svg)[0] - 400) <= 1);
});

test('small plots stand in a row, or in a table by two columns', async () => {
  const facets = async (facet: object) =>
    svgOf(await plot(rows, { mark: 'point', x: 'latency_ms', y: 'node', facet }));
  assert.ok(/>leader<.*>follower</s.test(await facets({ row: 'role' })), 'in the order of the rows');
  assert.ok(/>raft1<.*>leader</s.test(await facets({ row: 'role', column: 'node' })));
});

test('a mistake is told with the nearest name', async () => {
  const frame = new DataFrame(rows);
  const fails = (options: object, message: RegExp) =>
    assert.rejects(plot(frame, { mark: 'bar', x: 'latency_ms', y: 'node', ...options }), message);
  await fails(
    { x: 'latency' },
    /unknown column: latency \(did you mean latency_ms\?\)\nThere are: node, role/,
  );
  await fails({ facet: 'rol' }, /did you mean role/);
  await fails({ mark: 'bars' }, /unknown mark: bars \(did you mean bar\?\)/);
  await fails({ x: { field: 'latency_ms', aggregate: 'meen' } }, /did you mean mean/);
  await fails({ x: {} }, /x names no column/);
  await fails({ y: undefined }, /y is missing/);
  await assert.rejects(plot(42 as never, { mark: 'bar', x: 'a', y: 'b' }), /no table: 42 came/);
});

test('of no rows there is no picture, which is said', async () => {
  assert.deepEqual(await plot([] as typeof rows, { mark: 'bar', x: 'node', y: 'role' }), {
    name: 'plot',
    title: 'This plot',
    missing: 'no rows for it',
  });
});

test('any Vega-Lite can be drawn, from rows or from data of its own', async () => {
  const encoding = {
    x: { field: 'latency_ms', type: 'quantitative' },
    y: { field: 'node', type: 'nominal' },
  };
  assert.equal(bars(svgOf(await vegaLite({ mark: 'bar', encoding }, rows))), 3);
  assert.equal(bars(svgOf(await vegaLite({ mark: 'bar', encoding }, new DataFrame(rows)))), 3);
  const beside = {
    data: { values: rows },
    hconcat: [
      { mark: 'bar', encoding },
      { mark: 'bar', encoding },
    ],
  };
  assert.equal(bars(svgOf(await vegaLite(beside))), 6);
  const own = svgOf(await vegaLite({ mark: 'bar', encoding, width: 100, data: { values: rows } }));
  assert.ok(sizeOf(own)[0] < 200);
});

test('a spec that cannot be drawn is refused in a sentence', async () => {
  const x = (field: string) => ({ mark: 'bar', encoding: { x: { field, type: 'quantitative' } } });
  await assert.rejects(vegaLite(x('latency'), rows), /did you mean latency_ms/);
  await assert.rejects(vegaLite(x('latency_ms')), /a spec without data/);
  await assert.rejects(
    vegaLite({ encoding: {} }, rows),
    /^UserError: Vega-Lite cannot draw this: Invalid spec/,
  );
});

function svgOf(drawing: Drawing): string {
  assert.ok('svg' in drawing);
  return drawing.svg;
}

function bars(svg: string): number {
  return svg.match(/aria-roledescription="bar"/g)?.length ?? 0;
}
