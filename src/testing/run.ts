import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { interruptible } from '../common/interrupt.js';
import { packagePath, packageRoot } from '../common/paths.js';
import { setUp } from '../setup/setup.js';
import { type Batch, batches, findTests, KINDS } from './kinds.js';
import { prepareEnvironment, runFiles } from './run-files.js';
import { Tally } from './tally.js';

export interface TestOptions {
  /** Only lint. */
  readonly lint?: boolean;
  /** Only what needs no Docker, no browser and no Jupyter. */
  readonly unit?: boolean;
  /** The long checks as well. */
  readonly long?: boolean;
}

/**
 * Sets up what the tests need, lints, and runs the test files; types were checked by the build that comes first.
 * Prints a summary, and sets the process's exit code.
 * @param patterns runs only test files whose path contains one of them
 */
export async function test(options: TestOptions, patterns: readonly string[]): Promise<void> {
  const kinds = KINDS.map(({ name }) => name).filter((name) =>
    options.unit ? name === 'unit' : name !== 'long' || options.long,
  );
  const found = options.lint ? [] : batches(findTests(packagePath('dist')), kinds, patterns);
  if (!options.lint && found.length === 0) {
    throw new UserError(`no test file matches: ${patterns.join(', ')} (parts of paths such as src/ingest)`);
  }
  await prepare(options, patterns, found);

  const tally = new Tally();
  await interruptible(async (signal) => {
    if (patterns.length === 0) await lint(tally, signal);
    prepareEnvironment();
    for (const batch of found) {
      if (signal.aborted) break;
      heading(
        `${batch.kind.name} tests, ${batch.files.length} ${batch.files.length === 1 ? 'file' : 'files'}`,
      );
      await runFiles(batch, tally, signal);
    }
  }).finally(() => console.log(`\n${tally.summary()}`));
  if (!tally.ok) process.exitCode = 1;
}

/** A full run is set up for everything, a selection for what its files need. */
async function prepare(
  options: TestOptions,
  patterns: readonly string[],
  found: readonly Batch[],
): Promise<void> {
  const full = !options.lint && !options.unit && patterns.length === 0;
  const needs = full ? ['test'] : [...new Set(found.flatMap(({ kind }) => kind.needs ?? []))];
  try {
    for (const purpose of needs) await setUp(purpose);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message}\n\nWithout these: npm run test:unit`, { cause: error });
  }
}

/** Counts as one test, and so do the types, which were checked when the build passed. */
async function lint(tally: Tally, signal: AbortSignal): Promise<void> {
  tally.add('pass', { name: 'types' });
  heading('types: checked by the build\nlint');
  const biome = packagePath('node_modules/@biomejs/biome/bin/biome');
  const { failed } = await execa(process.execPath, [biome, 'check', '--error-on-warnings', '.'], {
    cwd: packageRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    cancelSignal: signal,
    reject: false,
  });
  tally.add(failed ? 'fail' : 'pass', { name: 'lint' });
}

function heading(text: string): void {
  console.log(`\n${text}`);
}
