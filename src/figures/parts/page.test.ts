import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../../common/paths.js';

/** Of LaTeX's article in two columns of 10 pt on US letter, in pt; `latex.long.test.ts` asks LaTeX itself. */
const PAGE = { height: 550, column: 229.5, line: 12, aboveCaption: 10, charactersOfLine: 46 };

interface Captioned {
  name: string;
  missing?: string;
  short: string;
}

const found = readdirSync(packagePath('figures'), { recursive: true, encoding: 'utf8' });
for (const file of found.filter((name) => /\bcaptions\.json$/.test(name)).sort()) {
  test(`each figure of ${join('figures', file)} leaves room for its short caption in a column`, () => {
    const captions: Captioned[] = JSON.parse(readFileSync(packagePath('figures', file), 'utf8'));
    for (const { name, short } of captions.filter(({ missing }) => missing === undefined)) {
      const svg = readFileSync(packagePath('figures', dirname(file), `${name}.svg`), 'utf8');
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
      const lines = Math.ceil(`Figure 12: ${short}`.length / PAGE.charactersOfLine);
      const picture = (PAGE.column * Number(height)) / Number(width);
      const needed = Math.round(picture + PAGE.aboveCaption + lines * PAGE.line);
      assert.ok(needed <= PAGE.height, `${name} needs ${needed} pt of ${PAGE.height}`);
    }
  });
}
