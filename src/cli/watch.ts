import { watch as observe } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import { watchSources } from './watch-sources.js';

/** Sources that a figure is made from, below src. */
export const FOLDERS = ['vocabulary', 'common', 'dataset', 'results', 'figures', 'render'];

/** Changes that come within so many ms are one. */
const TOGETHER_MS = 60;

/**
 * Renders what changed whenever a source or the dataset changes, until it is interrupted. A changed source is compiled
 * by itself, without a check of its types (the next build checks them), and rendered by a process that was started
 * ahead and has loaded all packages, but none of the project's modules: a module once imported stays as it was.
 */
export async function watchFigures(dataset: string): Promise<never> {
  const { default: typescript } = await import('typescript');
  const changed = new Set<string>();
  let [busy, again] = [false, true];
  let ready = ahead();
  const compile = async (path: string): Promise<boolean> => {
    const source = await readFile(packagePath('src', path), 'utf8').catch(() => undefined);
    if (source === undefined) return true;
    const { outputText, diagnostics = [] } = typescript.transpileModule(source, {
      fileName: path,
      reportDiagnostics: true,
      compilerOptions: {
        target: typescript.ScriptTarget.ES2022,
        module: typescript.ModuleKind.ESNext,
      },
    });
    for (const { start = 0, messageText } of diagnostics) {
      const line = source.slice(0, start).split('\n').length;
      const words = typescript.flattenDiagnosticMessageText(messageText, '\n');
      process.stderr.write(`src/${path}:${line}: ${words}\n`);
    }
    if (diagnostics.length === 0)
      await writeFileWhole(packagePath('dist/src', path.replace(/\.ts$/, '.js')), outputText);
    return diagnostics.length === 0;
  };
  const render = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      const paths = [...changed];
      changed.clear();
      const compiled = await Promise.all(paths.map(compile));
      if (compiled.every(Boolean)) {
        const worker = ready;
        worker.stdin.end(JSON.stringify(process.argv.slice(2).filter((arg) => arg !== '--watch')));
        await worker;
        ready = ahead();
      } else for (const path of paths) changed.add(path);
      process.stdout.write('watching; Ctrl-C ends\n');
    }
    busy = false;
  };
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    again = true;
    clearTimeout(timer);
    timer = setTimeout(render, TOGETHER_MS);
  };
  watchSources(packagePath('src'), FOLDERS, (path) => {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) return;
    changed.add(path);
    soon();
  });
  observe(dataset, soon);
  await render();
  return new Promise(() => {});
}

/** It ends by itself when this process does. */
function ahead() {
  return execa(process.execPath, [packagePath('dist/src/cli/watch-worker.js')], {
    stdin: 'pipe',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
}
