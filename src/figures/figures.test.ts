import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packagePath } from '../common/paths.js';
import type { Dataset } from '../dataset/open.js';
import { openDataset } from '../results/core/open.js';
import { writeClientCampaign } from '../testing/made-up-client-campaign.js';
import { ingestInto } from '../testing/made-up-dataset.js';
import { openSynthetic } from '../testing/open-synthetic.js';
import { figures } from './index.js';
import { type Figure, MissingData } from './parts/figure.js';

let benchmark: Dataset;
let client: Dataset;
let remove: () => Promise<void>;
let folder: string;

before(async () => {
  ({ data: benchmark, remove } = await openSynthetic({ operations: 60_000 }));
  folder = mkdtempSync(join(tmpdir(), 'client-figures-'));
  writeClientCampaign(join(folder, 'in'));
  await ingestInto(folder, join(folder, 'data'));
  client = await openDataset(join(folder, 'data'));
});

after(async () => {
  await remove?.();
  client?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a figure is of: 2022's benchmark, or the client. */
async function askedOf(figure: Figure): Promise<unknown> {
  try {
    return await figure.query(benchmark, {});
  } catch (error) {
    if (!(error instanceof MissingData && /with the client/.test(error.message))) throw error;
    return figure.query(client, {});
  }
}

test('no two figures are called alike or have the same place, and each file is there', () => {
  const names = figures.map((one) => one.name);
  assert.deepEqual([...new Set(names)], names);
  assert.equal(new Set(figures.map((one) => one.order)).size, names.length);
  for (const { name, file = name } of figures)
    assert.ok(existsSync(packagePath('src/figures', `${file}.ts`)), `${file}.ts`);
});

test('a claim is a sentence', () => {
  for (const { name, claim, title } of figures) {
    assert.match(claim, /^[A-Z].*[^.]\.$/, name);
    assert.match(title, /^[A-Z].*[^.]$/, name);
  }
});

for (const figure of figures) {
  test(`${figure.name}: the same answer gives the same spec and a caption without holes`, async () => {
    const answer = await askedOf(figure);
    const before = JSON.stringify(answer);
    const spec = JSON.stringify(figure.spec(answer));
    assert.equal(JSON.stringify(figure.spec(answer)), spec);
    assert.equal(JSON.stringify(answer), before, 'the spec changed the answer');
    assert.doesNotMatch(spec, /"url"/);
    const caption = figure.caption(answer);
    assert.doesNotMatch(caption, /NaN|undefined|null|Infinity|\$\{|\n| {2}|\(\)/);
    assert.match(caption, /\.\)?$/);
  });
}
