import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type Bundle, tslabJupyter } from './display.js';
import { plot } from './plot.js';
import { say, show } from './show.js';

let shown: Bundle[];
beforeEach(() => {
  shown = [];
  tslabJupyter.lastWriteDisplayData = ({ data }) => shown.push(data);
});
afterEach(() => {
  tslabJupyter.lastWriteDisplayData = null;
});

const rows = [
  { node: 'raft1', latency_ms: 1.25 },
  { node: 'raft2', latency_ms: null },
];

test('numbers in a sentence are rounded for reading, and text stays text', () => {
  say`${3} of ${12345} took ${0.123456} s, ${null}, in ${'<b>a_b</b>'}`;
  assert.equal(shown[0]!['text/markdown'], '3 of 12,345 took 0.123 s, –, in &lt;b&gt;a\\_b&lt;/b&gt;');
  assert.equal(shown[0]!['text/plain'], '3 of 12,345 took 0.123 s, –, in <b>a_b</b>');
});

test('rows are shown as a table, missing values as a dash, markup as text', async () => {
  await show([...rows, { node: '<i>', latency_ms: 2 }]);
  const html = String(shown[0]!['text/html']);
  assert.match(html, /<th style="text-align:left">node<\/th><th style="text-align:right">latency_ms<\/th>/);
  assert.match(html, /<td style="text-align:left">raft2<\/td><td style="text-align:right">–<\/td>/);
  assert.match(html, /&lt;i&gt;/);
});

test('a plot is shown as SVG and as the Vega-Lite that it was drawn from', async () => {
  await show(plot(rows, { mark: 'bar', x: 'latency_ms', y: 'node' }));
  const [bundle] = shown;
  assert.match(String(bundle!['image/svg+xml']), /raft1/);
  const [, encoded] = /base64,([^"]+)/.exec(String(bundle!['text/html']))!;
  assert.equal(Buffer.from(encoded!, 'base64').toString(), bundle!['image/svg+xml']);
  const spec = bundle!['application/vnd.vegalite.v5+json'] as { $schema: string; data: { values: object[] } };
  assert.match(spec.$schema, /\/v5\.json$/);
  assert.equal(spec.data.values.length, 2);
});

test('ids of two pictures in one page differ', async () => {
  const clipped = (width: number) =>
    `<svg><clipPath id="clip0"><rect width="${width}"/></clipPath><g clip-path="url(#clip0)"/></svg>`;
  for (const width of [1, 2]) {
    await show({ name: 'made', title: 'Made', svg: clipped(width), spec: {} as never });
  }
  const [first, second] = shown.map((bundle) => String(bundle['image/svg+xml']));
  const id = /id="(.+?)"/.exec(first!)![1]!;
  assert.ok(first!.includes(`url(#${id})`) && !second!.includes(id));
});

test('a figure that lacks its data says what is missing', async () => {
  await show({ name: 'outage', title: 'Outages', missing: 'no usable run in which the leader was lost' });
  assert.match(String(shown[0]!['text/plain']), /^Outages: left out, since this dataset has no usable run/);
});

test('outside of a notebook there is nowhere to show anything', async () => {
  tslabJupyter.lastWriteDisplayData = null;
  await assert.rejects(show(rows), /npm run jupyter/);
});
