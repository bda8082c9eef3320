import { groupBy } from '../common/group.js';
import { seconds, waitWords } from '../figures/parts/wait-words.js';
import { chanceWords } from '../figures/parts/words.js';
import { APART_S, type Waits, waitsOf } from '../results/core/waits.js';
import { type Crossed, type Crossing, crossings } from '../results/derived/client-library.js';
import type { Finding } from './finding.js';
import { list } from './list.js';
import { lossEvent } from './loss-events.js';

/** Of two tests, so that either is wrong by chance in at most 5 of 100 datasets. */
const CHANCE = 0.05 / 2;

/** Whether it is the library of the clients, or dqlite, that decides for how long clients wait. */
export const clientLibrary: Finding = {
  name: 'client-library',
  title: 'Whether the clients’ library or dqlite makes clients wait for longer',
  figure: 'recovery',
  say: async (data) => {
    const all = await crossings(data);
    return {
      headline: all.map(told).join(' '),
      more: [
        ...all.flatMap(({ cells }) => [
          `With ${list(waited(cells, ({ library }) => library))}.`,
          `On ${list(waited(cells, ({ dqlite }) => dqlite))}, with the same libraries.`,
        ]),
        `Chances are of a randomisation test of ranks within the same dqlite, or library, in which waits count as alike that are not ${APART_S} s apart; a difference is shown where it is below ${100 * CHANCE} %, so that in both together one is shown by mistake with a chance of at most ${200 * CHANCE} %.`,
      ],
    };
  },
};

function told(crossing: Crossing): string {
  const { cells, byLibrary, byDqlite } = crossing;
  const times = [...groupBy(cells, ({ library }) => library)].map(
    ([library, same], i) => `${earliest(together(same))}${i === 0 ? ' at the earliest' : ''} with ${library}`,
  );
  return `When the leader ${lossEvent(crossing)}, a write succeeded again after ${list(times)}, on the same ${new Set(cells.map(({ dqlite }) => dqlite)).size} versions of dqlite: ${verdict(byLibrary, byDqlite)}.`;
}

/** When a write succeeded again in all trials of each library, or of each dqlite. */
function waited(cells: readonly Crossed[], of: (one: Crossed) => string): string[] {
  return [...groupBy(cells, of)].map(([name, same]) => `${name} ${waitWords(together(same))}`);
}

function together(cells: readonly Crossed[]): Waits {
  return waitsOf(cells.flatMap(({ first_write }) => first_write.waits));
}

/** The shortest wait of all; where none was over, the longest that was watched. */
function earliest({ humps, waits }: Waits): string {
  return humps[0] ? seconds([humps[0].least]) : `≥ ${seconds([Math.max(...waits.map(({ time }) => time))])}`;
}

/** What the two chances say of library and dqlite. */
export function verdict(byLibrary: number, byDqlite: number): string {
  const [library, dqlite] = [byLibrary < CHANCE, byDqlite < CHANCE];
  const chances = `${chanceWords(byLibrary)} and ${chanceWords(byDqlite)}`;
  if (library && dqlite) return `both the library and dqlite make a difference (p ${chances})`;
  if (!library && !dqlite) return `neither library nor dqlite was shown to make a difference (p ${chances})`;
  const [makes, other] = library ? ['the library', 'dqlite'] : ['dqlite', 'the library'];
  const [first, second] = library ? [byLibrary, byDqlite] : [byDqlite, byLibrary];
  return `${makes} makes a difference (p ${chanceWords(first)}), and ${other} was not shown to (p ${chanceWords(second)})`;
}
