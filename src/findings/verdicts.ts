import { counted } from '../common/counted.js';
import { groupBy } from '../common/group.js';
import { chanceWords } from '../figures/parts/words.js';
import { MissingData } from '../results/core/query.js';
import { claims, type JudgedClaim, type Verdict } from '../results/derived/claims.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

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
    const open = groups.get('undecided') ?? [];
    const forGood = open.length > 0 && open.every((one) => !moreTrialsDecide(one));
    return {
      headline: `Of ${counted(judged.length, 'claim')} of 2022, ${list(counts)}${forGood ? ', which more trials would not change' : ''}.`,
      more: kinds
        .filter((verdict) => verdict !== 'not tested')
        .map((verdict) => `${capital(verdict)}: ${groups.get(verdict)!.map(quoted).join(' ')}`),
    };
  },
};

function quoted(one: JudgedClaim): string {
  return `“${one.claim}”${one.verdict === 'undecided' ? ` (${undecidedWords(one)})` : ''}`;
}

/** Why a claim is undecided. */
export function undecidedWords({
  differs,
  timesTrials,
}: Pick<JudgedClaim, 'differs' | 'timesTrials'>): string {
  if (differs)
    return `its ratio differs between ${differs.by}s, p ${chanceWords(differs.chance)}: no number of trials decides for both`;
  if (timesTrials === null) return 'too few trials for a test';
  if (timesTrials > BEYOND_REACH) return 'its ratio is at the cut-off, where no number of trials decides';
  return `${timesTrials < 10 ? timesTrials.toFixed(1) : Math.round(timesTrials)} times the trials`;
}

function moreTrialsDecide({ differs, timesTrials }: JudgedClaim): boolean {
  return differs === null && (timesTrials === null || timesTrials <= BEYOND_REACH);
}

/** So many times as many trials that nobody makes them. */
const BEYOND_REACH = 100;

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
