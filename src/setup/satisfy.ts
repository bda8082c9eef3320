import { UserError } from '../common/errors.js';
import { Interrupted } from '../common/interrupt.js';
import { aptInstall, aptUpdate } from './apt.js';
import { indent } from './command.js';
import { canInstall, type Host } from './host.js';
import type { Requirement } from './requirement.js';

/** A requirement that is met, and what was found. */
export interface Found {
  readonly name: string;
  readonly found: string;
}

/**
 * Meets the requirements: checks all, installs the packages of what is missing in one go where apt may be used, then
 * does what is left one after the other.
 * @returns what was found for each, in the order given
 * @throws UserError that names everything still missing, and how to get each
 */
export async function satisfy(
  requirements: readonly Requirement[],
  host: Host,
  say: (message: string) => void,
): Promise<Found[]> {
  const before = await Promise.all(requirements.map((requirement) => requirement.check(host)));
  const missing = requirements.filter((_, i) => before[i] === null);
  const problems = new Map<Requirement, string>();

  let aptProblem: string | undefined;
  if (missing.length > 0 && canInstall(host)) {
    aptProblem = await message(() => installPackages(missing, host, say));
  }
  for (const requirement of missing) {
    if (requirement.needs && problems.has(requirement.needs)) {
      problems.set(requirement, `set-up gets it once the ${requirement.needs.name} is there`);
      continue;
    }
    // a package or the requirement before may have brought it
    if ((await requirement.check(host)) !== null) continue;
    const problem = await message(() => requirement.install(host, say));
    if (problem) problems.set(requirement, problem);
  }
  if (problems.size > 0) throw new UserError(describe(problems, aptProblem));
  return Promise.all(
    requirements.map(async (requirement, i) => ({
      name: requirement.name,
      found: before[i] ?? (await requirement.check(host)) ?? '',
    })),
  );
}

async function installPackages(
  missing: readonly Requirement[],
  host: Host,
  say: (message: string) => void,
): Promise<void> {
  await aptUpdate(host);
  const packages = new Set<string>();
  for (const requirement of missing) {
    for (const name of await requirement.packages(host)) packages.add(name);
  }
  if (packages.size === 0) return;
  say(`installing ${[...packages].join(', ')} with apt …`);
  await aptInstall(host, [...packages]);
}

async function message(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError && !(error instanceof Interrupted)) return error.message;
    throw error;
  }
}

function describe(problems: ReadonlyMap<Requirement, string>, aptProblem: string | undefined): string {
  const list = [...problems].map(([{ name }, problem]) => `${name}\n${indent(problem)}`);
  return ['set-up could not get everything', ...(aptProblem ? [aptProblem] : []), ...list].join('\n\n');
}
