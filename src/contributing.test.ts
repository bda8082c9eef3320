import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from './common/paths.js';

// The lists of .github/CONTRIBUTING.md, followed in a copy of the project for a thing of each kind, and nothing else touched.

const README = readFileSync(packagePath('README.md'), 'utf8');
const GUIDE = readFileSync(packagePath('.github/CONTRIBUTING.md'), 'utf8');
let copy: string;

/** What is added, by the heading of its list: files that are new, and files in which a text is put before another. */
const ADDED: Record<
  string,
  { files?: Record<string, string>; edits?: Record<string, [before: string, text: string]> }
> = {
  'A fault': {
    edits: {
      'src/vocabulary/faults.ts': [
        `  crash: {\n    label: 'Crash',`,
        `  hiccup: { label: 'Hiccup', about: 'for a test', unit: 'ms', worse: 'more', unavailable: false, evidence: ['cpu_time'] },\n`,
      ],
    },
    files: {
      'collect/faults/hiccup.ts': `import { type Fault, nothingToCleanUp } from './parts/fault.js';
export default {
  needs: [],
  prepare: async () => ({ inject: async () => {}, measure: async () => [], lift: async () => {}, hasEnded: async () => true, cleanUp: nothingToCleanUp }),
} satisfies Fault;
`,
      'collect/scenarios/hiccup-leader.yml': `title: Hiccup
question: What does a hiccup do?
workload: kvreadwrite
workers: 4
driver: follower
fault: { kind: hiccup, target: leader, severity: [5, 50], inject_at: 25%, lift_at: 60% }
`,
    },
  },
  'A statistic': {
    files: {
      'src/results/first-error.ts': `import { result } from './core/result.js';
export const firstError = result({
  name: 'first_error',
  version: 1,
  row: 'a run with an error',
  key: [],
  columns: [{ name: 'first_error_ns', type: 'BIGINT', unit: 'ns', about: 'When the first was' }],
  perRun: \`SELECT run_id, min(start_ns) AS first_error_ns FROM operations WHERE outcome <> 'ok' GROUP BY run_id\`,
});
`,
    },
  },
  'A figure': {
    files: {
      // the one that the README tells people to begin with
      'src/figures/slowest-read.ts': /```ts\n(.*?)```/s.exec(README)![1]!,
    },
  },
  'A column': {
    edits: {
      'src/dataset/schema.ts': [
        `    { name: 'kernel', type: 'VARCHAR'`,
        `    { name: 'hostname', type: 'VARCHAR', about: 'Name of the host', optional: true },\n`,
      ],
      'collect/host-facts.ts': [`    kernel: release(),`, `    hostname: 'a-host',\n`],
    },
  },
  'A workload': {
    edits: {
      'src/vocabulary/workloads.ts': [
        `  'write100-then-read': {\n    about`,
        `  kvwrite: { about: 'writes alone', label: 'Writes', program: 'kvreadwrite', built: false, benchmark: 'kvwrite', order: 3 },\n`,
      ],
    },
    files: {
      'collect/scenarios/baseline-write.yml':
        'title: Writes\nquestion: How many writes?\nworkload: kvwrite\nworkers: 4\ndriver: leader\n',
    },
  },
  'A runtime': {
    edits: {
      'src/vocabulary/runtimes.ts': [
        `  process: { about`,
        `  nowhere: { about: 'nowhere', label: 'nowhere', purpose: 'process' },\n`,
      ],
    },
    files: {
      'collect/runtimes/nowhere.ts': `import { processRuntime } from './process.js';
export default { open: processRuntime, releases: () => ['none'] };
`,
    },
  },
};

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'contributing-'));
  for (const name of ['src', 'collect', 'package.json', 'tsconfig.json', 'data/published-2022.csv'])
    cpSync(packagePath(name), join(copy, name), { recursive: true });
  symlinkSync(packagePath('node_modules'), join(copy, 'node_modules'));
  for (const { files = {}, edits = {} } of Object.values(ADDED)) {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(copy, file), text);
    for (const [file, [place, text]] of Object.entries(edits)) {
      const there = readFileSync(join(copy, file), 'utf8');
      assert.ok(there.includes(place), `${place} is in ${file}`);
      writeFileSync(join(copy, file), there.replace(place, text + place));
    }
  }
});
after(() => rmSync(copy, { recursive: true, force: true }));

