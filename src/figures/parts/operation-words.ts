import type { WitnessOperation } from '../../results/runs/witness.js';

/** Values of a list beyond these are left out: lists differ at their end. */
const MOST_VALUES = 4;
/** Steps of a transaction beyond these are left out. */
const MOST_STEPS = 3;
/** So much fits into half of a column. */
const MOST_LETTERS = 30;

/** What an operation did and what it saw: `write 5 to 3`, `read 3: 4`, `append 7 to 12`, `read 12: … 5 6 7`. */
export function operationWords({ op, key, argument, result }: WitnessOperation): string {
  switch (op) {
    case 'write':
      return `write ${argument} to ${key}`;
    case 'append':
      return `append ${argument} to ${key}`;
    case 'cas': {
      const [expect, swap] = JSON.parse(argument!) as unknown[];
      return `set ${key} from ${expect ?? 'nothing'} to ${swap}${seen(result === null ? null : result === 'true' ? 'done' : 'refused')}`;
    }
    case 'read':
      return `read ${key}${seen(result === null ? null : result === 'null' ? 'nothing' : result)}`;
    case 'read-list':
      return `read ${key}${seen(result === null ? null : listWords(JSON.parse(result)))}`;
    case 'txn':
      return stepsWords(JSON.parse(result ?? argument!));
  }
}

function seen(what: string | null): string {
  return what === null ? '' : `: ${what}`;
}

function listWords(values: readonly unknown[]): string {
  if (values.length === 0) return 'nothing';
  return `${values.length > MOST_VALUES ? '… ' : ''}${values.slice(-MOST_VALUES).join(' ')}`;
}

function stepsWords(steps: readonly (readonly [string, unknown, unknown])[]): string {
  const words = steps
    .slice(0, MOST_STEPS)
    .map(([what, key, value]) =>
      what === 'append'
        ? `append ${value} to ${key}`
        : `read ${key}${seen(Array.isArray(value) ? listWords(value) : null)}`,
    );
  const text = `${words.join('; ')}${steps.length > MOST_STEPS ? '; …' : ''}`;
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
}
