import { endOf, type History, isRegisterOperation, type RegisterOperation } from '../history.js';

/** Later than any time: what has no answer is open until then. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * The operations on registers with the fields of Porcupine's `Operation`, as JSON, a key after the other by `Input.Key`.
 * The program in `porcupine/` reads it and checks it.
 */
export function porcupineHistory(history: History): string {
  const happened = history
    .filter(isRegisterOperation)
    .filter(({ outcome }) => outcome === 'ok' || outcome === 'unknown')
    .sort((a, b) => a.invoked_ns - b.invoked_ns);
  return `[\n${happened.map((operation) => JSON.stringify(entry(operation))).join(',\n')}\n]\n`;
}

function entry(operation: RegisterOperation) {
  const { client, kind, key, invoked_ns } = operation;
  const end = endOf(operation);
  const unknown = end === Number.POSITIVE_INFINITY;
  const argument =
    kind === 'cas'
      ? { Expect: text(operation.argument.expect), Value: text(operation.argument.swap) }
      : { Value: kind === 'write' ? text(operation.argument) : null };
  const result = kind === 'read' ? { Value: text(operation.result) } : { Swapped: operation.result === true };
  return {
    ClientId: client,
    Input: { Op: kind, Key: text(key), ...argument },
    Call: invoked_ns,
    Output: { Unknown: unknown, ...(unknown ? {} : result) },
    Return: unknown ? FOREVER : end,
  };
}

/** Values are compared alone, and Go likes them of one type. */
function text(value: string | number | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
