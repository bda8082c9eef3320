import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, sep } from 'node:path';
import { parse } from 'yaml';
import { z } from '../src/common/bundled/zod.js';
import { UserError, unknownName } from '../src/common/errors.js';
import { packagePath } from '../src/common/paths.js';
import { FAULT_KINDS, FAULTS, type FaultDescription } from '../src/vocabulary/faults.js';
import { MODELS } from '../src/vocabulary/models.js';
import { SEVERITY_LIMITS } from '../src/vocabulary/severity-units.js';
import { TARGET_NAMES } from '../src/vocabulary/targets.js';
import { isOfClient, WORKLOAD_NAMES } from '../src/vocabulary/workloads.js';
import { nodeSettingsSchema, scenarioNodeSettingsSchema } from './load/node-settings.js';
import { clientSchema, scenarioClientSchema } from './load/settings.js';
import { issueInWords } from './scenario-issue.js';

/** A value, or a list of them; of a list, what is wrong is said of the element. */
const oneOrMore = <T extends z.ZodType>(value: T) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).min(1),
  );
const PERCENT = /^(\d+(\.\d+)?)%$/;
/** Seconds from the start of the workload, or a percentage of its duration. */
const instant = z.custom<number | string>(
  (at) => (typeof at === 'number' ? at >= 0 : typeof at === 'string' && Number(PERCENT.exec(at)?.[1]) <= 100),
  'seconds from the start of the workload, such as 10, or a percentage of its duration, such as 25%',
);

const faultSchema = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  target: oneOrMore(z.enum(TARGET_NAMES)),
  severity: oneOrMore(z.number().positive()).optional(),
  inject_at: instant,
  lift_at: instant.optional(),
  /** Seconds until the lift, instead of its instant; the workload then lasts as long as that needs. */
  for: oneOrMore(z.number().positive()).optional(),
  /** On and off so many times between these, on for as long as off. */
  flaps: z.int().min(2).max(1000).optional(),
});

/** A fault as a scenario has it. */
export type ScenarioFault = z.infer<typeof faultSchema>;

const schema = z.strictObject({
  title: z.string().min(1),
  question: z.string().min(1),
  workload: z.enum(WORKLOAD_NAMES),
  workers: oneOrMore(z.int().min(1).max(256)),
  /** Which node's process runs the workers of 2022's benchmark; the client is a process of its own. */
  driver: z.enum(['leader', 'follower']).optional(),
  /** What dqlite's design lets one expect, written before it is run. */
  expect: z.string().min(1).optional(),
  /** The weakest model of consistency that is good enough. Default: the strongest. */
  consistency: z.enum(MODELS).optional(),
  /** How the client behaves, where it plays the workload. */
  client: scenarioClientSchema.optional(),
  /** How the nodes of the client's program are set. */
  nodes: scenarioNodeSettingsSchema.optional(),
  /** The shortest workload that can answer the question, in seconds. */
  at_least_s: z.number().positive().optional(),
  /** How often a block holds each configuration, as for a baseline that many are compared with. */
  per_block: z.int().min(1).max(100).default(1),
  fault: faultSchema.optional(),
  /** Several, at once or one after the other. */
  faults: z.array(faultSchema).min(1).optional(),
});

/** The fields of a scenario, by the field that they are in; '' are its own. */
export const KNOWN = {
  '': Object.keys(schema.shape),
  fault: Object.keys(faultSchema.shape),
  faults: Object.keys(faultSchema.shape),
  client: Object.keys(clientSchema.shape),
  nodes: Object.keys(nodeSettingsSchema.shape),
};

/** A question put to the cluster, as its file says it, under the name of its file (without its folder). */
export type Scenario = Omit<z.infer<typeof schema>, 'driver' | 'fault' | 'faults'> & {
  name: string;
  driver: 'leader' | 'follower' | 'client';
  /** None, one, or several. */
  faults: ScenarioFault[];
};

const FOLDER = packagePath('collect', 'scenarios');

/** The names of the scenarios that come with the project; those that use 2022's benchmark begin with `2022/`. */
export function scenarioNames(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .map((file) => file.replaceAll(sep, '/').slice(0, -'.yml'.length))
    .sort();
}

/** The scenarios of the 2022 evaluation. */
export const SCENARIOS_2022 = [
  '2022/baseline',
  '2022/slow-cpu-leader',
  '2022/slow-cpu-follower',
  '2022/crash-leader',
  '2022/crash-follower',
  '2022/memory-leader',
  '2022/memory-follower',
];

/** The same questions put by the client. */
export const SCENARIOS_TODAY = [
  'baseline',
  'cpu-contention',
  'cpu-limit-follower',
  'crash-leader',
  'crash-follower',
  'memory-leader',
  'memory-follower',
];

