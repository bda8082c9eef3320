import type { TestContext } from 'node:test';
import { execa, type Options, type ResultPromise } from 'execa';

/** Starts a program of a test's own and ends it, by its process, with the test. */
export function startProgram(
  context: TestContext,
  command: string,
  args: readonly string[],
  options: Options = {},
): ResultPromise {
  const program = execa(command, args, { stdio: 'ignore', reject: false, ...options });
  context.after(async () => {
    program.kill('SIGTERM', undefined);
    await program;
  });
  return program;
}
