import { basename } from 'node:path';
import { UserError } from '../../common/errors.js';
import type { Row } from '../../dataset/schema.js';

/** The runs that are taken of one dataset. */
export interface Part {
  readonly folder: string;
  readonly runs: readonly Row<'runs'>[];
}

/**
 * The runs of several datasets under names that are distinct, in the order in which they came. Where two campaigns gave
 * different runs the same name, every run is named after its campaign as well; where the campaigns are called the same, too,
 * both are named after their datasets' folders.
 * @throws UserError where the same run is in two of them
 */
export function distinctNames(parts: readonly Part[]): Row<'runs'>[][] {
  const clashing = clash(parts);
  if (clashing === null) return parts.map(({ runs }) => [...runs]);
  const [one, other] = clashing;
  if (one.run.started_at === other.run.started_at) {
    throw new UserError(`the run ${one.run.run_id} is in both ${one.part.folder} and ${other.part.folder}`);
  }
  const renamed = parts.map((part) => part.runs.map((run) => named(run, campaignIn(part, run, parts))));
  const again = clash(parts.map(({ folder }, i) => ({ folder, runs: renamed[i]! })));
  if (again === null) return renamed;
  throw new UserError(
    `two runs would be called ${again[0].run.run_id}: expected datasets in folders of different names`,
  );
}

interface Found {
  readonly part: Part;
  readonly run: Row<'runs'>;
}

/** The first two runs of the same name, or null. */
function clash(parts: readonly Part[]): [Found, Found] | null {
  const seen = new Map<string, Found>();
  for (const part of parts) {
    for (const run of part.runs) {
      const first = seen.get(run.run_id);
      if (first) return [first, { part, run }];
      seen.set(run.run_id, { part, run });
    }
  }
  return null;
}

/** What the campaign of a run is to be called, so that no two datasets have one of the same name. */
function campaignIn(part: Part, { campaign }: Row<'runs'>, parts: readonly Part[]): string {
  const shared = parts.some((other) => other !== part && other.runs.some((run) => run.campaign === campaign));
  return shared ? basename(part.folder) : campaign;
}

function named(run: Row<'runs'>, campaign: string): Row<'runs'> {
  return { ...run, campaign, run_id: `${campaign}/${run.run_id}` };
}
