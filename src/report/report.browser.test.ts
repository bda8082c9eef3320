import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { openDataset } from '../results/core/open.js';
import { chromiumPath } from '../testing/chromium.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import type { Payload } from './payload.js';
import { report } from './report.js';

const EVIL = `<script>document.title = 'owned'</script>`;
const DESK = { width: 1200, height: 900 };
const PHONE = { width: 375, height: 800 };

let folder: string;
let file: string;
let browser: Browser;
/** One page for the tests that leave it fit for the next one. */
let desk: ReturnType<typeof open>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  await writeSyntheticDataset(folder, { operations: 60_000 });
  const runs = join(folder, 'runs.csv');
  await writeFile(runs, (await readFile(runs, 'utf8')).replaceAll(',memory-follower,', `,"${EVIL}",`));
  const data = await openDataset(folder);
  const page = await report(data).finally(() => data.close());
  file = join(folder, 'report.html');
  await writeFile(file, page);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  desk = open(DESK);
  await desk;
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test('every figure is drawn without an error, and no request leaves the page', async () => {
  const { page, troubles } = await open(DESK);
  const empty = await page.$$eval('.chart', (charts) =>
    charts.filter((chart) => chart.querySelectorAll('svg path, svg text').length < 5).map(({ id }) => id),
  );
  assert.deepEqual(empty, []);
  assert.ok((await page.$$('.chart svg')).length > 10);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('text from the data stays text', async () => {
  const { page } = await open(DESK);
  assert.equal(await page.title(), 'dqlite under faults: synthetic');
  assert.ok(
    (await page.$$eval('#scenario option', (all) => all.map((one) => one.textContent))).includes(EVIL),
  );
  assert.ok((await page.locator('#runs-table').innerText()).includes(EVIL));
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption(EVIL);
  assert.equal(await page.title(), 'dqlite under faults: synthetic');
  await page.close();
});

test('a scenario filters the dots, the runs that are offered, and the table', async () => {
  const { page, troubles } = await open(DESK);
  const all = await dots(page);
  assert.match(await page.locator('#compare-note').innerText(), /^(\d+) of \1 usable runs$/);
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('crash-leader');
  await page.waitForFunction(
    (n) => document.querySelectorAll('#compare-chart .role-mark.mark-symbol path').length < n,
    all,
  );
  const rows = page.locator('#runs-table tbody tr:visible');
  assert.equal(await rows.count(), 10);
  assert.equal(await dots(page), 10);
  const releases = await page.locator('#compare-chart .mark-text.role-legend-label text').allTextContents();
  assert.deepEqual(releases, ['bookworm', 'trixie']);
  assert.match(await page.getByRole('combobox', { name: 'Run' }).inputValue(), /^crash-leader/);
  assert.match(await page.locator('#timeline-note').innerText(), /^crash-leader.*Crash; leader/);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('another measure and a logarithmic scale draw the dots anew', async () => {
  const { page, troubles } = await open(DESK);
  const places = () =>
    page.$$eval('#compare-chart .role-mark.mark-symbol path', (all) =>
      all.map((one) => one.getAttribute('transform')).join(),
    );
  const change = async (act: Promise<unknown>, before: string) => {
    await act;
    while ((await places()) === before) await page.waitForTimeout(20);
  };
  const reads = await places();
  await change(page.getByRole('combobox', { name: 'Measure' }).selectOption('read_p99_ms'), reads);
  const linear = await places();
  await change(page.getByRole('checkbox', { name: 'Logarithmic scale' }).check(), linear);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('the timeline shows a run closer: around its fault, by numbers, by a drag', async () => {
  const { page, troubles } = await open(DESK);
  const [from, to] = [
    page.getByRole('spinbutton', { name: 'From (s)' }),
    page.getByRole('spinbutton', { name: 'To (s)' }),
  ];
  await page.getByRole('button', { name: 'Show crash-leader-trixie-w9-t1 over time' }).click();
  await page.waitForFunction(() =>
    /^crash-leader-trixie-w9-t1/.test(document.querySelector('#timeline-note')!.textContent!),
  );
  assert.deepEqual([await from.inputValue(), await to.inputValue()], ['0', '30']);
  await page.getByRole('button', { name: 'Around the fault' }).click();
  assert.equal(await from.inputValue(), '8.5');
  await page.getByRole('button', { name: 'Whole run' }).click();
  await from.fill('5');
  await from.press('Enter');
  assert.equal(await from.inputValue(), '5');
  const plot = (await page.locator('#timeline-chart .concat_2_group .background').first().boundingBox())!;
  await page.mouse.move(plot.x + plot.width * 0.2, plot.y + 20);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.6, plot.y + 20);
  await page.mouse.up();
  assert.deepEqual([await from.inputValue(), await to.inputValue()], ['10', '20']);
  const texts = await page.locator('#timeline-chart text').allTextContents();
  for (const one of ['slowest', '99th percentile', 'median', 'Latency of what succeeded (ms, logarithmic)'])
    assert.ok(texts.includes(one), `${one}: ${texts.join(', ')}`);
  assert.deepEqual(
    texts.filter((text) => /^[\d.]+[kM]$/.test(text)),
    [],
  );
  await page.getByRole('checkbox', { name: 'Logarithmic latency' }).uncheck();
  await page.getByText('Latency of what succeeded (ms)', { exact: true }).waitFor();
  assert.deepEqual(troubles, []);
  await page.close();
});

test('hovering over a mark tells its values', async () => {
  const { page } = await open(DESK);
  await page.locator('#compare-chart .role-mark.mark-symbol path').first().hover({ force: true });
  await page.locator('#vg-tooltip-element.visible').waitFor();
  assert.match(await page.locator('#vg-tooltip-element').innerText(), /run.*configuration/s);
  await page.close();
});

test('each figure can be had as SVG and as data', async () => {
  // a browser that is told to be offline refuses downloads, even of what the page holds
  const { page } = await open(DESK, false);
  const content = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  assert.match(await content('Download baseline as SVG'), /^<svg/);
  const csv = await content('Download the data of baseline as CSV');
  assert.match(csv.split('\n')[0]!, /workers/);
  assert.ok(csv.split('\n').length > 16);
  await page.getByText('Data as a table').first().click();
  assert.ok((await page.locator('details[open] tbody tr').count()) > 16);
  await page.close();
});

test('it can be read on a phone, and charts have names for those who do not see them', async () => {
  const { page, troubles } = await open(PHONE);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  const unnamed = await page.$$eval(
    '.drawing',
    (all) => all.filter((one) => !one.getAttribute('aria-label')).length,
  );
  assert.equal(unnamed, 0);
  assert.deepEqual(troubles, []);
  await page.close();
});

test('it begins with what the dataset says, and leads to the figures', async () => {
  const { page } = await desk;
  const [first] = await page.locator('main h2').allInnerTexts();
  assert.equal(first, 'What it says');
  const said = await page.locator('.finding').first().innerText();
  assert.match(said, /When the leader was killed \(kill -9\) and stayed away, no operation succeeded for \d/);
  assert.match(await page.locator('#section-errors').innerText(), /Refused as locked means/);
  await page.locator('.finding a').first().click();
  assert.equal(new URL(page.url()).hash, '#section-outage');
});

test('one run over time opens on a usable run with a fault, which served before it', async () => {
  const { page } = await desk;
  const note = await page.locator('#timeline-note').innerText();
  assert.match(note, /The fault’s window is shaded/);
  assert.doesNotMatch(note, /not among the usable runs/);
});

test('the table of runs is filtered by words, and sorted by a click on a heading', async () => {
  const { page } = await desk;
  const trials = () => page.locator('#runs-table tbody tr:visible td:nth-child(5)').allInnerTexts();
  await page.locator('input[data-table=runs-table]').fill('crash-leader bookworm');
  assert.match(await page.locator('#runs-table-count').innerText(), /^5 of \d\d+$/);
  const heading = page.locator('#runs-table th', { hasText: 'Trial' });
  await heading.getByRole('button').click();
  assert.deepEqual(await trials(), ['1', '2', '3', '4', '5']);
  await heading.getByRole('button').click();
  assert.deepEqual(await trials(), ['5', '4', '3', '2', '1']);
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
});

test('the data of a figure has a row for each run, under its name, and no line breaks in a text', async () => {
  const { page } = await desk;
  const payload: Payload = JSON.parse((await page.locator('#payload').textContent())!);
  const { rows } = payload.figures.find(({ name }) => name === 'outage')!;
  const names = rows.map((row) => (row as { run_id: string }).run_id);
  assert.equal(new Set(names).size, rows.length);
  assert.ok(names.includes('crash-leader-trixie-w9-t1'));
  for (const { rows } of payload.figures) assert.doesNotMatch(JSON.stringify(rows), /\\n/);
});

test('a dark screen has dark charts, and follows when it turns light', async () => {
  const { page, troubles } = await desk;
  const ink = (colour: string) =>
    page.waitForFunction(
      (colour) => document.querySelector('#figure-outage svg text')?.getAttribute('fill') === colour,
      colour,
    );
  await ink('#1a1a1a');
  await page.emulateMedia({ colorScheme: 'dark' });
  await ink('#f2f2f2');
  assert.match(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    /^rgb\(20, 24, 29\)/,
  );
  await page.emulateMedia({ colorScheme: 'light' });
  await ink('#1a1a1a');
  assert.deepEqual(troubles, []);
});

test('it prints on twelve pages at most', async () => {
  const { page } = await desk;
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  const pages = pdf.match(/\/Type \/Page\b/g)!.length;
  assert.ok(pages > 2 && pages <= 12, `${pages} pages`);
});

test('on paper a chart is as wide as the page says, also after the window changed its size', async () => {
  const { page, troubles } = await open(DESK);
  const widths = () =>
    page.$$eval('figure svg', (charts) => charts.map((chart) => Number(chart.getAttribute('width'))));
  await page.emulateMedia({ media: 'print' });
  const before = await widths();
  assert.ok(before.length > 5 && before.every((width) => width > 0));
  for (const width of [900, 1000, 1200]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(200);
  }
  assert.deepEqual(await widths(), before);
  assert.deepEqual(troubles, []);
});

test('it is a small file', async () => {
  assert.ok((await readFile(file)).length < 5e6);
});

/** The page, drawn, with what went wrong on it: errors, and requests for anything but itself. */
async function open(viewport: { width: number; height: number }, offline = true) {
  const context = await browser.newContext({ viewport, offline, acceptDownloads: true });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('html[data-drawn=yes]', { state: 'attached' });
  return { page, troubles };
}

function dots(page: Page): Promise<number> {
  return page.locator('#compare-chart .role-mark.mark-symbol path').count();
}
