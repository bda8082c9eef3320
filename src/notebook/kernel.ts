import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';

/** Jupyter's name of the kernel, as the notebooks name it. tslab's own set-up takes another, so both can be there. */
export const KERNEL = 'dqlite-reliability';

/**
 * Writes the kernel's description to a place of the project's own, so that nothing outside of it changes.
 * @returns the environment in which Jupyter finds it
 */
export async function ownKernel(): Promise<Record<string, string>> {
  const place = packagePath('.cache/jupyter');
  await writeKernel(place);
  const known = process.env['JUPYTER_PATH'];
  return { JUPYTER_PATH: known ? `${place}${delimiter}${known}` : place };
}

/**
 * Puts the kernel where every Jupyter of this user finds it (Lab, the classic notebook, VS Code).
 * @param place a folder of Jupyter's data, such as `share/jupyter` of a virtual environment. Default: the user's
 * @returns the folder that it is in
 */
export async function installKernel(place?: string): Promise<string> {
  return writeKernel(place ?? (await usersPlace()));
}

/**
 * Takes the kernel away again.
 * @returns the folder that it was in
 * @throws UserError where it is not there
 */
export async function uninstallKernel(place?: string): Promise<string> {
  const folder = kernelFolder(place ?? (await usersPlace()));
  if (!existsSync(folder)) throw new UserError(`there is no kernel to take away: ${folder} does not exist`);
  await rm(folder, { recursive: true });
  return folder;
}

async function writeKernel(place: string): Promise<string> {
  const spec = {
    argv: [
      process.execPath,
      // require() of an ES module, which is how a cell imports, is said to be experimental by Node 20
      '--disable-warning=ExperimentalWarning',
      packagePath('dist/src/notebook/kernel-main.js'),
      '{connection_file}',
    ],
    display_name: 'TypeScript (dqlite-reliability)',
    language: 'typescript',
    env: { NODE_PATH: packagePath('node_modules') },
  };
  const folder = kernelFolder(place);
  await writeFileWhole(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 1)}\n`);
  return folder;
}

function kernelFolder(place: string): string {
  return join(place, 'kernels', KERNEL);
}

/** Where Jupyter keeps a user's data: as it says itself, or, where only VS Code is there, as its documentation says. */
async function usersPlace(): Promise<string> {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  const asked = await execa('jupyter', ['--data-dir'], { reject: false });
  if (!asked.failed && asked.stdout.trim()) return asked.stdout.trim();
  if (process.platform === 'darwin') return join(homedir(), 'Library/Jupyter');
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'jupyter');
  return join(XDG_DATA_HOME || join(homedir(), '.local/share'), 'jupyter');
}
