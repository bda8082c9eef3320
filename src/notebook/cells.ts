import { createRequire } from 'node:module';
import { format } from 'node:util';
import { complaint, diagnoses } from './complaint.js';
import { type Completions, withinString } from './completion.js';
import { isFrame, rowsOf } from './rows.js';
import { isDrawing, type Showable, show } from './show.js';
import { allShown, Shown } from './waiting.js';

/** Runs cells, as far as it matters here. */
export interface Executor {
  execute(source: string): Promise<boolean>;
  interrupt(): void;
  complete(source: string, position: number): Completions;
}

/** What makes JavaScript of a cell. */
interface Converter {
  convert(before: string, source: string): { output?: string };
}

/** tslab's converters, which it makes when they are needed. */
export interface Converters {
  readonly node: Converter;
  readonly browser: Converter;
  close(): void;
}

/** tslab's own module: the kernel and `npm run notebooks` run cells by it. */
export const tslabExecutor: {
  createExecutor(
    folder: string,
    converters: Converters,
    console: { log(value: unknown): void; error(...args: unknown[]): void },
  ): Executor;
} = createRequire(import.meta.url)('tslab/dist/executor');

const { createExecutor } = tslabExecutor;

/**
 * tslab's executor of cells, which beyond that shows the value of a last expression (a frame or rows as a table, a
 * drawing as a picture), waits for what a cell shows without `await`, tells errors in a few lines, and completes strings.
 */
export function createCellExecutor(folder: string, converters: Converters): Executor {
  let script = '';
  let last: unknown;
  let errors: string[] = [];
  let cancel = (_: Error) => {};

  const recording: Converters = {
    get node() {
      const { node } = converters;
      const convert: Converter['convert'] = (before, source) => {
        const converted = node.convert(before, source);
        script = converted.output ?? '';
        return converted;
      };
      return { ...node, convert };
    },
    get browser() {
      return converters.browser;
    },
    close: () => converters.close(),
  };
  // tslab hands over the value of a last expression by `log`, an exception as the only argument of `error`, and what
  // the compiler says by several calls of it
  const executor = createExecutor(folder, recording, {
    log: (value) => {
      last = value;
    },
    error: (first, ...rest) => {
      errors.push(rest.length === 0 ? complaint(first, script) : format(first, ...rest));
    },
  });
  const { execute, interrupt, complete } = executor;

  return Object.assign(executor, {
    execute: async (source: string) => {
      [script, last, errors] = ['', undefined, []];
      let ok = await execute(source);
      const interrupted = new Promise<never>((_, reject) => {
        cancel = reject;
      });
      try {
        await Promise.race([finish(), interrupted]);
      } catch (error) {
        if (ok) errors = [complaint(error, script)];
        ok = false;
      }
      if (errors.length > 0) console.error(diagnoses(errors));
      return ok;
    },
    interrupt: () => {
      interrupt();
      cancel(new Error('Interrupted'));
    },
    complete: (source: string, position: number) =>
      withinString(source, position, complete(source, position)),
  });

  async function finish(): Promise<void> {
    await allShown();
    await showLast(last);
    await allShown();
  }
}

async function showLast(value: unknown): Promise<void> {
  if (value instanceof Shown) return;
  const thing = await value;
  if (thing === undefined || thing === null) return;
  if (isFrame(thing) || isDrawing(thing) || areRows(thing)) await show(thing as Showable);
  else console.log(thing);
}

/** Plain objects with the same names and single values, as queries find them. */
function areRows(thing: unknown): boolean {
  if (!Array.isArray(thing) || thing.length === 0 || !thing.every(isPlain)) return false;
  const names = Object.keys(thing[0]).join('\n');
  return rowsOf(thing).every(
    (row) =>
      Object.keys(row).join('\n') === names && Object.values(row).every((value) => Object(value) !== value),
  );
}

function isPlain(thing: unknown): boolean {
  return typeof thing === 'object' && thing !== null && Object.getPrototypeOf(thing) === Object.prototype;
}
