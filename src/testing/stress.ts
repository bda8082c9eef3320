import { execa } from 'execa';
import { UserError } from '../common/errors.js';
import { interruptible } from '../common/interrupt.js';
import { packagePath } from '../common/paths.js';
import { batches, findTests } from './kinds.js';
import { prepare } from './run.js';
import { prepareEnvironment, runFiles } from './run-files.js';
import { Tally } from './tally.js';

/**
 * Runs the tests with clusters so many times beside one busy core, and prints each failure: they are the tests that a busy
 * machine could break. Sets the process's exit code.
 * @param parts runs nothing but test files whose path contains one of them
 * @throws UserError when set-up fails or no test file is left
 */
export async function stress(times: number, parts: readonly string[]): Promise<void> {
  const found = batches(findTests(packagePath('dist')), ['process', 'cluster'], parts);
  if (found.length === 0) throw new UserError(`no test with a cluster matches: ${parts.join(', ')}`);
  await prepare(found.flatMap(({ kind }) => kind.needs ?? []));
  prepareEnvironment();
  let failed = 0;
  let rounds = 0;
  await interruptible(async (signal) => {
    const busy = execa('sh', ['-c', 'while :; do :; done'], { reject: false, stdio: 'ignore' });
    try {
      for (; rounds < times && !signal.aborted; rounds++) {
        const tally = new Tally();
        for (const batch of found) if (!signal.aborted) await runFiles(batch, tally, signal, 'failures');
        if (!tally.ok) failed += 1;
        console.log(`round ${rounds + 1} of ${times}: ${tally.counts()}`);
      }
    } finally {
      busy.kill('SIGKILL');
      await busy;
    }
  }).finally(() => console.log(`\n${rounds} rounds beside a busy core, ${failed} with failures`));
  if (failed > 0) process.exitCode = 1;
}
