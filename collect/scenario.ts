import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { UserError, unknownName } from '../src/common/errors.js';
import { packagePath } from '../src/common/paths.js';
import { FAULT_KINDS, FAULTS } from '../src/vocabulary/faults.js';
import { SEVERITY_LIMITS } from '../src/vocabulary/severity-units.js';
import { WORKLOAD_NAMES } from '../src/vocabulary/workloads.js';
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

const schema = z.strictObject({
  title: z.string().min(1),
  question: z.string().min(1),
  workload: z.enum(WORKLOAD_NAMES),
  workers: oneOrMore(z.int().min(1).max(256)),
  driver: z.enum(['leader', 'follower']),
  /** The shortest workload that can answer the question, in seconds. */
  at_least_s: z.number().positive().optional(),
  fault: z
    .strictObject({
      kind: z.enum(FAULT_KINDS),
      target: z.enum(['leader', 'follower']),
      severity: oneOrMore(z.number().positive()).optional(),
      inject_at: instant,
      lift_at: instant.optional(),
    })
    .optional(),
});

const KNOWN = { '': Object.keys(schema.shape), fault: Object.keys(schema.shape.fault.unwrap().shape) };

/** A question put to the cluster, as its file says it, under the name of its file. */
export type Scenario = z.infer<typeof schema> & { name: string };

const FOLDER = packagePath('collect', 'scenarios');

/** The names of the scenarios that come with the project. */
export function scenarioNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => basename(file, '.yml'))
    .sort();
}

/** The scenarios of the 2022 evaluation. */
export const SCENARIOS_2022 = [
  'baseline',
  'slow-cpu-leader',
  'slow-cpu-follower',
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
  return checked({ name, ...result.data }, path);
}

function checked(scenario: Scenario, path: string): Scenario {
  const { fault } = scenario;
  if (!fault) return scenario;
  const wrong = (text: string) => new UserError(`${path} is not a scenario:\n  ${text}`);
  const { unavailable, unit } = FAULTS[fault.kind];
  if (unit && !fault.severity) throw wrong(`fault.severity: expected a number of ${unit}, received nothing`);
  if (!unit && fault.severity)
    throw wrong(`fault.severity: ${fault.kind} has none, received ${fault.severity}`);
  for (const severity of fault.severity ?? []) {
    const limit = unit === null ? undefined : SEVERITY_LIMITS[unit];
    if (limit && (severity > limit.most || (limit.whole && !Number.isInteger(severity)))) {
      throw wrong(
        `fault.severity: expected ${limit.whole ? 'whole ' : ''}${unit}, at most ${limit.most}, received ${severity}`,
      );
    }
  }
  if (unavailable && fault.target === 'leader' && scenario.driver === 'leader') {
    throw wrong(
      `driver: expected follower, since ${fault.kind} of the leader would take the driver away with it`,
    );
  }
  return scenario;
}
