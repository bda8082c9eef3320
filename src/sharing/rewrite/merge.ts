import type { Contributor } from '../../dataset/contributors.js';
import { type DataPackage, describeRuns } from '../../dataset/datapackage.js';
import { rewrite } from './rewrite.js';

/**
 * Makes one dataset of the runs of several. Returns how many runs it has.
 * @param campaign what all runs are a part of, and so are compared with each other; default: each the campaign that it names
 */
export async function merge(folders: readonly string[], out: string, campaign?: string): Promise<number> {
  return rewrite(folders, out, {
    choose: (runs) => runs,
    campaign,
    describe: (packages, runs) => describeRuns(runs, { contributors: distinctPeople(packages) }),
  });
}

/** Everybody once, by name. */
function distinctPeople(packages: readonly DataPackage[]): Contributor[] {
  const people = new Map(
    packages.flatMap(({ contributors }) =>
      contributors.map((one) => [`${one.title} ${one.path ?? ''}`, one]),
    ),
  );
  return [...people.values()].sort((a, b) => (a.title < b.title ? -1 : 1));
}
