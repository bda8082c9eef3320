import { join } from 'node:path';
import type { Dataset } from '../dataset/open.js';
import type { Figure } from '../figures/parts/figure.js';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { writeClientCampaign } from './made-up-client-campaign.js';
import { madeUpOnce } from './made-up-once.js';

/** The dataset of a made-up campaign with the client, open and for reading alone; `remove` closes it. */
export async function openClient(): Promise<{ data: Dataset; remove(): Promise<void> }> {
  const { folder, remove } = await madeUpOnce('client', async (made) => {
    const captures = `${made}-captures`;
    writeClientCampaign(captures);
    await ingest({ paths: [captures], out: join(made, 'data') });
  });
  try {
    const data = await openDataset(join(folder, 'data'));
    return {
      data,
      remove: () => {
        data.close();
        return remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What a figure is of, from whichever dataset it is for: one of 2022's benchmark, or one of the client. */
export async function askEither(figure: Figure, benchmark: Queryable, client: Queryable): Promise<unknown> {
  try {
    return await figure.query(benchmark, {});
  } catch (error) {
    if (!(error instanceof MissingData && /with the client/.test(error.message))) throw error;
    return figure.query(client, {});
  }
}
