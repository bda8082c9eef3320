import { inspect } from 'node:util';

/** The part of an event of node:test's stream that is shown. */
interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly file?: string;
    readonly line?: number;
    readonly details?: { readonly type?: string; readonly error?: Error };
  };
}

/** A reporter for node:test that says nothing of what passes. */
export async function* failuresOnly(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.details?.type === 'suite') continue;
    const { name, file, line, details } = data;
    const error = details?.error?.cause ?? details?.error;
    yield `✖ ${name} (${file}:${line})\n${inspect(error).replace(/^/gm, '    ')}\n`;
  }
}
