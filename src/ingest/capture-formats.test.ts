import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CAPTURE_FORMAT } from '../../collect/capture/format.js';
import { packagePath } from '../common/paths.js';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { readCapture } from './capture.js';
import { ingest } from './ingest.js';

/** A real run of each format: the leader limited to 0.02 CPUs from the start of a workload of a second. */
const fixture = (format: number) => packagePath('src', 'testing', 'fixtures', `capture-${format}`);
const FORMATS = Array.from({ length: CAPTURE_FORMAT }, (_, i) => i + 1);

function captureOf(format: number): string {
  const [run] = readdirSync(fixture(format));
  return join(fixture(format), run!);
}

/** A copy of a capture that may be changed; `edit` gives a file's new text, and the manifest is told of it. */
function edited(t: TestContext, format: number, file: string, edit: (text: string) => string): string {
  const folder = join(temporaryFolder(t), captureOf(format).split('/').at(-1)!);
  cpSync(captureOf(format), folder, { recursive: true });
  const text = edit(readFileSync(join(folder, file), 'utf8'));
  writeFileSync(join(folder, file), text);
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const listed = manifest.files.find((entry: { path: string }) => entry.path === file);
  if (listed) listed.sha256 = createHash('sha256').update(text).digest('hex');
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

const json =
  (change: (manifest: { format: number; run: Record<string, unknown> }) => void) => (text: string) => {
    const manifest = JSON.parse(text);
    change(manifest);
    return JSON.stringify(manifest);
  };

for (const format of FORMATS) {
  test(`a capture of format ${format} is read as one of today`, async () => {
    const { row, events, evidence, samples } = await readCapture(captureOf(format));
    const { fault, fault_confirmed, failure, driver_role, target_node, rows_found } = row;
    assert.deepEqual(
      { fault, fault_confirmed, failure, driver_role, target_node },
      {
        fault: 'cpu-limit',
        fault_confirmed: true,
        failure: null,
        driver_role: 'follower',
        target_node: 'raft1',
      },
    );
    assert.ok(rows_found! > 0);
    assert.deepEqual(
      evidence.map(({ metric, node, unit }) => [metric, node, unit]),
      [['throttled_share', 'raft1', 'share']],
    );
    assert.ok(evidence[0]!.during > 0.5, `held back for ${evidence[0]!.during} of the time`);
    const happened = new Set(events.map(({ event }) => event));
    for (const event of ['workload_started', 'fault_injected', 'fault_confirmed', 'count_taken'] as const)
      assert.ok(happened.has(event), event);
    assert.ok(samples.length > 10);
  });

  test(`a capture of format ${format} becomes a dataset`, async (t) => {
    const out = join(temporaryFolder(t), 'data');
    const { runs } = await ingest({ paths: [fixture(format)], out });
    assert.equal(runs.length, 1);
    assert.ok(runs[0]!.acknowledged_writes! > 0);
    assert.ok(runs[0]!.rows_found! >= runs[0]!.acknowledged_writes!);
  });
}

test('format 1 said of its run what is found of it today', async (t) => {
  const said = JSON.parse(readFileSync(join(captureOf(1), 'manifest.json'), 'utf8')).run;
  const { runs } = await ingest({ paths: [fixture(1)], out: join(temporaryFolder(t), 'data') });
  assert.equal(runs[0]!.acknowledged_writes, said.acknowledged_writes);
  assert.equal(runs[0]!.run_flags, said.flags);
});

test('an unknown newer format is refused, with what to do', async (t) => {
  const newer = edited(
    t,
    2,
    'manifest.json',
    json((manifest) => Object.assign(manifest, { format: 3 })),
  );
  await rejects(
    readCapture(newer),
    /has format 3, and this version .* reads formats 1 to 2: install a newer one/,
  );
});

test('a column that a capture does not have is null where it may be, and an unknown one is refused', async (t) => {
  const older = edited(
    t,
    2,
    'manifest.json',
    json(({ run }) => delete run['host_cpu_model']),
  );
  assert.equal((await readCapture(older)).row.host_cpu_model, null);
  const other = edited(
    t,
    2,
    'manifest.json',
    json(({ run }) => Object.assign(run, { colour: 'red' })),
  );
  await rejects(readCapture(other), /run.*: .*colour/s);
  const without = edited(
    t,
    2,
    'manifest.json',
    json(({ run }) => delete run['workers']),
  );
  await rejects(readCapture(without), /run.workers/);
});

test('columns of a table stand in any order, and those that may be missing may', async (t) => {
  const turned = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.split(',').reverse().slice(1).join(','))
      .join('\n');
  const [column] = readFileSync(join(captureOf(2), 'samples.csv'), 'utf8')
    .split('\n')[0]!
    .split(',')
    .slice(-1);
  const { samples } = await readCapture(edited(t, 2, 'samples.csv', turned));
  const whole = (await readCapture(captureOf(2))).samples;
  assert.deepEqual(
    samples,
    whole.map((row) => ({ ...row, [column!]: null })),
  );
  const renamed = edited(t, 2, 'samples.csv', (text) => text.replace('cpu_ns', 'cpu_time'));
  await rejects(readCapture(renamed), /samples.csv, line 1: expected the columns/);
});
