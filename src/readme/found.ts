import type { Dataset } from '../dataset/open.js';
import { findings } from '../findings/findings.js';

/** One sentence for each finding; for what the data does not tell, that. */
export async function foundWords(data: Dataset): Promise<string> {
  const all = await findings(data);
  return all
    .map(({ title, said, missing }) => `- ${said ? said.headline : `${title}: not known yet (${missing}).`}`)
    .join('\n');
}
