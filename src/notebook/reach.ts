import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { packagePath } from '../common/paths.js';

type Paths = Record<
  'fileExists' | 'readFile' | 'directoryExists' | 'realpath',
  (path: string, ...rest: unknown[]) => unknown
>;

/**
 * Lets the compiler of cells find this project's packages for a notebook in any folder: what is not in `node_modules`
 * there is looked for in those of the project, as Node does by NODE_PATH.
 *
 * @param folder the notebook's
 */
export function reachPackagesFrom(folder: string): void {
  const { sys } = createRequire(packagePath('node_modules/tslab/dist/converter.js'))(
    '@tslab/typescript-for-tslab',
  ) as { sys: Paths };
  const [theirs, ours] = [join(folder, 'node_modules') + sep, packagePath('node_modules') + sep];
  if (theirs === ours) return;
  const { fileExists, directoryExists } = sys;
  const isThere = (path: string) => fileExists(path) === true || directoryExists(path) === true;
  const placed = (path: string) =>
    path.startsWith(theirs) && !isThere(path) ? ours + path.slice(theirs.length) : path;
  for (const name of ['fileExists', 'readFile', 'directoryExists', 'realpath'] as const) {
    const own = sys[name];
    sys[name] = (path, ...rest) => own(placed(path), ...rest);
  }
}
