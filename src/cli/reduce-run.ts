import { mkdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { UserError, unknownName } from '../common/errors.js';
import { type ReduceOptions, reduce } from '../reduce/reduce.js';
import { rerunIn, writeScenario } from '../reduce/rerun.js';
import { trialOf } from '../reduce/trial-of.js';
import { openDataset } from '../results/core/open.js';
import { allRuns } from '../results/runs/all.js';
import { setUpCampaign } from '../setup/setup.js';

/** Runs an invalid run of a dataset again with ever less, and writes the smallest scenario that shows it into a folder. */
export async function reduceRun(
  data: string,
  name: string,
  folder: string,
  options: Omit<ReduceOptions, 'tell'>,
): Promise<void> {
  const run = await runNamed(data, name);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (run.consistency !== 'invalid')
    say(`note: ${name} is ${run.consistency}, not invalid: it may show nothing`);
  await mkdir(folder, { recursive: true });
  const { runtime, debian_release: release } = run;
  const place = { runtime, releases: release === null ? undefined : [release], setUp: setUpCampaign };
  const { trial, runs, finished } = await reduce(trialOf(run), rerunIn(folder, place), {
    ...options,
    tell: (what, shown) => say(`${what}: ${shown ? 'shown again' : 'nothing wrong'}`),
  });
  if (!trial) {
    throw new UserError(
      `${name} was run again ${runs} times, and nothing was wrong: what it showed is rare; try more with --tries`,
    );
  }
  const path = relative(process.cwd(), await writeScenario(folder, trial));
  const where = [`--runtime ${runtime}`, ...(release === null ? [] : [`--releases ${release}`])].join(' ');
  const again = `npm run collect -- ${path} --duration ${trial.durationS} ${where} --trials ${options.tries}`;
  process.stdout.write(
    `${path}: the ${finished ? 'smallest' : 'smallest so far'} of ${runs} runs; again with\n  ${again}\n`,
  );
}

async function runNamed(folder: string, name: string) {
  const data = await openDataset(folder);
  try {
    const runs = await allRuns(data);
    const run = runs.find(({ run_id }) => run_id === name);
    if (run) return run;
    throw unknownName(
      'run',
      name,
      runs.map(({ run_id }) => run_id),
    );
  } finally {
    data.close();
  }
}
