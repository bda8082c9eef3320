import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { merged, type Output, readNotebook, sourceOf, withOutputs } from './ipynb.js';
import { KERNEL, ownKernel } from './kernel.js';
import { chooseNotebooks, runNotebook } from './run.js';

/** Jupyter's own client: starts the kernel, runs the cells one by one, and prints what it was answered. */
const CLIENT = `
import json, sys, time
from jupyter_client.manager import start_new_kernel
job = json.load(sys.stdin)
manager, client = start_new_kernel(kernel_name='${KERNEL}', startup_timeout=120, cwd=job['cwd'])
answers = []
for source in job['cells']:
    heard = []
    reply = client.execute_interactive(source, timeout=300, output_hook=heard.append)
    outputs = [{'output_type': m['header']['msg_type'], **m['content']} for m in heard if m['header']['msg_type'] != 'status']
    # for 200 ms after an error the kernel answers what is queued with 'abort'
    if reply['content']['status'] == 'error': time.sleep(0.5)
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

test('installed for a user, it runs in any folder, shows last expressions, and tells mistakes in a few lines', async () => {
  const main = packagePath('dist/src/cli/main.js');
  const JUPYTER_DATA_DIR = join(dataset, 'jupyter');
  const installed = await execa({ env: { JUPYTER_DATA_DIR } })`node ${main} kernel install`;
  assert.match(installed.stdout, new RegExp(`^${JUPYTER_DATA_DIR}/kernels/${KERNEL}\n`));
  const [, figure, frame, unawaited, misspelt, wrong] = await ask(
    [
      `import { openDataset, show } from 'dqlite-reliability';\nconst data = await openDataset();
       const runs = await data.frame('select scenario, workers from runs');`,
      `await data.figure('baseline')`,
      'runs.head(1)',
      `show(data.sql('select 1 as one'))`,
      `await data.sql('select scenari from runs');`,
      `await data.figure('baselin')`,
    ],
    { JUPYTER_DATA_DIR },
    dataset,
  );
  const [first] = figure!.outputs;
  assert.ok(first?.output_type === 'display_data');
  assert.match(String(first.data['image/svg+xml']), /^<svg/);
  assert.ok(first.data['application/vnd.vegalite.v5+json']);
  assert.match(JSON.stringify(frame!.outputs), /<th[^>]*>scenario/);
  assert.match(JSON.stringify(unawaited!.outputs), /<th[^>]*>one/);
  assert.equal(misspelt!.status, 'error');
  assert.equal(said(misspelt!), '1:16 - no such column: scenari\n');
  assert.match(said(wrong!), /^unknown figure: baselin \(did you mean baseline\?\)\n[^\n]*\n$/);
  await execa({ env: { JUPYTER_DATA_DIR } })`node ${main} kernel uninstall`;
  assert.equal(existsSync(join(JUPYTER_DATA_DIR, 'kernels', KERNEL)), false);
});

interface Answered {
  status: string;
  outputs: Output[];
}

function said({ outputs }: Answered): string {
  return outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
}

async function ask(
  cells: string[],
  env?: Record<string, string>,
  cwd = packagePath('notebooks'),
): Promise<Answered[]> {
  // not on standard output, which is the kernel's too
  const answers = join(dataset, 'answers.json');
  await execa(await jupytersPython(), ['-c', CLIENT], {
    input: JSON.stringify({ cells, answers, cwd }),
    env: { ...(env ?? (await ownKernel())), DATASET: dataset, TZ: 'UTC', NO_COLOR: '1' },
    timeout: 600_000,
  });
  return JSON.parse(await readFile(answers, 'utf8'));
}

/** The Python that Jupyter is installed for, which need not be the first on the PATH. */
async function jupytersPython(): Promise<string> {
  const { stdout: front } = await execa('sh', [
    '-c',
    'command -v jupyter-lab || command -v jupyter-notebook',
  ]);
  const [, python] = /^#!\s*(\S+)/.exec(await readFile(front, 'utf8')) ?? [];
  return python ?? 'python3';
}

/** What a notebook file keeps of an output. */
function known(output: Output): Output {
  if (output.output_type === 'stream') {
    return { output_type: 'stream', name: output.name, text: output.text };
  }
  return { output_type: 'display_data', data: output.data, metadata: output.metadata };
}
