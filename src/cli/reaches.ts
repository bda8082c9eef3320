import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { reaches } from '../results/derived/precision.js';

/** How far the interval of each ratio reaches in these captures, at a level; see `results/derived/precision.ts`. */
export async function reachesOf(captures: string, level: number): Promise<(number | null)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'so-far-'));
  try {
    const out = join(folder, 'data');
    await ingest({ paths: [captures], out, partial: true });
    const data = await openDataset(out);
    try {
      return await reaches(data, level);
    } finally {
      data.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
