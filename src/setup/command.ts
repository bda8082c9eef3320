import { ExecaError, execa, type Options } from 'execa';
import { UserError } from '../common/errors.js';
import type { Host } from './host.js';

/** How many lines of a failed command's output an error shows. */
const TAIL_LINES = 15;

/**
 * Runs a command of the host to its end and gives its standard output.
 * @throws UserError naming the command, with the end of what it printed.
 */
export async function run(
  host: Host,
  command: string,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  try {
    const { stdout } = await execa(command, args, { ...onHost(host), all: true, ...options });
    return String(stdout);
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const said = tail(String(error.all ?? '')) || error.originalMessage;
    throw new UserError(`${error.escapedCommand} failed:\n${indent(said)}`, { cause: error });
  }
}

/** Options for execa: commands are found where the host has them, and nothing waits for an answer. */
export function onHost(host: Host): Pick<Options, 'env' | 'stdin'> {
  return { env: { PATH: host.path }, stdin: 'ignore' };
}

/** The last lines of a text. */
export function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/** Every line moved in by two spaces. */
export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
