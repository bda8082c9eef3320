import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { brush, counted } from '../testing/brush.js';
import { chromiumPath } from '../testing/chromium.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import type { Plan } from '../testing/synthetic-plans.js';
import { type Explored, openExplored } from './database.js';
import { type Server, serve } from './server.js';

const EVIL = `<img src=x onerror="document.title='owned'">`;

let folder: string;
let data: Explored;
let server: Server;
let browser: Browser;
let page: Page;
const troubles: string[] = [];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explore-'));
  const isLong = ({ fault, trial }: Plan) => fault === 'none' && trial === 3;
  const change = (plan: Plan) => (isLong(plan) ? { ...plan, duration_s: 300 } : plan);
  await writeSyntheticDataset(folder, { operations: 60_000, change });
  const runs = join(folder, 'runs.csv');
  const quoted = `"${EVIL.replaceAll('"', '""')}"`;
  await writeFile(runs, (await readFile(runs, 'utf8')).replaceAll(',memory-follower,', `,${quoted},`));
  data = await openExplored(folder);
  server = await serve(data);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  page = await open();
});
after(async () => {
  await browser?.close();
  await server?.close();
  data?.close();
  await rm(folder, { recursive: true, force: true });
});

test('all operations are counted, every chart is drawn, and a brush over one filters the others', async () => {
  const all = await counted(page);
  const operations = data.operations.toLocaleString('en-US');
  assert.equal(all, `${operations} of ${operations} operations`);
  await page.waitForFunction(() => document.querySelectorAll('.charts figure svg').length >= 6);
  await brush(page, 4);
  const some = await counted(page);
  assert.ok(numberIn(some) > 0 && numberIn(some) < numberIn(all), `${some}, of ${all}`);
  assert.deepEqual(troubles, []);
});

test('the axis of latencies ends with the tallest bar, however many operations have no latency', async () => {
  const share = await page.$eval('#overview figure svg', (svg) => {
    const bars = [...svg.querySelectorAll('g[aria-label="rect"] rect')];
    const tallest = Math.max(...bars.map((bar) => Number(bar.getAttribute('height'))));
    return tallest / Number(svg.getAttribute('height'));
  });
  assert.ok(share > 0.5, `${share} of the height`);
});

test('no name of an axis is cut, however long it is', async () => {
  const names = await page.$$eval('#overview figure svg', (charts) =>
    charts.flatMap((svg) => {
      const { left } = svg.getBoundingClientRect();
      const labels = [...svg.querySelectorAll('g[aria-label="y-axis tick label"] text')];
      return labels.map((one) => ({ name: one.textContent, at: one.getBoundingClientRect().left - left }));
    }),
  );
  assert.ok(
    names.some(({ name }) => name === EVIL),
    'a long one is there',
  );
  for (const { name, at } of names) assert.ok(at >= 0, `${name} begins at ${at} px`);
});

test('a menu filters the operations', async () => {
  await page.reload();
  const all = numberIn(await counted(page));
  await page.getByLabel('Kind').selectOption('write');
  await page.waitForFunction(
    (before) => !document.getElementById('count')!.textContent!.startsWith(before),
    all.toLocaleString('en-US'),
  );
  const [writes] = (await data.ask("SELECT count(*) FROM ops WHERE op = 'write'")).columns;
  assert.equal(numberIn(await counted(page)), writes![0]);
});

test('a run is shown with its events, and another when it is chosen', async () => {
  await page.waitForFunction(() => document.querySelectorAll('#marks tbody tr').length > 2);
  const run = await page.locator('#run').inputValue();
  assert.ok((await page.locator('#marks').innerText()).includes('fault_injected'), run);
  const baseline = await page.$eval('#run', (menu) => {
    return [...(menu as HTMLSelectElement).options].find(({ value }) => value.startsWith('baseline'))!.value;
  });
  await page.locator('#run').selectOption(baseline);
  await page.waitForFunction(() => !document.getElementById('marks')!.innerText.includes('fault_injected'));
});

