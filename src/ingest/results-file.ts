import { ErrorLines } from './error-lines.js';
import { NEWLINE, refuse, refuseCrlf, text } from './line.js';
import { MeasuredLines } from './measured-lines.js';
import { ResultsHeader } from './results-header.js';
import { type ClockSteps, type ParsedBlock, Rows } from './rows.js';

/**
 * Reads a results file of dqlite-benchmark:
 *
 *     n 2
 *     n_err 1
 *     avg [ms] 4.163800
 *     max [ms] 5.004400
 *     min [ms] 3.323200
 *     measurements [timestamp in ns] [ms]
 *     1651335639619009100 5.004400
 *     1651335639628499400 3.323200
 *     (blank)
 *     errors
 *     1651335639600344400 database is locked
 *     (blank)
 *
 * Bytes are read once, in any pieces; nothing but a block of rows is held. What is accepted is exactly what the
 * benchmark prints, so that every line can be printed again from the numbers.
 */

export interface ParsedFile {
  lines: number;
  linesKept: number;
  linesLayout: number;
  linesCut: number;
  measured: number;
  errors: number;
  /** Whether the file reaches its end. */
  complete: boolean;
  clock: ClockSteps;
  /** The earliest and the latest start, ns since 1970; null without operations. */
  first: bigint | null;
  last: bigint | null;
}

const ERRORS = 'errors';

type Section = 'header' | 'measurements' | 'errors heading' | 'errors' | 'end';

export class ResultsParser {
  private section: Section = 'header';
  private readonly header = new ResultsHeader();
  private readonly rows: Rows;
  private readonly measured: MeasuredLines;
  private readonly errors: ErrorLines;

  /**
   * @param path what errors call the file
   * @param emit takes each block; its arrays hold until it returns
   */
  constructor(path: string, emit: (block: ParsedBlock) => void) {
    this.rows = new Rows(path, emit);
    this.measured = new MeasuredLines(this.rows);
    this.errors = new ErrorLines(this.rows);
  }

  /** Reads the whole lines of `bytes[0..length)`; returns where the first incomplete one begins. */
  push(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (at < length) {
      const next = this.some(bytes, at, length);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  /** Ends the file, of which `rest` bytes after the last newline were not read. Throws when counts disagree. */
  end(rest: number): ParsedFile {
    const { rows, section } = this;
    this.errors.flush();
    const complete = section === 'end' && rest === 0;
    if (section === 'end' && rest > 0) {
      refuse({ path: rows.path, line: rows.line + 1 }, 'text after the end', 'nothing');
    }
    this.header.check(rows, section !== 'header' && section !== 'measurements', complete);
    const linesCut = rest > 0 ? 1 : 0;
    const linesKept = rows.measured + rows.errors + rows.continued;
    return {
      lines: rows.line + linesCut,
      linesKept,
      linesLayout: rows.line - linesKept,
      linesCut,
      measured: rows.measured,
      errors: rows.errors,
      complete,
      clock: rows.clock,
      first: rows.first,
      last: rows.last,
    };
  }

  /** Reads some lines of one kind, and returns where the next begins. */
  private some(bytes: Uint8Array, at: number, length: number): number {
    if (bytes[at] !== NEWLINE) {
      if (this.section === 'measurements') return this.measured.read(bytes, at, length);
      if (this.section === 'errors') return this.errors.read(bytes, at, length);
    }
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0 || end >= length) return at;
    this.rows.line++;
    this.layout(bytes, at, end);
    return end + 1;
  }

  /** Reads a line that holds no operation. */
  private layout(bytes: Uint8Array, begin: number, end: number): void {
    const { rows } = this;
    refuseCrlf(rows, bytes, begin, end);
    switch (this.section) {
      case 'header':
        if (this.header.read(text(bytes, begin, end), rows)) this.section = 'measurements';
        return;
      case 'measurements':
        rows.flush();
        this.section = 'errors heading';
        return;
      case 'errors heading': {
        const line = text(bytes, begin, end);
        if (line !== ERRORS) refuse(rows, 'a line', `the line "${ERRORS}"`, line);
        this.section = 'errors';
        rows.previous = -Infinity;
        return;
      }
      case 'errors':
        this.section = 'end';
        return;
      case 'end':
        refuse(rows, 'a line', 'the end of the file', text(bytes, begin, end));
    }
  }
}
