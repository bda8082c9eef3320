import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { figures } from '../figures/index.js';
import { type Figure, MissingData, type Queryable } from '../figures/parts/figure.js';
import { openSynthetic } from '../testing/open-synthetic.js';
import { keyOf } from './cache.js';
import { checkFigures, chooseFigures, type Job, renderFigures } from './figures.js';
import { INTER, readFonts } from './fonts.js';
import { readPalette } from './palette.js';
import { sizeOf } from './svg.js';
import { parseWidth } from './width.js';

let data: Queryable;
let remove: () => Promise<void>;
let out: string;

before(async () => {
  ({ data, remove } = await openSynthetic({ operations: 30_000 }));
});

beforeEach(async () => {
  if (out) await rm(out, { recursive: true, force: true });
  out = await mkdtemp(join(tmpdir(), 'rendered-'));
});

after(async () => {
  await remove?.();
  await rm(out, { recursive: true, force: true });
});

const some = chooseFigures(figures, ['baseline', 'outage', 'published']);
const job = (changes: Partial<Job> = {}): Job => ({
  chosen: some,
  all: true,
  out,
  fingerprint: 'a',
  open: async () => data,
  ...changes,
});

test('a figure comes as SVG, PDF, PNG and resolved spec, with an index and captions', async () => {
  await renderFigures(job());
  assert.deepEqual((await readdir(out)).sort(), [
    '.cache',
    ...['pdf', 'png', 'svg', 'vl.json'].map((ending) => `baseline.${ending}`),
    'captions.json',
    'captions.tex',
    'index.html',
    ...['pdf', 'png', 'svg', 'vl.json'].map((ending) => `outage.${ending}`),
    ...['csv', 'pdf', 'png', 'svg', 'tex', 'vl.json'].map((ending) => `published.${ending}`),
  ]);
  const pdf = await readFile(join(out, 'baseline.pdf'), 'latin1');
  assert.match(pdf, /\/BaseFont \/[A-Z]{6}\+Inter/);
  assert.match(pdf, /\/FontFile2 /);
  assert.match(pdf, /\/ToUnicode /);
  assert.doesNotMatch(pdf, /Helvetica/);
  const png = await readFile(join(out, 'baseline.png'));
  assert.ok(Math.abs(png.readUInt32BE(16) - (320 / 96) * 300) <= 25, `${png.readUInt32BE(16)} dots wide`);
  const spec = JSON.parse(await readFile(join(out, 'baseline.vl.json'), 'utf8'));
  assert.ok(JSON.stringify(spec).includes('"throughput":'));
  const captions = await readFile(join(out, 'captions.tex'), 'utf8');
  assert.match(captions, /dqfig@baseline@short\\endcsname\{Read throughput.*95~\\% interval/);
  assert.match(captions, /dqfig@baseline@long\\endcsname\{Successful reads.*95~\\% interval/);
  assert.match(await readFile(join(out, 'index.html'), 'utf8'), /<img src="outage\.svg"/);
});

test('a font, colours and a width of one’s own', async () => {
  const heavy = INTER.regular.replace('400Regular/Inter_400Regular', '900Black/Inter_900Black');
  const colours = join(out, 'colours.json');
  await writeFile(colours, '{"ink": "#123456"}');
  const own = join(out, 'own');
  const width = parseWidth('120mm')!;
  const [fonts, palette] = [await readFonts([heavy]), await readPalette(colours)];
  await renderFigures(job({ out: own, chosen: [some[0]!], fonts, palette, width }));
  assert.match(await readFile(join(own, 'baseline.pdf'), 'latin1'), /\/BaseFont \/[A-Z]{6}\+Inter-Black/);
  const svg = await readFile(join(own, 'baseline.svg'), 'utf8');
  assert.match(svg, /#123456/);
  assert.match(svg, /font-family="'?Inter Black'?, /);
  assert.ok(Math.abs(sizeOf(svg)[0] - (120 / 25.4) * 96) < 3, `${sizeOf(svg)[0]} px`);
  await assert.rejects(
    renderFigures(job({ out: own, width: 90 })),
    /no figure could be rendered.*\n.*baseline: it needs more than a width of 90 px \(24 mm\): give a larger --width/,
  );
});

test('a font or colours that cannot be used are refused with what was expected', async () => {
  const bad = join(out, 'bad.json');
  const of = async (text: string) => {
    await writeFile(bad, text);
    return readPalette(bad);
  };
  await assert.rejects(of('{"mesured": "#123456"}'), /unknown colour: mesured \(did you mean measured\?\)/);
  await assert.rejects(
    of('{"measured": "blue"}'),
    /measured: expected a colour such as #7fb3d9, received "blue"/,
  );
  await assert.rejects(of('[1]'), /expected an object of names and colours/);
  await assert.rejects(of('{'), /is not JSON/);
  await assert.rejects(readFonts([bad]), /bad.json cannot be read as a font/);
  assert.equal(parseWidth('84'), undefined);
});

test('what has not changed is not drawn again, and of two changed things only those', async () => {
  const never = job({ open: () => assert.fail('the dataset was opened') });
  await renderFigures(job());
  const before = (await stat(join(out, 'outage.svg'))).mtimeMs;
  assert.deepEqual(
    (await renderFigures(never)).map((one) => one.unchanged),
    [true, true, true],
  );
  await writeFile(join(out, 'baseline.png'), 'spoilt');
  assert.deepEqual(
    (await renderFigures(job())).map((one) => one.unchanged),
    [false, true, true],
  );
  assert.equal((await stat(join(out, 'outage.svg'))).mtimeMs, before);
  assert.deepEqual(
    (await renderFigures(job({ fingerprint: 'b' }))).map((one) => one.unchanged),
    [false, false, false],
  );
  assert.deepEqual(
    (await renderFigures(job({ theme: 'dark' }))).map((one) => one.unchanged),
    [false, false, false],
  );
});

test('a change to a figure’s module makes that figure stale, one to the theme all of them', async () => {
  const keys = async (changed?: string) => {
    const built = await mkdtemp(join(out, 'built-'));
    await cp(packagePath('dist/src'), built, { recursive: true });
    if (changed) await appendFile(join(built, changed), '\n// changed');
    return ['baseline', 'outage', 'published'].map((name) => keyOf(name, 0, built));
  };
  const before = await keys();
  const same = (later: string[]) => later.map((key, i) => key === before[i]);
  assert.deepEqual(same(await keys()), [true, true, true]);
  assert.deepEqual(same(await keys('figures/outage.js')), [true, false, true]);
  assert.deepEqual(same(await keys('results/outages.js')), [true, false, true]);
  assert.deepEqual(same(await keys('render/theme.js')), [false, false, false]);
});

test('a check passes on what was rendered, and names each file that differs, is missing or should not be', async () => {
  await renderFigures(job());
  assert.deepEqual(await checkFigures(job()), []);
  await rm(join(out, 'outage.pdf'));
  const svg = await readFile(join(out, 'baseline.svg'), 'utf8');
  await writeFile(join(out, 'baseline.svg'), svg.replace('</svg>', ' </svg>'));
  assert.deepEqual(await checkFigures(job()), [
    `${join(out, 'baseline.svg')}: differs from byte ${svg.indexOf('</svg>')} on`,
    `${join(out, 'outage.pdf')}: is missing`,
  ]);
});

test('figures that are drawn alone are told of on the pages, which keep what they say of the others', async () => {
  const told = async () => {
    const captions = await readFile(join(out, 'captions.tex'), 'utf8');
    const index = await readFile(join(out, 'index.html'), 'utf8');
    return [
      [...captions.matchAll(/dqfig@([\w-]+)@short/g)],
      [...index.matchAll(/<section id="([\w-]+)"/g)],
    ].map((found) => found.map((match) => match[1]));
  };
  const alone = (name: string) => job({ chosen: chooseFigures(figures, [name]), all: false });
  await renderFigures(alone('outage'));
  assert.deepEqual(await told(), [['outage'], ['outage']]);
  await renderFigures(alone('baseline'));
  assert.deepEqual(await told(), [
    ['baseline', 'outage'],
    ['baseline', 'outage'],
  ]);
  await rm(join(out, 'outage.svg'));
  await renderFigures(alone('baseline'));
  assert.deepEqual(await told(), [['baseline'], ['baseline']]);
});

const without: Figure = {
  ...figures[0]!,
  name: 'without',
  query: async () => {
    throw new MissingData('no such runs');
  },
};

test('a figure without data is left out with the reason; none at all is an error', async () => {
  const [, left] = await renderFigures(job({ chosen: [some[1]!, without] }));
  assert.deepEqual([left!.missing, left!.files], ['no such runs', []]);
  await assert.rejects(
    renderFigures(job({ chosen: [without] })),
    /no figure could be rendered from this dataset:\n {2}without: no such runs/,
  );
});

test('a figure that fails says which it is', async () => {
  const broken = { ...some[1]!, spec: () => ({ mark: 'nosuch' }) as never };
  await assert.rejects(renderFigures(job({ chosen: [broken] })), /the figure published could not be drawn: /);
});

test('a run by name gives files of its own name', async () => {
  const chosen = chooseFigures(figures, ['timeline']);
  await renderFigures(job({ chosen, all: false, run: 'crash-leader-bookworm-w9-t3' }));
  assert.ok((await readdir(out)).includes('timeline-crash-leader-bookworm-w9-t3.svg'));
});

test('an unknown figure is answered with the ones that exist', () => {
  assert.throws(
    () => chooseFigures(figures, ['outages']),
    /unknown figure: outages \(did you mean outage\?\)/,
  );
});
