#!/usr/bin/env node
import { UserError } from '../common/errors.js';
import { newProgram } from './program.js';

try {
  await newProgram().parseAsync();
} catch (error) {
  const known = error instanceof UserError;
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  if (process.argv.includes('--debug')) console.error(error);
  else if (!known) process.stderr.write('This was not foreseen; --debug shows where it happened.\n');
  process.exitCode ||= 1;
}
