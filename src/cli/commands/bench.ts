import { existsSync } from 'node:fs';
import { unknownName } from '../../common/errors.js';
import { packagePath } from '../../common/paths.js';
import type { Define } from '../commands.js';

/** Each benchmark's module, which exports `run()`. */
const BENCHES: Readonly<Record<string, string>> = {
  attempts: 'dist/src/testing/bench-attempts.js',
  check: 'dist/src/consistency/bench.js',
  collect: 'dist/src/testing/bench-collect.js',
  explore: 'dist/src/testing/bench-explore.js',
  figures: 'dist/src/testing/bench-figures.js',
  ingest: 'dist/src/ingest/bench.js',
};

export const bench: Define = (program) => {
  program
    .command('bench')
    .description('measure how fast a part is, beside its peers')
    .argument('<part>', Object.keys(BENCHES).join(', '))
    .addHelpText('after', '\nExample:\n  npm run bench:ingest')
    .action(async (part: string) => {
      const known = Object.keys(BENCHES).filter((name) => existsSync(packagePath(BENCHES[name]!)));
      if (!known.includes(part)) throw unknownName('benchmark', part, known);
      const { run } = (await import(packagePath(BENCHES[part]!))) as { run(): Promise<void> };
      await run();
    });
};
