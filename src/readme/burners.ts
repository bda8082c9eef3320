import { MissingData, type Queryable } from '../results/core/query.js';
import { coresBesideBurners } from '../results/node-usage.js';
import { withInterval } from './markdown.js';

/** How much CPU the leader got beside each number of burners. */
export async function burnersWords(data: Queryable): Promise<string> {
  const found = await coresBesideBurners(data);
  if (found.every(({ burners }) => burners === 0)) throw new MissingData('no run with CPU contention');
  const words = found.map(
    ({ burners, cores }) => `${withInterval(cores)} beside ${burners === 0 ? 'no burner' : burners}`,
  );
  return `Cores that the leader used: ${words.join(', ')}.`;
}
