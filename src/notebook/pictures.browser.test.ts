import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../testing/chromium.js';
import { cutTexts } from '../testing/cut-texts.js';
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
      assert.deepEqual(await cutTexts(page, [bundle['image/svg+xml']].flat().join('')), []);
    }
    await page.close();
  });
}
