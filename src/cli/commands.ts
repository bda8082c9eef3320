import type { Command } from 'commander';
import { bench } from './commands/bench.js';
import { check } from './commands/check.js';
import { collect } from './commands/collect.js';
import { dataset } from './commands/dataset.js';
import { explore } from './commands/explore.js';
import { figures } from './commands/figures.js';
import { hosts } from './commands/hosts.js';
import { ingest } from './commands/ingest.js';
import { jupyter } from './commands/jupyter.js';
import { kernel } from './commands/kernel.js';
import { notebooks } from './commands/notebooks.js';
import { readme } from './commands/readme.js';
import { report } from './commands/report.js';
import { reproduce } from './commands/reproduce.js';
import { setup } from './commands/setup.js';
import { summary } from './commands/summary.js';
import { test } from './commands/test.js';

/** Adds one subcommand, its options and its example to the program. */
export type Define = (program: Command) => void;

/** Every subcommand; each imports what it needs only when it is called. */
export const commands: readonly Define[] = [
  bench,
  check,
  collect,
  dataset,
  explore,
  figures,
  hosts,
  ingest,
  jupyter,
  kernel,
  notebooks,
  readme,
  report,
  reproduce,
  setup,
  summary,
  test,
];
