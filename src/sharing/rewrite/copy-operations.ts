import { openDuck } from '../../dataset/duck.js';
import { BLOCK_ROWS, encodeOperations, type OperationsWriter } from '../../dataset/operations.js';
import { OPS, type Op } from '../../vocabulary/outcomes.js';
import { chunksOf, type OperationsChunk } from './operation-chunks.js';

/**
 * Hands a run's operations to the writer, in blocks as they were when its results were read.
 * @param was what the run is called in the file
 * @param run what it is to be called
 */
export async function copyOperations(
  path: string,
  was: string,
  run: string,
  writer: OperationsWriter,
): Promise<void> {
  const duck = await openDuck({ threads: '1' });
  try {
    const copy = new Copy(run, writer);
    for await (const chunk of chunksOf(duck, path, was)) copy.add(chunk);
    copy.flush();
  } finally {
    duck.close();
  }
}

/** Gathers rows into blocks of one worker, op, and either successes or errors. */
class Copy {
  private rows = 0;
  private worker = 0;
  private op = 0;
  private ok = true;
  private firstSeq = 0;
  private base = 0n;
  private startRange: [number, number] = [0, 0];
  private latencyRange: [number, number] = [0, 0];
  private readonly starts = new Float64Array(BLOCK_ROWS);
  private readonly latencies = new Float64Array(BLOCK_ROWS);
  private readonly message = new Uint32Array(BLOCK_ROWS);
  private readonly outcome = new Uint8Array(BLOCK_ROWS);
  private readonly errorClass = new Uint8Array(BLOCK_ROWS);
  private messages = new Map<string, number>();

  constructor(
    private readonly run: string,
    private readonly writer: OperationsWriter,
  ) {}

  add(chunk: OperationsChunk): void {
    for (let i = 0; i < chunk.rows; i++) {
      const ok = chunk.outcome[i] === 0;
      const same = chunk.worker[i] === this.worker && chunk.op[i] === this.op && ok === this.ok;
      if (!same || this.rows === BLOCK_ROWS) this.flush();
      if (this.rows === 0) {
        this.worker = chunk.worker[i]!;
        this.op = chunk.op[i]!;
        this.ok = ok;
        this.firstSeq = chunk.seq[i]!;
        this.base = chunk.start[i]!;
        this.startRange = [Infinity, -Infinity];
        this.latencyRange = [Infinity, -Infinity];
      }
      this.starts[this.rows] = widen(this.startRange, Number(chunk.start[i]! - this.base));
      if (ok) this.latencies[this.rows] = widen(this.latencyRange, Number(chunk.latency[i]!));
      else this.addError(chunk, i);
      this.rows++;
    }
  }

  flush(): void {
    const { rows, base, starts, latencies, ok } = this;
    if (rows === 0) return;
    const block = encodeOperations({
      rows,
      base,
      starts,
      latencies: ok ? latencies : null,
      startRange: this.startRange,
      latencyRange: this.latencyRange,
      errors: ok
        ? null
        : {
            messages: [...this.messages.keys()],
            message: this.message.slice(0, rows),
            outcome: this.outcome.slice(0, rows),
            errorClass: this.errorClass.slice(0, rows),
          },
    });
    this.writer.add(this.run, OPS[this.op] as Op, this.worker, this.firstSeq, block);
    this.rows = 0;
    this.messages = new Map();
  }

  private addError(chunk: OperationsChunk, i: number): void {
    const words = chunk.error[i]!;
    const place = this.messages.get(words) ?? this.messages.size;
    this.messages.set(words, place);
    this.message[this.rows] = place;
    this.outcome[this.rows] = chunk.outcome[i]!;
    this.errorClass[this.rows] = chunk.errorClass[i]!;
  }
}

function widen(range: [number, number], value: number): number {
  if (value < range[0]) range[0] = value;
  if (value > range[1]) range[1] = value;
  return value;
}
