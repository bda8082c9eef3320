import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { packagePath } from '../common/paths.js';
import { chromiumPath } from '../testing/chromium.js';
import { cutTexts } from '../testing/cut-texts.js';

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
after(() => browser?.close());

test('no text of a committed figure is cut in a browser, whatever its fonts', async () => {
  const folder = packagePath('figures');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.svg'),
  );
  assert.ok(files.length > 0);
  const page = await browser.newPage();
  for (const file of files) {
    assert.deepEqual(await cutTexts(page, readFileSync(join(folder, file), 'utf8')), [], file);
  }
});
