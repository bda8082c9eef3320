import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { interruptible } from '../common/interrupt.js';
import { packagePath, packageRoot } from '../common/paths.js';
import { setUp } from '../setup/setup.js';
import { batches, findTests, KINDS } from './kinds.js';
import { sharingWhatIsMadeUp } from './made-up-once.js';
import { prepareEnvironment, runFiles } from './run-files.js';
import { Tally } from './tally.js';

export interface TestOptions {
  /** Only what needs no Docker, no browser and no Jupyter. */
  readonly unit?: boolean;
  /** The long checks as well. */
  readonly long?: boolean;
}

/**
 * Sets up what the tests need, lints, and runs the test files; types were checked by the build that comes first.
 * Prints a summary, and sets the process's exit code.
 * @param parts runs nothing but test files whose path contains one of them
 * @throws UserError when set-up fails or no test file is left
 */
export async function test(options: TestOptions, parts: readonly string[]): Promise<void> {
  const kinds = KINDS.map(({ name }) => name).filter((name) =>
    options.unit ? name === 'unit' : name !== 'long' || options.long,
  );
  const found = batches(findTests(packagePath('dist')), kinds, parts);
  if (found.length === 0) {
    throw new UserError(`no test file matches: ${parts.join(', ')} (parts of paths such as src/ingest)`);
  }
  const everything = parts.length === 0;
  await prepare(
    everything && !options.unit
      ? [options.long ? 'long' : 'test']
      : found.flatMap(({ kind }) => kind.needs ?? []),
  );

  const tally = new Tally();
  await interruptible(async (signal) => {
    if (everything) {
      console.log('types: checked by the build\nlint:');
      tally.addCheck(true);
      tally.addCheck(await lintPasses(signal));
    }
    prepareEnvironment();
    await sharingWhatIsMadeUp(async () => {
      for (const batch of found) {
        if (signal.aborted) break;
        console.log(`\n${batch.kind.name} tests (files: ${batch.files.length})`);
        await runFiles(batch, tally, signal);
      }
    });
  }).finally(() => console.log(`\n${tally.summary()}`));
  if (!tally.ok) process.exitCode = 1;
}

/** Lints alone, and sets the process's exit code. */
export async function lint(): Promise<void> {
  if (!(await interruptible(lintPasses))) process.exitCode = 1;
}

/** @throws UserError when set-up for one of these purposes fails */
export async function prepare(purposes: readonly string[]): Promise<void> {
  try {
    for (const purpose of new Set(purposes)) await setUp(purpose);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message}\n\nWithout these: npm run test:unit`, { cause: error });
  }
}

async function lintPasses(cancelSignal: AbortSignal): Promise<boolean> {
  const biome = packagePath('node_modules/@biomejs/biome/bin/biome');
  const { failed } = await execa(process.execPath, [biome, 'check', '--error-on-warnings', '.'], {
    cwd: packageRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    cancelSignal,
    reject: false,
  });
  return !failed;
}
