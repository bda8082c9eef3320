import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { figures } from '../figures/index.js';
import { captionsOf } from '../figures/parts/figure.js';
import { askEither, openClient } from '../testing/open-client.js';
import { openSynthetic } from '../testing/open-synthetic.js';
import { campaignPlans } from '../testing/synthetic-campaign.js';
import { textBoxes, textFaults } from '../testing/text-boxes.js';
import { renderSpec } from './render.js';
import { sizeOf } from './svg.js';
import { pxOf, SLIDE, type Width } from './width.js';

let benchmark: Awaited<ReturnType<typeof openSynthetic>>;
let client: Awaited<ReturnType<typeof openClient>>;

const WIDTHS: readonly Width[] = ['column', 'full', 'slide'];

before(async () => {
  benchmark = await openSynthetic({ operations: 60_000 });
  client = await openClient();
});

after(async () => {
  await benchmark?.remove();
  await client?.remove();
});

for (const figure of figures) {
  for (const width of WIDTHS) {
    test(`${figure.name}, ${width}: as wide as asked, no text cut, none on another`, async () => {
      const answer = await askEither(figure, benchmark.data, client.data);
      const title = width === 'slide' ? figure.title : undefined;
      const { svg, spec } = await renderSpec(figure.spec(answer), { width, title });
      const asked = width === 'slide' ? SLIDE.width : pxOf(width);
      const [drawn, height] = sizeOf(svg);
      assert.ok(drawn <= asked && drawn > asked - 4, `${drawn} px wide, not ${asked}`);
      if (width === 'slide') assert.ok(height <= SLIDE.height, `a slide ${height} px high`);
      const scene = await textBoxes(spec);
      assert.ok(scene.texts.length >= 4, 'fewer than four texts');
      assert.deepEqual(textFaults(scene), []);
    });
  }
}

test('of a dataset with single trials, and none with one worker, all figures that it has data for are drawn', async () => {
  const keep = ({ trial, workers }: { trial: number; workers: number }) =>
    trial === 1 && [2, 9, 16].includes(workers);
  const sparse = await openSynthetic({ operations: 20_000, keep });
  try {
    for (const figure of figures) {
      const answer = await askEither(figure, sparse.data, client.data);
      const { spec } = await renderSpec(figure.spec(answer));
      assert.deepEqual(textFaults(await textBoxes(spec)), [], figure.name);
      const { short, long } = captionsOf(figure, answer);
      assert.doesNotMatch(`${short} ${long}`, /NaN|undefined|null|Infinity/);
      assert.ok(short.split(/\s+/).length <= 60, short);
    }
  } finally {
    await sparse.remove();
  }
});

test('of a campaign with every fault, role and severity all figures are drawn', async () => {
  const large = await openSynthetic({ operations: 200_000, plans: campaignPlans() });
  try {
    for (const figure of figures) {
      const answer = await askEither(figure, large.data, client.data);
      for (const width of WIDTHS) {
        const { spec } = await renderSpec(figure.spec(answer), { width });
        assert.deepEqual(textFaults(await textBoxes(spec)), [], `${figure.name}, ${width}`);
      }
    }
  } finally {
    await large.remove();
  }
});

test('a text that is cut or lies on another is found', () => {
  const box = (text: string, left: number, top: number) => ({
    text,
    left,
    right: left + 20,
    top,
    bottom: top + 10,
  });
  const texts = [box('a', 0, 0), box('b', 15, 5), box('c', 90, 50)];
  assert.deepEqual(textFaults({ width: 100, height: 100, texts }), ['"c" is cut', '"a" lies on "b"']);
});

test('a spec that Vega has to guess at is refused', async () => {
  const spec = {
    data: { values: [{ a: 'x' }] },
    mark: 'point',
    encoding: { size: { field: 'a', type: 'nominal' } },
  } as const;
  await assert.rejects(renderSpec(spec), /Vega warns: Channel size/);
});

test('an unknown colour is refused', async () => {
  const spec = { data: { values: [{}] }, mark: { type: 'point', color: '$nosuch' } } as const;
  await assert.rejects(renderSpec(spec), /unknown colour in a spec: \$nosuch/);
});
