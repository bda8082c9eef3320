import { programs } from './requirement.js';

/** dqlite's benchmark and shell on the machine itself, for clusters that run without Docker. */
export const dqlite = programs(
  'dqlite',
  { 'dqlite-benchmark': 'go-dqlite', dqlite: 'go-dqlite' },
  'build https://github.com/canonical/go-dqlite and put dqlite and dqlite-benchmark on the PATH',
);
