import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { closest } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import { commands } from './commands.js';

/** The command line, with every subcommand. */
export function newProgram(): Command {
  const { version, description } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
  const program = new Command('dqlite-reliability').description(description).version(version);
  program.showHelpAfterError('(--help shows the options and an example)');
  program.configureOutput({ outputError: (text, write) => write(withNearest(text)) });
  for (const define of commands) define(program);
  for (const command of [program, ...program.commands]) command.option('--debug', 'show stack traces');
  return program;
}

/** Commander names the nearest option and command, but not the nearest of an option's choices. */
export function withNearest(text: string): string {
  const [, received, choices] =
    /argument '([^']*)' is invalid\. Allowed choices are (.*)\.\n/.exec(text) ?? [];
  const near = received && choices && closest(received, choices.split(', '));
  return near ? `${text}(Did you mean ${near}?)\n` : text;
}
