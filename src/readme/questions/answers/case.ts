import { roleWords } from '../../../figures/parts/danger-words.js';
import { lossWords, severityWords } from '../../../figures/parts/words.js';

/** `Memory limit, 24 MB, on the leader`, `Crash on a follower`: what was done to which node. */
export function caseWords(
  one: Parameters<typeof severityWords>[0] & { lifted: boolean; target_role: string },
): string {
  const severity = severityWords(one);
  return `${lossWords(one)}${severity && `, ${severity},`} on ${roleWords(one)}`;
}
