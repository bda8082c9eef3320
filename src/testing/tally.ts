/** The part of an event of node:test's stream that is counted. */
export interface TestResult {
  readonly name: string;
  readonly file?: string;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details?: { readonly type?: string };
}

/** Counts tests, and keeps which were skipped and why. */
export class Tally {
  readonly skipped: string[] = [];
  readonly empty: string[] = [];
  private passed = 0;
  private failed = 0;
  private checks = 0;

  /** Counts a result of node:test's. */
  add(outcome: 'pass' | 'fail', { name, file, skip, todo, details }: TestResult): void {
    if (details?.type === 'suite') return;
    if (given(skip) || given(todo)) this.skipped.push(`${name}: ${reason(skip, todo)}`);
    else if (outcome === 'fail') this.failed++;
    else if (name === file) this.empty.push(name);
    else this.passed++;
  }

  /** Counts a check that is no test of node:test's, such as lint: a run of checks alone ran no test. */
  addCheck(passed: boolean): void {
    this.checks++;
    if (passed) this.passed++;
    else this.failed++;
  }

  /** A file that ran no test is a failure: a test that was meant to be there is not. */
  get ok(): boolean {
    return this.failed === 0 && this.empty.length === 0 && this.ranTests;
  }

  private get ranTests(): boolean {
    return this.passed + this.failed > this.checks;
  }

  /** What was skipped and why, then the counts alone on the last line. */
  summary(): string {
    return [
      ...this.empty.map((file) => `no test in ${file}`),
      ...this.skipped.map((line) => `skipped: ${line}`),
      ...(this.ranTests ? [] : ['no test ran']),
      this.counts(),
    ].join('\n');
  }

  counts(): string {
    return `${this.passed} passed, ${this.failed + this.empty.length} failed, ${this.skipped.length} skipped`;
  }
}

function given(value: string | boolean | undefined): boolean {
  return value !== undefined && value !== false;
}

function reason(skip: string | boolean | undefined, todo: string | boolean | undefined): string {
  if (given(todo)) return typeof todo === 'string' && todo ? `to do: ${todo}` : 'to do';
  return typeof skip === 'string' && skip ? skip : 'no reason given';
}
