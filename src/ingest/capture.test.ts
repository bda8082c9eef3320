import assert from 'node:assert/strict';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  contents,
  madeUpResults,
  START_NS,
  temporaryFolder,
  writeCapture,
  writeResults,
} from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { replaceIn } from '../testing/replace-in.js';
import { type IngestOptions, ingest } from './ingest.js';
import { resultsText } from './results-text.js';

const bad: Record<string, [spoil: (capture: string) => void, message: RegExp]> = {
  'letters where a number belongs': [
    replacing(
      'results/0-exec-1700000060',
      `${START_NS + 1_000_000n} 1.000001`,
      `${START_NS + 1_000_000n} 1.00000l`,
    ),
    /0-exec-1700000060, line 8: a measurement/,
  ],
  'a count that disagrees': [
    replacing('results/0-exec-1700000060', 'n 3', 'n 4'),
    /0-exec-1700000060, line 1: the header says n is 4/,
  ],
  'results that changed since': [
    (c) => writeFileSync(join(c, 'results/1-exec-1700000060'), resultsText(madeUpResults(2))),
    /1-exec-1700000060 is not what .*manifest.json recorded/,
  ],
  'events that changed since': [replacing('events.csv', 'raft1', 'raft3'), /events.csv is not what/],
  'a results file too many': [
    (c) => writeResults(join(c, 'results'), { '2-exec-1700000060': madeUpResults(1) }),
    /2-exec-1700000060 is not in .*manifest.json/,
  ],
  'a worker twice': [
    (c) => writeResults(join(c, 'results'), { '1-exec-1700000061': madeUpResults(1) }),
    /worker 1 has two exec files/,
  ],
  'a listed file that is not there': [
    (c) => rmSync(join(c, 'results/1-exec-1700000060')),
    /1-exec-1700000060 is not there/,
  ],
  'a manifest that is not JSON': [replacing('manifest.json', '{', ''), /manifest.json: not JSON/],
  'a manifest of another kind': [
    replacing('manifest.json', '"duration_s": 60', '"duration_s": "60"'),
    /manifest.json: run.duration_s/,
  ],
  'a path that leaves the capture': [
    replacing('manifest.json', '"events.csv"', '"../events.csv"'),
    /no path below the capture/,
  ],
  'a folder that was renamed': [
    (c) => renameSync(c, join(c, '../other')),
    /run_id is run, but the folder is other/,
  ],
  'a newer format': [
    replacing('manifest.json', '"format": 2', '"format": 3'),
    /has format 3, and this version .* reads formats 1 to 2: install a newer one/,
  ],
  'a column that is missing': [
    (c) => {
      replaceIn(join(c, 'manifest.json'), /"workers": 2,\n/, '');
    },
    /manifest.json: run.workers/,
  ],
};

for (const [name, [spoil, message]] of Object.entries(bad)) {
  test(`${name}: an error that names the place, and the dataset as it was`, async (context) => {
    const folder = temporaryFolder(context);
    const options: IngestOptions = { paths: [join(folder, 'in')], out: join(folder, 'data') };
    writeCapture(join(folder, 'in/run'));
    await ingest(options);
    const before = contents(options.out);
    spoil(join(folder, 'in/run'));
    await rejects(ingest(options), message);
    assert.deepEqual(contents(options.out), before);
    assert.deepEqual(readdirSync(folder).sort(), ['data', 'in']);
  });
}

function replacing(file: string, from: string, to: string): (capture: string) => void {
  return (capture) => replaceIn(join(capture, file), from, to);
}
