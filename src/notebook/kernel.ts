import { delimiter, join } from 'node:path';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';

/** Jupyter's name of the kernel, as the notebooks name it; tslab's own set-up gives it the same. */
export const KERNEL = 'tslab';

/**
 * Writes the kernel's description to a place of the project's own, so that nothing outside of it changes.
 * @returns the environment in which Jupyter finds it
 */
export async function installKernel(): Promise<Record<string, string>> {
  const place = packagePath('.cache/jupyter');
  const spec = {
    argv: [
      process.execPath,
      // require() of an ES module, which is how a cell imports, is said to be experimental by Node 20
      '--disable-warning=ExperimentalWarning',
      packagePath('node_modules/tslab/bin/tslab'),
      'kernel',
      '--config-path',
      '{connection_file}',
    ],
    display_name: 'TypeScript',
    language: 'typescript',
    env: { NODE_PATH: packagePath('node_modules') },
  };
  await writeFileWhole(join(place, 'kernels', KERNEL, 'kernel.json'), `${JSON.stringify(spec, null, 1)}\n`);
  const known = process.env['JUPYTER_PATH'];
  return { JUPYTER_PATH: known ? `${place}${delimiter}${known}` : place };
}
