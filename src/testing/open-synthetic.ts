import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../dataset/open.js';
import { openDataset } from '../results/core/open.js';
import { type SyntheticOptions, writeSyntheticDataset } from './synthetic-dataset.js';

/** A made-up dataset in a folder of its own, open; `remove` closes and deletes it. */
export async function openSynthetic(
  options: SyntheticOptions,
): Promise<{ data: Dataset; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'synthetic-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeSyntheticDataset(folder, options);
    const data = await openDataset(folder);
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
