#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { UserError } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import { commands } from './commands.js';

const { version, description } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'));
const program = new Command('dqlite-reliability').description(description).version(version);
program.showHelpAfterError('(--help shows the options and an example)');

for (const define of commands) define(program);
for (const command of [program, ...program.commands]) command.option('--debug', 'show stack traces');

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof UserError;
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  if (process.argv.includes('--debug')) console.error(error);
  else if (!known) process.stderr.write('This was not foreseen; --debug shows where it happened.\n');
  process.exitCode ||= 1;
}
