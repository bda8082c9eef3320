import assert from 'node:assert/strict';
import { linkSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { verify } from '../sharing/verify/verify.js';
import {
  contents,
  madeUpResults,
  TWO_WORKERS,
  temporaryFolder,
  writeCapture,
  writeResults,
} from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { replaceIn } from '../testing/replace-in.js';
import { ingest } from './ingest.js';

test('stopped by Ctrl-C, it leaves what was there; killed, the next one clears its traces away', async (context) => {
  const folder = temporaryFolder(context);
  // enough to read for seconds
  writeResults(join(folder, 'in/run'), { '0-exec-1': madeUpResults(20_000) });
  for (let i = 1; i < 1000; i++) {
    linkSync(join(folder, 'in/run/0-exec-1'), join(folder, `in/run/${i >> 1}-${i % 2 ? 'query' : 'exec'}-1`));
  }
  const out = join(folder, 'data');
  const stopIt = async (signal: NodeJS.Signals) => {
    const args = [packagePath('dist/src/cli/main.js'), 'ingest', join(folder, 'in'), '--out', out];
    const child = execa(process.execPath, args, { reject: false });
    while (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) await setTimeout(2);
    child.kill(signal);
    return child;
  };
  const { exitCode, stderr } = await stopIt('SIGINT');
  assert.deepEqual([exitCode, stderr], [130, 'error: stopped by SIGINT']);
  assert.deepEqual(readdirSync(folder), ['in']);
  await stopIt('SIGKILL');
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.tmp')).length, 1);
  writeResults(join(folder, 'small/run'), TWO_WORKERS);
  await ingest({ paths: [join(folder, 'small')], out });
  assert.deepEqual(readdirSync(folder).sort(), ['data', 'in', 'small']);
});

test('a dataset that was being replaced when the process was killed is put back', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data') };
  await ingest(options);
  const before = contents(options.out);
  renameSync(options.out, join(folder, 'data.old.4000000-0123abcd.tmp'));
  replaceIn(join(folder, 'in/run/results/0-exec-1700000060'), 'n 3', 'n 4');
  await rejects(ingest(options), /the header says n is 4/);
  assert.deepEqual(contents(options.out), before);
  assert.deepEqual(readdirSync(folder).sort(), ['data', 'in']);
});

test('of two ingests into one target, one wins and the other says so', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data') };
  const results = await Promise.allSettled([ingest(options), ingest(options)]);
  const lost = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  assert.equal(lost.length, 1);
  assert.match(lost[0]!.reason.message, /is being written by another process/);
  assert.deepEqual(await verify(options.out), []);
});
