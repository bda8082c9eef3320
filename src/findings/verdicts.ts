import { groupBy } from '../common/group.js';
import { MissingData } from '../results/core/query.js';
import { claims, type Verdict } from '../results/derived/claims.js';
import type { Finding } from './finding.js';
import { counted, list } from './list.js';

const WORDS: Record<Verdict, [one: string, many: string]> = {
  holds: ['holds', 'hold'],
  'does not hold': ['does not hold', 'do not hold'],
  undecided: ['is undecided', 'are undecided'],
  'not tested': ['was not tested', 'were not tested'],
};

/** Which of 2022's claims hold. */
export const verdicts: Finding = {
  name: 'verdicts',
  title: 'Which claims of 2022 hold',
  figure: 'published',
  say: async (data) => {
    const judged = await claims(data);
    if (judged.every(({ verdict }) => verdict === 'not tested'))
      throw new MissingData('no configuration of 2022 with its fault confirmed');
    const groups = groupBy(judged, ({ verdict }) => verdict);
    const kinds = (Object.keys(WORDS) as Verdict[]).filter((verdict) => groups.has(verdict));
    const counts = kinds.map((verdict) => {
      const n = groups.get(verdict)!.length;
      return `${n} ${WORDS[verdict][n === 1 ? 0 : 1]}`;
    });
    return {
      headline: `Of ${counted(judged.length, 'claim')} of 2022, ${list(counts)}.`,
      more: kinds
        .filter((verdict) => verdict !== 'not tested')
        .map((verdict) => `${capital(verdict)}: ${groups.get(verdict)!.map(quoted).join(' ')}`),
    };
  },
};

function quoted({ claim }: { claim: string }): string {
  return `“${claim}”`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
