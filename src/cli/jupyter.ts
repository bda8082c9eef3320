import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { ownKernel } from '../notebook/kernel.js';
import { thisHost, which } from '../setup/host.js';
import { setUp } from '../setup/setup.js';
import { datasetFor } from './notebooks.js';

export interface JupyterOptions {
  data?: string;
  browser: boolean;
  port?: string;
}

/** `npm run jupyter`: JupyterLab where it is installed, else the classic notebook, until it is stopped. */
export async function openJupyter(options: JupyterOptions): Promise<void> {
  const dataset = datasetFor(options.data);
  await setUp('jupyter');
  const environment = await ownKernel();
  const program = which(thisHost(), 'jupyter-lab') ? 'jupyter-lab' : 'jupyter-notebook';
  const args = [
    `--notebook-dir=${packagePath('notebooks')}`,
    ...(options.browser ? [] : ['--no-browser']),
    ...(options.port ? [`--port=${options.port}`] : []),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  process.stderr.write(
    `the notebooks use ${dataset ?? 'the datasets that they name: give another with --data'}; Ctrl-C ends Jupyter\n`,
  );
  const { exitCode = 1 } = await execa(program, args, {
    env: { ...environment, ...(dataset === undefined ? {} : { DATASET: dataset }) },
    stdio: 'inherit',
    reject: false,
  });
  process.exitCode = exitCode;
}
