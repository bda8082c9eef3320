import { join } from 'node:path';
import { writeFileWhole } from '../../common/files.js';
import { openDuck } from '../../dataset/duck.js';
import { historyOf } from '../attempts.js';
import { isRegisterOperation } from '../history.js';
import { attemptsOf, runsWithAttempts } from '../read-attempts.js';
import { ednHistory, jsonHistory } from './elle.js';
import { listEvents, registerEvents } from './events.js';
import { porcupineHistory } from './porcupine.js';

/** The reference tools that histories are written for. */
export const EXPORTS = ['elle', 'porcupine'] as const;
export type Export = (typeof EXPORTS)[number];

/**
 * Writes the histories of a dataset's runs, or of the one that is named, and returns the files. For elle-cli, those of
 * lists are one file a run in EDN and in JSON, and those of registers one in EDN a register; for Porcupine, those of
 * registers are one in JSON a run. A run without such operations has no file.
 */
export async function writeHistories(
  kind: Export,
  folder: string,
  target: string,
  run?: string,
): Promise<string[]> {
  const duck = await openDuck();
  const written: string[] = [];
  const write = async (name: string, text: string) => {
    await writeFileWhole(join(target, name), text);
    written.push(join(target, name));
  };
  try {
    for (const id of await runsWithAttempts(duck, folder, run)) {
      const history = historyOf(await attemptsOf(duck, folder, id), 'attempts');
      if (kind === 'porcupine') {
        if (history.some(isRegisterOperation)) await write(`${id}.json`, porcupineHistory(history));
        continue;
      }
      const lists = listEvents(history);
      if (lists.length > 0) {
        await write(`${id}.lists.edn`, ednHistory(lists));
        await write(`${id}.lists.json`, jsonHistory(lists));
      }
      for (const [key, events] of registerEvents(history))
        await write(`${id}.register-${key}.edn`, ednHistory(events));
    }
  } finally {
    duck.close();
  }
  return written;
}