for (const [heading, { files = {}, edits = {} }] of Object.entries(ADDED)) {
  test(`${heading.toLowerCase()} is the files that its list names, and no others`, () => {
    const [, section = ''] = new RegExp(`### ${heading}\n\n((?:- .*\n(?:  .*\n)*)+)`).exec(GUIDE) ?? [];
    const listed = [...section.matchAll(/^- (.*)/gm)].map(([, line]) => /`([^`]+)`/.exec(line!)![1]!);
    const touched = [...Object.keys(edits), ...Object.keys(files)];
    const folder = (path: string) => (path.includes('<') ? dirname(path) : path);
    assert.deepEqual(
      touched.map((path) => (listed.includes(path) ? path : dirname(path))).sort(),
      listed.map(folder).sort(),
    );
  });
}

test('with these, everything compiles, and each is found', async () => {
  await build();
  const script = `
    import { loadScenario } from './dist/collect/scenario.js';
    import { planCampaign } from './dist/collect/plan.js';
    import { figures } from './dist/src/figures/index.js';
    import { lossWords } from './dist/src/figures/parts/words.js';
    import { RUNTIME_KINDS } from './dist/collect/runtimes/index.js';
    import { hostFacts } from './dist/collect/host-facts.js';
    import { openSynthetic } from './dist/src/testing/open-synthetic.js';
    import { openDataset } from './dist/src/results/core/open.js';
    import { drawFigures } from './dist/src/render/draw.js';
    const scenarios = ['hiccup-leader', 'baseline-write'].map(loadScenario);
    const runs = planCampaign({ scenarios, releases: ['trixie'], trials: 1, durationS: 20, seed: 1 });
    const { data, remove } = await openSynthetic({ operations: 20000, keep: (plan) => plan.scenario === 'crash-leader' });
    const rows = await data.query('SELECT count(*) AS n, any_value(definition) AS definition FROM stored_first_error');
    const [hosts] = await data.query('SELECT count(*) AS runs, count(hostname) AS named FROM runs');
    await remove();
    const reference = await openDataset(${JSON.stringify(packagePath('data/reference'))});
    const own = [];
    for await (const { drawn } of drawFigures(async () => reference, figures.slice(-1), {})) own.push(drawn.missing ?? Object.keys(drawn.files));
    reference.close();
    console.log(JSON.stringify({
      runs: runs.map(({ run_id }) => run_id).sort(), rows: rows[0], hosts, facts: hostFacts().hostname,
      label: lossWords({ fault: 'hiccup', lifted: true }), own, runtime: RUNTIME_KINDS.nowhere.releases(),
    }));`;
  writeFileSync(join(copy, 'look.mjs'), script);
  const { stdout } = await execa(process.execPath, [join(copy, 'look.mjs')]);
  assert.deepEqual(JSON.parse(stdout), {
    runs: ['baseline-write-w04-t1', 'hiccup-leader-50ms-w04-t1', 'hiccup-leader-5ms-w04-t1'],
    rows: { n: 10, definition: 1 },
    hosts: { runs: 10, named: 0 },
    facts: 'a-host',
    label: 'Hiccup',
    own: [['svg', 'pdf', 'png', 'vl.json'].map((ending) => `slowest-read.${ending}`)],
    runtime: ['none'],
  });
});

test('a fault or a runtime whose mechanics are forgotten does not compile', async () => {
  for (const file of ['collect/faults/hiccup.ts', 'collect/runtimes/nowhere.ts']) rmSync(join(copy, file));
  await assert.rejects(build(), (error: { all?: string }) => {
    assert.match(error.all ?? '', /collect\/faults\/index\.ts.*hiccup/s);
    assert.match(error.all ?? '', /collect\/runtimes\/index\.ts.*nowhere/s);
    return true;
  });
});

/** Makes the lists and compiles, as the build does. */
async function build(): Promise<void> {
  const { writeIndexes } = (await import(packagePath('src/generate-indexes.mjs'))) as {
    writeIndexes(root: string): void;
  };
  writeIndexes(copy);
  const compiler = packagePath('node_modules/typescript/bin/tsc');
  await execa(process.execPath, [compiler, '-p', copy], { all: true });
}
