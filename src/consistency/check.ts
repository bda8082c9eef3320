import {
  type History,
  isRegisterOperation,
  type ListOperation,
  type RegisterOperation,
  type Value,
} from './history.js';
import { checkLists } from './lists/check-lists.js';
import { checkRegisters } from './registers/check-registers.js';
import { type Verdict, verdictOf } from './verdict.js';

export interface CheckOptions {
  /** What every register holds before anything is written; null by default. */
  readonly initial?: Value;
  /** How many steps a search may take for one register. */
  readonly steps?: number;
  /** How many seconds the searches of all registers may take together. */
  readonly seconds?: number;
  /** How many nodes the searches for cycles may look at. */
  readonly visits?: number;
}

/**
 * The verdict on a history: whether each register is linearizable, and all lists together are strictly serializable;
 * else what is wrong, with a witness, and the strongest model that still holds.
 */
export function checkHistory(history: History, options: CheckOptions = {}): Verdict {
  const { initial = null, steps = 1_000_000, seconds = 60, visits = 5_000_000 } = options;
  const registers: RegisterOperation[] = [];
  const lists: ListOperation[] = [];
  for (const operation of history) {
    if (isRegisterOperation(operation)) registers.push(operation);
    else lists.push(operation);
  }
  const findings = [checkRegisters(registers, { initial, steps, seconds }), checkLists(lists, { visits })];
  const judged = (operations: History) =>
    operations.filter(({ outcome }) => outcome === 'ok' || outcome === 'unknown').length;
  return verdictOf(findings, { registers: judged(registers), lists: judged(lists) });
}
