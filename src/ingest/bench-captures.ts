import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const WORKERS = 9;
const BUFFER_BYTES = 1 << 20;
const LONGEST_LINE = 64;

/**
 * Writes made-up results in the 2022 layout, about `operations` of them: as many times more and longer files than the
 * sample has as their number is greater. Latencies are ns between 0.3 and 1.1 ms, now and then up to 20 ms; 3 % of the
 * operations are errors. The same call writes the same bytes.
 */
export function writeMadeUpResults(folder: string, operations: number, runs: number): void {
  const perFile = Math.round(operations / runs / WORKERS);
  for (let run = 0; run < runs; run++) {
    const path = join(folder, 'baseline', `run-${run}`);
    mkdirSync(path, { recursive: true });
    for (let worker = 0; worker < WORKERS; worker++) {
      const seed = run * WORKERS + worker + 1;
      writeFile(join(path, `${worker}-query-1700000060`), seed, perFile - 1000, Math.round(perFile * 0.03));
      writeFile(join(path, `${worker}-exec-1700000060`), seed + 7919, 100, 900);
    }
  }
}

function writeFile(path: string, seed: number, measured: number, errors: number): void {
  const ok = measured - (measured > 1000 ? errors : 0);
  let sum = 0;
  let most = 0;
  let least = Infinity;
  const first = latencies(seed);
  for (let i = 0; i < ok; i++) {
    const latency = first();
    sum += latency;
    if (latency > most) most = latency;
    if (latency < least) least = latency;
  }
  const out = new Lines(path);
  const mean = Math.floor(sum / ok);
  const ms = (ns: number): string => `${Math.floor(ns / 1e6)}.${String(ns % 1e6).padStart(6, '0')}`;
  out.text(
    `n ${ok}\nn_err ${errors}\navg [ms] ${ms(mean)}\nmax [ms] ${ms(most)}\nmin [ms] ${ms(least)}\nmeasurements [timestamp in ns] [ms]\n`,
  );
  const second = latencies(seed);
  for (let i = 0; i < ok; i++) out.measurement(second());
  out.text('\nerrors\n');
  for (let i = 0; i < errors; i++) out.error('database is locked');
  out.text('\n');
  out.end();
}

/** Pseudo-random latencies in ns: the same sequence for the same seed. */
function latencies(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const random = state >>> 0;
    return 300_000 + (random % 800_000) + (random % 997 === 0 ? 19_000_000 : 0);
  };
}

/** Lines of a results file, one after the other in time, through a buffer. */
class Lines {
  private readonly file: number;
  private readonly buffer = Buffer.alloc(BUFFER_BYTES);
  private at = 0;
  private seconds = 1_700_000_000;
  private ns = 0;

  constructor(path: string) {
    this.file = openSync(path, 'wx');
  }

  text(words: string): void {
    this.room(words.length);
    this.at += this.buffer.write(words, this.at, 'latin1');
  }

  measurement(latency: number): void {
    this.start(latency + 2000);
    const whole = Math.floor(latency / 1e6);
    if (whole > 9) this.digits(Math.floor(whole / 10), 1);
    this.digits(whole % 10, 1);
    this.buffer[this.at++] = 46;
    this.digits(latency % 1e6, 6);
    this.buffer[this.at++] = 10;
  }

  error(message: string): void {
    this.start(1_000_000);
    this.text(`${message}\n`);
  }

  end(): void {
    this.flush();
    closeSync(this.file);
  }

  private start(advance: number): void {
    this.room(LONGEST_LINE);
    this.ns += advance;
    if (this.ns >= 1e9) {
      this.ns -= 1e9;
      this.seconds++;
    }
    this.digits(this.seconds, 10);
    this.digits(this.ns, 9);
    this.buffer[this.at++] = 32;
  }

  private digits(value: number, count: number): void {
    let rest = value;
    for (let place = this.at + count - 1; place >= this.at; place--) {
      const next = Math.floor(rest / 10);
      this.buffer[place] = 48 + rest - next * 10;
      rest = next;
    }
    this.at += count;
  }

  private room(bytes: number): void {
    if (this.at + bytes > BUFFER_BYTES) this.flush();
  }

  private flush(): void {
    writeSync(this.file, this.buffer, 0, this.at);
    this.at = 0;
  }
}
