import { InvalidArgumentError, Option } from 'commander';
import { rateSchema } from '../../../collect/load/settings.js';
import { parsePart } from '../../../collect/part.js';
import { levelOf, parseReach } from '../../../collect/until.js';
import { closest } from '../../common/errors.js';
import { DEFAULT_RUNTIME, RUNTIME_NAMES, RUNTIMES } from '../../vocabulary/runtimes.js';
import { isOfClient, WORKLOAD_NAMES, type WorkloadName } from '../../vocabulary/workloads.js';
import type { Define } from '../commands.js';
import { whole } from '../whole.js';

export const collect: Define = (program) => {
  program
    .command('collect')
    .description('run a campaign: fault scenarios against a real cluster')
    .argument('[scenario...]', 'names, or paths of scenario files; default: those of the 2022 evaluation')
    .option('--out <dir>', 'folder of the campaign', 'data/campaign')
    .option('--name <name>', 'name of the campaign; its containers and network bear it', 'campaign')
    .addOption(
      new Option('--runtime <name>', `${runtimeWords()}; default: ${DEFAULT_RUNTIME}`).choices(RUNTIME_NAMES),
    )
    .option('--hosts <file>', 'names the hosts of the nodes; the runtime is then hosts')
    .option('--releases <list>', 'Debian releases whose dqlite runs; default: trixie, or what process has')
    .option('--trials <n>', 'how often each configuration is run', whole, 1)
    .option(
      '--until <percent>',
      'after --trials (at least 3) go on block by block until each ratio of what succeeds a second to that without a fault is known to ± this much of the latter, such as 10%; looking often is accounted for',
      reach,
    )
    .option('--max-trials <n>', 'with --until: how many trials at most', whole, 20)
    .option(
      '--after <dirs>',
      'captures or datasets with earlier runs of this campaign: trials are numbered on from theirs',
    )
    .option(
      '--part <n/of>',
      'make this part of the campaign alone, such as 3/8: whole blocks of one plan',
      part,
    )
    .option('--duration <s>', 'length of a workload in seconds', whole, 30)
    .option('--workers <n>', 'workers of the scenarios with a fault; default: as in their files', whole)
    .option(
      '--every-fault',
      'every scenario of the client that tries a fault, at its hardest; no sweeps',
      false,
    )
    .addOption(
      new Option(
        '--workloads <list>',
        'play the client’s scenarios with each of these, such as registers,lists',
      ).argParser((text) => text.split(',').map(ofClient)),
    )
    .option(
      '--rate <rate>',
      'of the client’s open loops: operations a second, or a percentage of the capacity, such as 50%; default: as in the files',
      rate,
    )
    .option('--hardest', 'of a fault’s severities only the hardest', false)
    .option(
      '--within <s>',
      'workloads last so long, also where a scenario takes longer: it is drawn together',
      whole,
    )
    .option('--seed <n>', 'seed of the shuffled order', whole, 2022)
    .option('--retries <n>', 'how often a run that failed is tried again', zeroOrMore, 2)
    .option('--repeat-disturbed', 'also try runs again in which others used over 5 % of the CPU', false)
    .option('--resume', 'continue a campaign that was stopped', false)
    .option('--dry-run', 'print the plan and do nothing', false)
    .option('--list', 'name the scenarios with their questions', false)
    .option(
      '--list-faults',
      'name the kinds of fault, with what each needs and whether this host has it',
      false,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run collect -- crash-leader pause-leader --trials 5 --out data/outages\n' +
        '  npm run collect -- crash-leader pause-leader --runtime process --out data/no-docker\n' +
        '  npm run collect:verdicts -- --dry-run   # every fault with registers and lists, three times on each release\n' +
        '  npm run collect -- baseline cpu-limit-leader --until 10% --max-trials 15 --out data/sure\n' +
        '\n--until needs runs without a fault beside those with one. Each look is at an interval of 1 - 0.05 / (looks that there\n' +
        'may be), so that all of them together hold with 95 %; the 95 % intervals that are printed of such data afterwards\n' +
        'are narrower, and hold in about 93 of 100 (src/results/core/looking.long.test.ts).',
    )
    .action(async (scenarios: string[], options) => {
      const { SCENARIOS_2022, loadScenario, scenarioNames } = await import('../../../collect/scenario.js');
      if (options.list) {
        for (const name of scenarioNames()) console.log(`${name.padEnd(24)} ${loadScenario(name).question}`);
        return;
      }
      const { collect } = await import('../../../collect/collect.js');
      if (options.listFaults) {
        const { CANNOT_BE_HAD, listFaults } = await import('../../../collect/list-faults.js');
        process.stdout.write(await listFaults(options.runtime ?? DEFAULT_RUNTIME, process.stdout.columns));
        process.stderr.write(`${CANNOT_BE_HAD}\n`);
        return;
      }
      const { setUpCampaign } = await import('../../setup/setup.js');
      await collect({
        everyFault: options.everyFault,
        workloads: options.workloads,
        hardest: options.hardest,
        rate: options.rate,
        withinS: options.within,
        scenarios: scenarios.length > 0 ? scenarios : SCENARIOS_2022,
        out: options.out,
        name: options.name,
        releases: options.releases?.split(','),
        trials: options.trials,
        until: options.until && { reach: options.until, most: options.maxTrials },
        reaches: async (captures, until) =>
          (await import('../reaches.js')).reachesOf(captures, levelOf(until)),
        after: options.after?.split(','),
        part: options.part,
        durationS: options.duration,
        faultWorkers: options.workers,
        seed: options.seed,
        retries: options.retries,
        repeatDisturbed: options.repeatDisturbed,
        runtime: options.runtime ?? (options.hosts && 'hosts'),
        hosts: options.hosts,
        resume: options.resume,
        dryRun: options.dryRun,
        setUp: setUpCampaign,
      });
    });
};

/** @throws InvalidArgumentError for what is no workload of the client */
function ofClient(name: string): WorkloadName {
  const known = WORKLOAD_NAMES.filter(isOfClient);
  const found = known.find((one) => one === name);
  if (found) return found;
  const near = closest(name, known);
  throw new InvalidArgumentError(
    `expected ${known.join(' or ')}, received ${name}${near ? ` (did you mean ${near}?)` : ''}.`,
  );
}

function runtimeWords(): string {
  return RUNTIME_NAMES.map((name) => `${name}: ${RUNTIMES[name].about}`).join('; ');
}

function rate(text: string): number | string {
  const { success, data } = rateSchema.safeParse(text.endsWith('%') ? text : Number(text));
  if (success) return data;
  throw new InvalidArgumentError('expected operations a second, such as 200, or a percentage, such as 50%.');
}

function part(text: string) {
  const read = parsePart(text);
  if (read) return read;
  throw new InvalidArgumentError('expected which of how many parts, such as 3/8.');
}

function reach(text: string): number {
  const read = parseReach(text);
  if (read !== undefined) return read;
  throw new InvalidArgumentError('expected a share of the baseline, such as 10%.');
}

function zeroOrMore(text: string): number {
  return text === '0' ? 0 : whole(text);
}
