import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { UserError } from '../src/common/errors.js';
import { type Row, TABLES } from '../src/dataset/schema.js';
import { campaignPaths, readCampaign } from './campaign.js';
import type { EarlierRun } from './plan.js';

/**
 * The runs of a campaign that are there already, in a folder of captures or in a dataset made of them.
 * @throws UserError where it has none of this campaign
 */
export async function earlierRuns(folder: string, campaign: string): Promise<EarlierRun[]> {
  const runs = await runsIn(folder);
  const ours = runs.filter((run) => run.campaign === campaign);
  if (ours.length > 0) return ours;
  const names = [...new Set(runs.map((run) => run.campaign))].join(', ');
  throw new UserError(
    `--after: expected runs of the campaign ${campaign} in ${folder}, found ${names || 'none'}: give both the same --name`,
  );
}

async function runsIn(folder: string): Promise<(EarlierRun & { campaign: string })[]> {
  const table = join(folder, TABLES.runs.file);
  if (!existsSync(table) || existsSync(campaignPaths(folder).plan)) {
    const { name, runs } = await readCampaign(folder);
    return runs.map((run) => ({ ...run, campaign: name }));
  }
  const rows: Record<keyof Row<'runs'>, string>[] = parse(await readFile(table), { columns: true });
  return rows.map(({ run_id, campaign, trial, block }) => ({
    ...{ run_id, campaign },
    ...{ trial: Number(trial), block: Number(block) },
  }));
}