/** A scenario of the project by its name, or one of the user's own by the path of its file. */
export function loadScenario(nameOrPath: string): Scenario {
  const own = /\.ya?ml$/.test(nameOrPath);
  if (own && !existsSync(nameOrPath)) throw new UserError(`no such scenario file: ${nameOrPath}`);
  if (!own && !scenarioNames().includes(nameOrPath))
    throw unknownName('scenario', nameOrPath, scenarioNames());
  const path = own ? nameOrPath : `${FOLDER}/${nameOrPath}.yml`;
  return parseScenario(readFileSync(path, 'utf8'), path);
}

/** @throws UserError that names the field, what was expected and what came. */
export function parseScenario(text: string, path: string): Scenario {
  const name = basename(path, extname(path));
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new UserError(
      `${path}: a scenario is named by its file: lower-case letters, digits and hyphens, such as slow-disk.yml`,
    );
  }
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new UserError(`${path}: ${(error as Error).message}`, { cause: error });
  }
  const result = schema.safeParse(data, { reportInput: true });
  if (!result.success) {
    throw new UserError(
      `${path} is not a scenario:\n${result.error.issues.map((issue) => issueInWords(issue, KNOWN)).join('\n')}`,
    );
  }
  const { fault, faults, ...rest } = result.data;
  if (fault && faults) {
    throw new UserError(`${path} is not a scenario:\n  expected fault or faults, received both`);
  }
  const all = faults ?? (fault ? [fault] : []);
  return checked({ name, ...rest, ...whoDrives(result.data, path), faults: all }, path);
}

/** Who runs the workers, which has to fit the workload. */
function whoDrives(
  { workload, driver, client, nodes, consistency }: z.infer<typeof schema>,
  path: string,
): Pick<Scenario, 'driver' | 'client'> {
  const wrong = (text: string) => new UserError(`${path} is not a scenario:\n  ${text}`);
  if (isOfClient(workload)) {
    if (driver)
      throw wrong(`driver: ${workload} is played by the client, which is no node, received ${driver}`);
    return { driver: 'client', client: client ?? scenarioClientSchema.parse({}) };
  }
  if (client) throw wrong(`client: ${workload} is played by 2022's benchmark, which has no such settings`);
  if (consistency)
    throw wrong(
      `consistency: ${workload} is played by 2022's benchmark, which records no keys to judge it by`,
    );
  if (nodes)
    throw wrong(`nodes: ${workload} is played by 2022's benchmark, whose nodes have no such settings`);
  if (!driver) throw wrong('driver: expected one of leader, follower, received nothing');
  return { driver };
}

function checked(scenario: Scenario, path: string): Scenario {
  const problems = scenario.faults.flatMap((fault, i) => [...problemsOf(fault, i === 0, scenario.driver)]);
  if (problems.length === 0) return scenario;
  throw new UserError(`${path} is not a scenario:\n${problems.map((one) => `  ${one}`).join('\n')}`);
}

/** All that is wrong with a fault of a scenario beyond the form of its fields. */
function* problemsOf(
  { kind, target, severity, inject_at, lift_at, for: lengths, flaps }: ScenarioFault,
  first: boolean,
  driver: Scenario['driver'],
): Generator<string> {
  const { unavailable, unit, hitsAll }: FaultDescription = FAULTS[kind];
  const ofAll = target.find((one) => (one === 'all') !== (hitsAll ?? false));
  if (ofAll) {
    const expected = hitsAll ? 'all, since it hits all nodes' : 'a node';
    yield `fault.target: expected ${expected} (${kind}), received ${ofAll}`;
  }
  if (unit && !severity) yield `fault.severity: expected a number of ${unit}, received nothing`;
  if (!unit && severity) yield `fault.severity: ${kind} has none, received ${severity}`;
  for (const value of severity ?? []) {
    const limit = unit === null ? undefined : SEVERITY_LIMITS[unit];
    if (limit && (value > limit.most || (limit.whole && !Number.isInteger(value)))) {
      yield `fault.severity: expected ${limit.whole ? 'whole ' : ''}${unit}, at most ${limit.most}, received ${value}`;
    }
  }
  if (first && target.includes('same')) {
    yield 'fault.target: expected another one than same, since there is no fault before it in the list';
  }
  if (lengths && lift_at !== undefined) yield 'fault.for: expected this or lift_at, received both';
  if (lengths && typeof inject_at !== 'number') {
    yield `fault.inject_at: expected seconds where it is said for how long the fault lasts, received ${inject_at}`;
  }
  // a share and seconds are compared where the length of the workload is known, in the plan
  if (
    typeof lift_at === typeof inject_at &&
    Number.parseFloat(`${lift_at}`) <= Number.parseFloat(`${inject_at}`)
  ) {
    yield `fault.lift_at: expected later than inject_at, ${inject_at}, received ${lift_at}`;
  }
  if (flaps && !lengths && lift_at === undefined) {
    yield `fault.flaps: expected lift_at or for, since ${kind} ends with the last of them, received neither`;
  }
  if (unavailable && target.includes('leader') && driver === 'leader') {
    yield `driver: expected follower, since ${kind} of the leader would take the driver away with it`;
  }
}
