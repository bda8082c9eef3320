import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { askEither, openClient } from '../testing/open-client.js';
import { openSynthetic } from '../testing/open-synthetic.js';
import { figures } from './index.js';
import { captionsOf } from './parts/figure.js';

let benchmark: Awaited<ReturnType<typeof openSynthetic>>;
let client: Awaited<ReturnType<typeof openClient>>;

before(async () => {
  benchmark = await openSynthetic({ operations: 60_000 });
  client = await openClient();
});

after(async () => {
  await benchmark?.remove();
  await client?.remove();
});

test('no two figures are called alike or have the same place, and each file is there', () => {
  const names = figures.map((one) => one.name);
  assert.deepEqual([...new Set(names)], names);
  assert.equal(new Set(figures.map((one) => one.order)).size, names.length);
  for (const { name, file = name } of figures)
    assert.ok(existsSync(packagePath('src/figures', `${file}.ts`)), `${file}.ts`);
});

test('a question ends with its mark, a title without any', () => {
  for (const { name, question, title } of figures) {
    assert.match(question, /^[A-Z][^?]*\?$/, name);
    assert.match(title, /^[A-Z].*[^.]$/, name);
  }
});

for (const figure of figures) {
  test(`${figure.name}: the same answer gives the same spec and captions without holes, the short one of 60 words at most`, async () => {
    const answer = await askEither(figure, benchmark.data, client.data);
    const before = JSON.stringify(answer);
    const spec = JSON.stringify(figure.spec(answer));
    assert.equal(JSON.stringify(figure.spec(answer)), spec);
    assert.equal(JSON.stringify(answer), before, 'the spec changed the answer');
    assert.doesNotMatch(spec, /"url"/);
    const captions = captionsOf(figure, answer);
    for (const caption of Object.values(captions)) {
      assert.doesNotMatch(caption, /NaN|undefined|null|Infinity|\$\{|\n| {2}|\(\)/);
      assert.match(caption, /\.\)?$/);
      assert.doesNotMatch(caption, /\d (%|m?s|[kM]?B)\b|\d %/, 'a line may break before a unit');
    }
    assert.ok(captions.short.split(/\s+/).length <= 60, captions.short);
  });
}