test('what became of operations is stacked in the same order at every moment, in bars and on an axis of the run’s own', async () => {
  const { ends, orders, count } = await page.$eval('#timeline svg', (svg) => {
    const bars = [...svg.querySelectorAll('g[aria-label="rect"] rect')].map((bar) => {
      const of = (name: string) => Number(bar.getAttribute(name));
      return {
        x: of('x'),
        end: of('x') + of('width'),
        bottom: of('y') + of('height'),
        fill: bar.getAttribute('fill')!,
      };
    });
    const moments = [...new Set(bars.map(({ x }) => x))].map((x) => bars.filter((bar) => bar.x === x));
    const order = (moment: typeof bars) =>
      moment.toSorted((a, b) => b.bottom - a.bottom).map(({ fill }) => fill);
    return {
      ends: Math.max(...bars.map(({ end }) => end)) / Number(svg.getAttribute('width')),
      count: moments.length,
      orders: moments.map(order).filter((fills) => fills.length > 1),
    };
  });
  assert.ok(orders.length > 5, `${orders.length} moments with several outcomes`);
  for (const fills of orders)
    assert.deepEqual(
      fills,
      fills.toSorted((a, b) => orders[0]!.indexOf(a) - orders[0]!.indexOf(b)),
    );
  assert.ok(count > 50 && count <= 150, `${count} bars of a run`);
  assert.ok(ends > 0.8, `bars end at ${ends} of the width`);
});

test('a question of one’s own gives rows, a CSV file and a figure with its spec', async () => {
  await page
    .getByLabel('SQL')
    .fill('SELECT scenario, count(*) AS runs FROM runs GROUP BY scenario ORDER BY scenario');
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.waitForFunction(() => document.querySelector('#table th:nth-child(2)')?.textContent === 'runs');
  assert.ok((await page.locator('#table').innerText()).includes(EVIL), 'text from the data stays text');
  const csv = await downloaded(page, 'All rows as CSV');
  assert.match(csv, /^scenario,runs\n/);
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await page.waitForSelector('#drawn svg');
  const spec = JSON.parse(await downloaded(page, 'The figure’s spec (.vl.json)'));
  assert.match(spec.$schema ?? '', /vega-lite/);
  assert.equal(await page.title(), 'Explore: A made-up dataset');
  assert.deepEqual(troubles, []);
});

test('what is no question is refused with words, and changes nothing', async () => {
  for (const [sql, words] of [
    ['DROP TABLE ops', /expected a question/],
    ["COPY runs TO 'runs.csv'", /expected a question|disabled/],
    ["SELECT * FROM read_csv('/etc/passwd')", /disabled by configuration/],
    ['SELECT nothing FROM ops', /"nothing" not found/],
  ] as const) {
    await page.getByLabel('SQL').fill(sql);
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.waitForFunction(() => document.getElementById('problem')!.textContent !== '');
    assert.match((await page.locator('#problem').textContent())!, words);
    await page.locator('#problem').evaluate((one) => {
      one.textContent = '';
    });
  }
});

test('nobody asks without the token, nor by another name, nor for other files', async () => {
  const { port } = new URL(server.url);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<number>((done, failed) => {
      request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
        response.resume();
        done(response.statusCode!);
      })
        .on('error', failed)
        .end(method === 'POST' ? '{"sql": "SELECT 1"}' : undefined);
    });
  const token = new URL(server.url).searchParams.get('token')!;
  assert.equal(await get('/rows', {}, 'POST'), 403);
  assert.equal(await get('/rows', { authorization: 'Bearer guessed' }, 'POST'), 403);
  assert.equal(await get('/rows', { authorization: `Bearer ${token}` }, 'POST'), 200);
  assert.equal(await get('/rows', { authorization: `Bearer ${token}`, host: 'evil.example' }, 'POST'), 403);
  assert.equal(await get('/'), 403);
  assert.equal(await get('/modules/../package.json'), 404);
  assert.equal(await get('/modules/d3/%2e%2e/%2e%2e/package.json'), 404);
  assert.equal(await get('/modules/execa/index.js'), 404);
});

async function open(): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  opened.on('pageerror', (error) => troubles.push(error.message));
  opened.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  opened.on('request', (one) => {
    const outside = !one.url().startsWith(new URL(server.url).origin) && !/^(data|blob):/.test(one.url());
    if (outside) troubles.push(one.url());
  });
  await opened.goto(server.url);
  return opened;
}

async function downloaded(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile((await file.path())!, 'utf8');
}

const numberIn = (text: string): number => Number(/^[\d,]+/.exec(text)![0].replaceAll(',', ''));
