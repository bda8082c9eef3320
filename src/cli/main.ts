#!/usr/bin/env node
import { UserError } from '../common/errors.js';
import { newProgram } from './program.js';

// whoever reads may go before the end, as `head` does: what was begun is finished all the same
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

try {
  await newProgram().parseAsync();
} catch (error) {
  const known = error instanceof UserError;
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  if (process.argv.includes('--debug')) console.error(error);
  else if (!known) process.stderr.write('This was not foreseen; --debug shows where it happened.\n');
  process.exitCode ||= 1;
}
