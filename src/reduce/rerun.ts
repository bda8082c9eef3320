import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type CollectOptions, collect } from '../../collect/collect.js';
import { writeFileWhole } from '../common/files.js';
import { checkDataset } from '../consistency/check-dataset.js';
import { TABLES } from '../dataset/schema.js';
import { ingest } from '../ingest/ingest.js';
import type { Runner } from './reduce.js';
import type { Trial } from './smaller.js';

/** Where and by what trials are run. */
export type Place = Pick<CollectOptions, 'releases' | 'runtime' | 'setUp'>;

/** Runs trials on a real cluster, with what they leave in a folder for as long as they are looked at. */
export function rerunIn(folder: string, place: Place): Runner {
  return async (trial) => {
    const own = await mkdtemp(join(folder, 'run-'));
    try {
      const scenario = await writeScenario(own, trial);
      const captures = await collect({
        ...place,
        ...{ scenarios: [scenario], durationS: trial.durationS, trials: 1, seed: 1, retries: 0 },
        ...{ out: join(own, 'campaign'), name: `reduce-${process.pid}`, repeatDisturbed: false },
        ...{ resume: false, dryRun: false },
      });
      await ingest({ paths: [captures], out: join(own, 'data') });
      // a run that failed left no history
      if (!existsSync(join(own, 'data', TABLES.attempts.file))) return false;
      return await isInvalid(join(own, 'data'));
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  };
}

/** Whether something is wrong in any run of a dataset. */
export async function isInvalid(data: string): Promise<boolean> {
  for await (const { verdict } of checkDataset(data)) if (verdict === 'invalid') return true;
  return false;
}

/** Writes a trial as a scenario that can be collected, and returns its path. */
export async function writeScenario(folder: string, { scenario, durationS }: Trial): Promise<string> {
  const path = join(folder, 'reduced.yml');
  await writeFileWhole(path, stringify({ ...scenario, at_least_s: durationS }));
  return path;
}
