/**
 * Runs the cells of one notebook with tslab's own converter and executor, in a process of its own whose folder is the
 * notebook's, and sends what came of it to the process that started it. Jupyter's own runner can miss an error: after
 * one, the kernel answers what was queued with `abort`, which counts as success.
 */
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { createCellExecutor } from './cells.js';
import { complaint } from './complaint.js';
import { tslabJupyter } from './display.js';
import { merged, type Output } from './ipynb.js';

/** What the other process gets. */
export interface Executed {
  /** The outputs of each cell that was run. */
  outputs: Output[][];
  /** The first cell that failed, counted from 0 among the code cells. */
  failed?: { cell: number; message: string };
}

const { createConverter } = createRequire(import.meta.url)('tslab/dist/converter');

process.once('message', async (sources: string[]) => {
  process.send!(await execute(sources), () => process.exit(0));
});

async function execute(sources: readonly string[]): Promise<Executed> {
  const node = createConverter({ isJS: false, isBrowser: false });
  const converters = { node, browser: node, close: () => node.close() };
  const executor = createCellExecutor(process.cwd(), converters);
  const outputs: Output[][] = [];
  const strays: unknown[] = [];
  const record = (output: Output) => outputs.at(-1)?.push(output);
  process.stdout.write = writer('stdout', record);
  process.stderr.write = writer('stderr', record);
  process.on('unhandledRejection', (reason) => strays.push(reason));
  process.on('uncaughtException', (error) => strays.push(error));
  tslabJupyter.lastWriteDisplayData = ({ data, metadata }) =>
    record({ output_type: 'display_data', data, metadata });

  for (const [cell, source] of sources.entries()) {
    outputs.push([]);
    const ok: boolean = await executor.execute(source);
    await setImmediate();
    const complaints = [
      ...(ok ? [] : [errorsOf(outputs[cell]!)]),
      ...strays.map((stray) => complaint(stray)),
    ];
    if (complaints.length > 0) return { outputs, failed: { cell, message: complaints.join('\n') } };
  }
  return { outputs: outputs.map(merged) };
}

function writer(name: 'stdout' | 'stderr', record: (output: Output) => void): typeof process.stdout.write {
  return ((chunk: string | Uint8Array) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    record({ output_type: 'stream', name, text });
    return true;
  }) as typeof process.stdout.write;
}

function errorsOf(outputs: readonly Output[]): string {
  const texts = outputs.flatMap((one) =>
    one.output_type === 'stream' && one.name === 'stderr' ? [one.text as string] : [],
  );
  return texts.join('').trim() || 'failed without a message';
}
