import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INTER } from './fonts.js';
import { svgToPdf } from './pdf.js';

/** The same files by another path, so that they are opened anew. */
function anew(path: string): string {
  return path.replace(/\/([^/]*)$/, '/./$1');
}

const svg = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" viewBox="0 0 100 20"><text x="0" y="15" font-family="Inter" font-size="9">${text}</text></svg>`;

test('a PDF is the same whatever was drawn before, also where a character is a part of another', async () => {
  const parts = svg('. , e a o');
  const first = await svgToPdf(parts, 'title', INTER);
  const other = { ...INTER, regular: anew(INTER.regular), semibold: anew(INTER.semibold) };
  await svgToPdf(svg(': ; é ä ö ! ?'), 'title', other);
  assert.deepEqual(Buffer.from(await svgToPdf(parts, 'title', other)), Buffer.from(first));
});
