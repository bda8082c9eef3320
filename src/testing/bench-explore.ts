import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { openExplored } from '../explore/database.js';
import { serve } from '../explore/server.js';
import { brush, counted } from './brush.js';
import { chromiumPath } from './chromium.js';
import { writeSyntheticDataset } from './synthetic-dataset.js';

const OPERATIONS = 10_000_000;
const STEPS = 25;

/** How long the explorer takes to answer a brush, in a real browser, from a made-up dataset of 10 M operations. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-explore-'));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  try {
    process.stdout.write(`writing a dataset of ${OPERATIONS.toLocaleString('en-US')} operations …\n`);
    await writeSyntheticDataset(folder, { operations: OPERATIONS });
    const start = performance.now();
    const data = await openExplored(folder);
    line('open the dataset', performance.now() - start);
    const server = await serve(data);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const opened = performance.now();
    await page.goto(server.url);
    await counted(page);
    line('draw the page', performance.now() - opened);
    const [first, ...others] = await brush(page, STEPS);
    others.sort((a, b) => a - b);
    line('answer the first move of a brush', first!);
    line('answer a later one, median', others[Math.floor(others.length / 2)]!);
    line('answer a later one, slowest', others.at(-1)!);
    await server.close();
    data.close();
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function line(what: string, ms: number): void {
  process.stdout.write(`${what.padEnd(40)} ${(ms / 1000).toFixed(2)} s\n`);
}
