import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { merged, type Output, readNotebook, sourceOf, withOutputs } from './ipynb.js';
import { installKernel } from './kernel.js';
import { chooseNotebooks, runNotebook } from './run.js';

/** Jupyter's own client: starts the kernel, runs the cells one by one, and prints what it was answered. */
const CLIENT = `
import json, sys
from jupyter_client.manager import start_new_kernel
job = json.load(sys.stdin)
manager, client = start_new_kernel(kernel_name='tslab', startup_timeout=120, cwd=job['cwd'])
answers = []
for source in job['cells']:
    heard = []
    reply = client.execute_interactive(source, timeout=300, output_hook=heard.append)
    outputs = [{'output_type': m['header']['msg_type'], **m['content']} for m in heard if m['header']['msg_type'] != 'status']
    answers.append({'status': reply['content']['status'], 'outputs': outputs})
client.stop_channels()
manager.shutdown_kernel(now=True)
with open(job['answers'], 'w') as file: json.dump(answers, file)
`;

let dataset: string;
before(async () => {
  dataset = await mkdtemp(join(tmpdir(), 'kernel-'));
  await writeSyntheticDataset(dataset, { operations: 20_000 });
});
after(() => rm(dataset, { recursive: true, force: true }));

test('the real kernel gives what npm run notebooks gives', async () => {
  const [path] = chooseNotebooks(['01']);
  const notebook = await readNotebook(path!);
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const answers = await ask(code.map(sourceOf));
  assert.deepEqual(
    answers.map(({ status }) => status),
    code.map(() => 'ok'),
  );
  const outputs = answers.map((answer) => merged(answer.outputs.map(known)));
  const here = await runNotebook(path!, { dataset });
  assert.deepEqual(withOutputs(notebook, outputs), here.notebook);
});

test('a figure comes as SVG and as Vega-Lite in one output; a misspelt column is an error of the cell', async () => {
  const [, figure, misspelt] = await ask([
    `import { openDataset, show } from 'dqlite-reliability';\nconst data = await openDataset();`,
    `await show(data.figure('baseline'));`,
    `await data.sql('select scenari from runs');`,
  ]);
  const [first] = figure!.outputs;
  assert.ok(first?.output_type === 'display_data');
  assert.match(String(first.data['image/svg+xml']), /^<svg/);
  assert.ok(first.data['application/vnd.vegalite.v5+json']);
  assert.equal(misspelt!.status, 'error');
  assert.match(JSON.stringify(misspelt!.outputs), /scenari/);
});

async function ask(cells: string[]): Promise<{ status: string; outputs: Output[] }[]> {
  // not on standard output, which is the kernel's too
  const answers = join(dataset, 'answers.json');
  await execa(await jupytersPython(), ['-c', CLIENT], {
    input: JSON.stringify({ cells, answers, cwd: packagePath('notebooks') }),
    env: { ...(await installKernel()), DATASET: dataset, TZ: 'UTC', NO_COLOR: '1' },
    timeout: 600_000,
  });
  return JSON.parse(await readFile(answers, 'utf8'));
}

/** The Python that Jupyter is installed for, which need not be the first on the PATH. */
async function jupytersPython(): Promise<string> {
  const { stdout: jupyter } = await execa('which', ['jupyter']);
  const [, python] = /^#!\s*(\S+)/.exec(await readFile(jupyter, 'utf8')) ?? [];
  return python ?? 'python3';
}

/** What a notebook file keeps of an output. */
function known(output: Output): Output {
  if (output.output_type === 'stream') {
    return { output_type: 'stream', name: output.name, text: output.text };
  }
  return { output_type: 'display_data', data: output.data, metadata: output.metadata };
}
