import type { Event } from './events.js';

/** A history as elle-cli, Elle and Knossos read it: an EDN map a line. */
export function ednHistory(events: readonly Event[]): string {
  return events.map((event) => `${edn(event)}\n`).join('');
}

/** A history as elle-cli reads it from a file that ends in .json. */
export function jsonHistory(events: readonly Event[]): string {
  return `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`;
}

function edn({ index, type, f, value, process, time }: Event): string {
  const shown =
    f === 'txn' ? `[${(value as [string, unknown, unknown][]).map(step).join(' ')}]` : term(value);
  return `{:index ${index}, :type :${type}, :f :${f}, :value ${shown}, :process ${process}, :time ${time}}`;
}

function step([f, key, value]: [string, unknown, unknown]): string {
  return `[:${f} ${term(key)} ${term(value)}]`;
}

function term(value: unknown): string {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `[${value.map(term).join(' ')}]`;
  return JSON.stringify(value);
}
