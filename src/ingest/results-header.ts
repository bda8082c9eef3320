import { UserError } from '../common/errors.js';
import { type Place, refuse } from './line.js';
import type { Rows } from './rows.js';

const NAMES = ['n ', 'n_err ', 'avg [ms] ', 'max [ms] ', 'min [ms] '] as const;
const MEASUREMENTS = 'measurements [timestamp in ns] [ms]';
/** What the benchmark prints as the least of no durations. */
const NO_MINIMUM = 9_223_372_036_854_775_807n;

/** The first lines of a results file: counts, and durations that are kept in ns. */
export class ResultsHeader {
  private readonly values: bigint[] = [];

  /** Reads a line; returns whether it was the header's last. */
  read(line: string, place: Place): boolean {
    const name = NAMES[this.values.length];
    if (name === undefined) {
      if (line !== MEASUREMENTS) refuse(place, 'the heading', `"${MEASUREMENTS}"`, line);
      return true;
    }
    const rest = line.startsWith(name) ? line.slice(name.length) : '';
    const isCount = name.startsWith('n');
    const form = isCount ? /^(0|[1-9]\d{0,15})$/ : /^(0|[1-9]\d{0,12})\.\d{6}$/;
    if (!form.test(rest)) {
      const wanted = isCount ? 'a count' : 'milliseconds with six decimals';
      refuse(place, 'the header', `"${name.trim()}" and ${wanted}`, line);
    }
    this.values.push(BigInt(rest.replace('.', '')));
    return false;
  }

  /** Checks what the header says, as far as the file reaches, against what its lines gave. */
  check(rows: Rows, allMeasured: boolean, complete: boolean): void {
    const [n, nErr, average, greatest, least] = this.values;
    const must = (line: number, what: string, says: bigint | undefined, found: bigint, all = true): void => {
      if (says === undefined || (all ? found === says : found <= says)) return;
      throw new UserError(
        `${rows.path}, line ${line}: the header says ${what} is ${says}, but the lines give ${found}: the file was changed or mixed up, take it from its origin again`,
      );
    };
    must(1, 'n', n, BigInt(rows.measured), allMeasured);
    must(2, 'n_err', nErr, BigInt(rows.errors), complete);
    if (!allMeasured) return;
    const some = rows.measured > 0;
    must(3, 'avg (in ns)', average, some ? rows.sum / BigInt(rows.measured) : 0n);
    must(4, 'max (in ns)', greatest, BigInt(rows.most));
    must(5, 'min (in ns)', least, some ? BigInt(rows.fewest) : NO_MINIMUM);
  }
}
