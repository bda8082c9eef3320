import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Spec } from '../figures/parts/figure.js';
import { renderSpec } from './render.js';

/** A bar of each category, and a legend of dashed lines. */
const bars = (categories: readonly string[]) =>
  ({
    data: { values: categories.map((category, i) => ({ category, value: i + 1 })) },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'value', type: 'quantitative', title: null },
      y: { field: 'category', type: 'nominal', title: null },
      strokeDash: { field: 'category', type: 'nominal', title: null },
    },
  }) as unknown as Spec;

const pdfOf = async (spec: Spec, title = 'bars') =>
  Buffer.from(await (await renderSpec(spec)).pdf(title)).toString('latin1');

test('a PDF is the same whatever was drawn before', async () => {
  const first = await pdfOf(bars(['e', 'a', 'o']));
  await pdfOf(bars(['é', 'ä', 'ö']), 'another');
  assert.equal(await pdfOf(bars(['e', 'a', 'o'])), first);
});

test('a text beside dashes is text as well, in an embedded font', async () => {
  const pdf = await pdfOf(bars(['slow', 'fast', 'none']));
  assert.match(pdf, /\/FontFile2 /);
  assert.doesNotMatch(pdf, /\/CharProcs/);
});

test('a PDF says its size in points, and its title', async () => {
  const { pdf } = await renderSpec(bars(['slow', 'fast']), { width: 'column' });
  const page = Buffer.from(await pdf('Slow and fast')).toString('latin1');
  assert.match(page, /\/MediaBox \[0 0 240 /);
  assert.match(page, /\/Title \(Slow and fast\)/);
});
