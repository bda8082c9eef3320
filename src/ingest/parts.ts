import { UserError } from '../common/errors.js';
import { groupBy } from '../common/group.js';
import type { Row } from '../dataset/schema.js';

type PartOfRun = Pick<Row<'runs'>, 'campaign' | 'part' | 'plan' | 'plan_blocks' | 'block' | 'repeated'>;

/**
 * What is missing of campaigns that were made in parts, in words.
 * @throws UserError where parts of one campaign were cut from different plans, so that their blocks do not fit together
 */
export function joinParts(
  runs: readonly { folder: string; row: PartOfRun }[],
): { about: string; note: string }[] {
  const campaigns = groupBy(
    runs.filter(({ row }) => row.plan !== null && !row.repeated),
    ({ row }) => row.campaign,
  );
  return [...campaigns].flatMap(([campaign, made]) => {
    requireOnePlan(campaign, made);
    const missing = missingBlocks(made.map(({ row }) => row));
    if (missing.length === 0) return [];
    const of = made[0]!.row.plan_blocks;
    return [{ about: campaign, note: `of its ${of} blocks, missing are ${missing.join(', ')}` }];
  });
}

function requireOnePlan(campaign: string, made: readonly { folder: string; row: PartOfRun }[]): void {
  const first = made[0]!;
  const other = made.find(({ row }) => row.plan !== first.row.plan);
  if (!other) return;
  const words = ({ folder, row }: typeof first) => `${folder} is of part ${row.part} of plan ${row.plan}`;
  throw new UserError(
    `campaign ${campaign}: ${words(first)}, but ${words(other)}: expected parts of one plan: make them with the same scenarios, --trials, --duration, --seed and release, or ingest them apart`,
  );
}

/** Blocks of the plan without a run, and those in which some of the runs of the fullest are missing, marked so. */
function missingBlocks(rows: readonly PartOfRun[]): string[] {
  const counts = new Map<number, number>();
  for (const { block } of rows) counts.set(block!, (counts.get(block!) ?? 0) + 1);
  const full = Math.max(...counts.values());
  const blocks = Array.from({ length: rows[0]!.plan_blocks ?? 0 }, (_, i) => i + 1);
  return blocks.flatMap((block) => {
    const count = counts.get(block) ?? 0;
    if (count === full) return [];
    return count === 0 ? [`${block}`] : [`${block} (${full - count} of ${full} runs)`];
  });
}
