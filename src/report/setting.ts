import { counted } from '../common/counted.js';
import type { Row } from '../dataset/schema.js';
import { RUNTIMES } from '../vocabulary/runtimes.js';
import { type Html, html } from './html.js';

/** How much was run, of what and when, in a sentence. */
export function whatWasRun(runs: readonly Row<'runs'>[]): string {
  const count = (values: unknown[]) => new Set(values).size;
  const complete = runs.filter((run) => run.status === 'complete').length;
  const faults = count(runs.filter((run) => run.fault !== 'none').map((run) => run.fault));
  const when = runs
    .map((run) => run.started_at)
    .filter((at) => at !== null)
    .sort();
  const [first, last] = [when[0]?.slice(0, 10), when.at(-1)?.slice(0, 10)];
  const span = !first ? '' : first === last ? ` on ${first}` : ` between ${first} and ${last}`;
  return `${counted(runs.length, 'run')} of ${counted(count(runs.map((run) => run.scenario)), 'scenario')} with ${counted(faults, 'kind')} of fault${span}; ${complete} of them complete.`;
}

/** What the runs ran on; all values, where runs differ. */
export function settings(runs: readonly Row<'runs'>[]): Html {
  const distinct = (value: (run: Row<'runs'>) => string | number | null) =>
    [...new Set(runs.map(value))]
      .filter((one) => one !== null && one !== '')
      .sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }))
      .join('; ') || 'not recorded';
  const rows: [string, string][] = [
    ['Campaign', distinct((run) => run.campaign)],
    [
      'dqlite',
      distinct((run) =>
        [run.dqlite_version, run.debian_release && `Debian ${run.debian_release}`].filter(Boolean).join(', '),
      ),
    ],
    ['go-dqlite', distinct((run) => run.go_dqlite_version)],
    ['Nodes ran in', distinct((run) => RUNTIMES[run.runtime].label)],
    ['Workload', distinct((run) => run.workload)],
    ['Length of a run', distinct((run) => `${run.duration_s} s`)],
    [
      'Host',
      distinct((run) =>
        [run.host_cpus && `${run.host_cpus} CPUs`, run.host_cpu_model, run.host_memory_bytes && gib(run)]
          .filter(Boolean)
          .join(', '),
      ),
    ],
    ['Kernel', distinct((run) => run.kernel)],
    ['Results', distinct((run) => (run.source === 'measured' ? 'measured' : 'imported, of another origin'))],
  ];
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function gib({ host_memory_bytes: bytes }: Row<'runs'>): string {
  return `${(bytes! / 2 ** 30).toFixed(1)} GiB memory`;
}
