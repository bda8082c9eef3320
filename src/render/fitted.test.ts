import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted } from './fitted.js';

const text = (content: string, more = '') =>
  `<svg><text font-family="Inter" font-size="10px"${more}>${content}</text></svg>`;

async function widths(svg: string): Promise<number[]> {
  return [...(await fitted(svg)).matchAll(/textLength="([\d.]+)"/g)].map((match) => Number(match[1]));
}

test('each text says how wide it is in the font that it was laid out in', async () => {
  const [[thin], [wide], [heavy]] = [
    await widths(text('iiii')),
    await widths(text('WWWW')),
    await widths(text('WWWW', ' font-weight="600"')),
  ];
  assert.ok(thin! < 12 && wide! > 35 && wide! < 45 && heavy! > wide!, `${thin}, ${wide}, ${heavy}`);
});

test('each line of several has a width of its own', async () => {
  const lines = await widths(text('<tspan>WW</tspan><tspan x="0" dy="11">i</tspan>'));
  assert.equal(lines.length, 2);
  assert.ok(lines[0]! > lines[1]!);
});

test('what is written as an entity is one character', async () => {
  assert.deepEqual(await widths(text('&lt;&amp;')), await widths(text('<&')));
});

test('a text without a letter has no width', async () => {
  assert.deepEqual(await widths(text('')), []);
  const closed = '<text aria-label="label: a; ratio: " font-size="10px"/>';
  assert.equal(await fitted(closed), closed);
  assert.equal((await widths(`${closed}${text('W')}`)).length, 1);
});
