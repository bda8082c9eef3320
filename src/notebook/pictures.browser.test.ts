import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../testing/chromium.js';
import { readNotebook } from './ipynb.js';
import { chooseNotebooks } from './run.js';

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
after(() => browser?.close());

for (const path of chooseNotebooks([])) {
  test(`the pictures of ${basename(path)} can be seen, and no text of them is cut, whatever the font`, async () => {
    const page = await browser.newPage();
    const bundles = (await readNotebook(path)).cells
      .flatMap((cell) => cell.outputs ?? [])
      .flatMap((output) => ('data' in output && output.data['image/svg+xml'] ? [output.data] : []));
    assert.ok(bundles.length > 0);
    for (const bundle of bundles) {
      await page.setContent([bundle['text/html']].flat().join(''));
      await page.waitForFunction(() => document.querySelector('img')!.complete);
      assert.ok((await page.evaluate(() => document.querySelector('img')!.naturalWidth)) > 100);
      const wide = [bundle['image/svg+xml']]
        .flat()
        .join('')
        .replaceAll(/font-family="[^"]*"/g, 'font-family="monospace"');
      await page.setContent(`<body style="margin: 100px">${wide}`);
      assert.deepEqual(await page.evaluate(cutTexts), []);
    }
    await page.close();
  });
}

/** The texts that reach beyond their picture's edge. */
function cutTexts(): string[] {
  const edge = document.querySelector('svg')!.getBoundingClientRect();
  const texts = [...document.querySelectorAll('svg text')];
  const isCut = ({ left, right }: DOMRect) => left < edge.left - 1 || right > edge.right + 1;
  return texts.filter((text) => isCut(text.getBoundingClientRect())).map((text) => text.textContent ?? '');
}
