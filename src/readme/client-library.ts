import { waitWords } from '../figures/parts/wait-words.js';
import { lossEvent } from '../findings/loss-events.js';
import type { Queryable } from '../results/core/query.js';
import { crossings } from '../results/derived/client-library.js';
import { markdown } from './markdown.js';

/** When a write succeeded again, a row for each library of the clients and a column for each dqlite. */
export async function clientLibraryTable(data: Queryable): Promise<string> {
  const tables = (await crossings(data)).map(({ cells, ...loss }) => {
    const [libraries, versions] = [
      [...new Set(cells.map(({ library }) => library))],
      [...new Set(cells.map(({ dqlite }) => dqlite))],
    ];
    return markdown(
      [`the leader ${lossEvent(loss)}`, ...versions],
      libraries.map((library) => [
        library,
        ...versions.map((dqlite) =>
          waitWords(cells.find((one) => one.library === library && one.dqlite === dqlite)!.first_write),
        ),
      ]),
    );
  });
  return tables.join('\n\n');
}
